import { findField, isOfField } from '../reader/fields.ts';
import { type FollowedAuthor, findFollowed } from './names.ts';
import {
  type Found,
  type Hits,
  type IndexedPaper,
  type RankingIndex,
  stemsOf,
} from './ranking-index.ts';

/** The memory of an index is emptied at so many entries: some ten megabytes. */
const MOST_FOUND = 500_000;
/** What a look-up takes up beside its entries, in entries. */
const LOOK_UP = 20;

/**
 * The papers that a word, phrase or category of the reader's fits, with how well, 0 to 2: in
 * the title or the categories it weighs more than in the abstract, however rare, and a rare
 * one more than a common one. With `primary`, only a paper's first category counts.
 */
export function findTopic(index: RankingIndex, topic: string, primary: boolean): Hits {
  return rememberHits(index, primary ? 'topic of the first category' : 'topic', topic, () => {
    const phrase = stemsOf(topic);
    const category = topic.trim().toLowerCase();
    const hits = findHits(index, phrase, (entry) => {
      const named = primary ? entry.paper.categories.slice(0, 1) : entry.paper.categories;
      const isIn = named.some((name) => name.toLowerCase() === category);
      const mentions = count(entry.abstract, phrase);
      const isNamed = isIn || entry.title.includes(phrase);
      return (isNamed ? 0.5 : 0) + (0.5 * mentions) / (1 + mentions);
    });
    const rarity = 1 - Math.log(1 + hits.papers.length) / Math.log(2 + index.papers.length);
    return { papers: hits.papers, scores: hits.scores.map((score) => score * (1 + rarity)) };
  });
}

/** The papers that an excluded word names: in title, abstract, authors or any category. */
export function findExcluded(index: RankingIndex, word: string): Hits {
  return rememberHits(index, 'excluded', word, () => {
    const phrase = stemsOf(word);
    return findHits(index, phrase, ({ lines }) => (lines.includes(phrase) ? 1 : 0));
  });
}

const PRIMARY = 0.4;
const CROSS_LISTED = 0.25;
const BY_WORDS = 0.3;

/**
 * The papers of a ready-made field: by their categories, or, for papers whose feed names
 * none, by the field's words. No hits for a field that the catalogue does not know.
 */
export function findOfField(index: RankingIndex, id: string, primary: boolean): Hits {
  return rememberHits(index, primary ? 'field of the first category' : 'field', id, () => {
    const field = findField(id);
    const scores = new Map<number, number>();
    if (!field) return toHits(scores);
    for (const [place, { paper }] of index.papers.entries()) {
      const at = paper.categories.findIndex((category) => isOfField(field, category));
      if (at === 0) scores.set(place, PRIMARY);
      else if (at > 0 && !primary) scores.set(place, CROSS_LISTED);
    }
    for (const word of field.words) {
      for (const place of findTopic(index, word, primary).papers) {
        const isBare = index.papers[place]?.paper.categories.length === 0;
        if (isBare) scores.set(place, BY_WORDS);
      }
    }
    return toHits(scores);
  });
}

/** What a hit gives one paper; 0 where it gives nothing. */
export function scoreIn({ papers, scores }: Hits, place: number): number {
  let low = 0;
  let high = papers.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = papers[middle] ?? 0;
    if (found === place) return scores[middle] ?? 0;
    if (found < place) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** Asks only the papers that use the rarest word of a phrase. */
function findHits(
  index: RankingIndex,
  phrase: string,
  strength: (entry: IndexedPaper) => number,
): Hits {
  let rarest: readonly number[] | undefined;
  for (const stem of phrase.trim().split(' ')) {
    const using = index.papersByStem.get(stem) ?? [];
    if (!rarest || using.length < rarest.length) rarest = using;
  }
  const scores = new Map<number, number>();
  for (const place of rarest ?? []) {
    const entry = index.papers[place];
    const score = entry ? strength(entry) : 0;
    if (score > 0) scores.set(place, score);
  }
  return toHits(scores);
}

function toHits(scores: ReadonlyMap<number, number>): Hits {
  const sorted = [...scores].sort(([a], [b]) => a - b);
  return {
    papers: Int32Array.from(sorted, ([place]) => place),
    scores: Float64Array.from(sorted, ([, score]) => score),
  };
}

function rememberHits(index: RankingIndex, what: string, text: string, find: () => Hits): Hits {
  const { found } = index;
  const known = found.hits.get(what)?.get(text);
  if (known) return known;
  const hits = find();
  makeRoom(found, hits.papers.length);
  const ofKind = found.hits.get(what) ?? new Map<string, Hits>();
  found.hits.set(what, ofKind.set(text, hits));
  return hits;
}

/** The papers by an author whom a reader follows, each with the name as it stands there. */
export function findAuthor(index: RankingIndex, name: string): ReadonlyMap<number, FollowedAuthor> {
  const { found } = index;
  const known = found.followed.get(name);
  if (known) return known;
  const followed = findFollowed(index.names, name);
  makeRoom(found, followed.size);
  found.followed.set(name, followed);
  return followed;
}

function makeRoom(found: Found, entries: number): void {
  if (found.size > MOST_FOUND) {
    found.hits.clear();
    found.followed.clear();
    found.size = 0;
  }
  found.size += entries + LOOK_UP;
}

function count(text: string, phrase: string): number {
  let hits = 0;
  // One space is shared by neighbouring hits.
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length - 1)) {
    hits += 1;
  }
  return hits;
}

import type { Choice, RankedReader, Ranking } from '../../../src/core/ranking/choice.ts';
import { type FollowedAuthor, findFollowed } from '../../../src/core/ranking/names.ts';
import {
  type IndexedPaper,
  type RankingIndex,
  stemsOf,
  votesOn,
} from '../../../src/core/ranking/ranking-index.ts';
import type { ReasonPart } from '../../../src/core/ranking/reason.ts';
import { LEAD, TASTE } from '../../../src/core/ranking/scores.ts';
import type { Taste } from '../../../src/core/ranking/taste.ts';
import { findField, isOfField } from '../../../src/core/reader/fields.ts';

// The ranking as it was before it was made fast: maps and lists made anew for every reader. What
// `rankPapers` gives must be the same, bit for bit.

type Hits = ReadonlyMap<number, number>;
interface Named {
  readonly name: string;
  readonly hits: Hits;
}

interface Scored {
  readonly scores: number[];
  readonly matches: Set<number>;
  readonly followed: ReadonlyMap<number, FollowedAuthor[]>;
  readonly topics: readonly Named[];
  readonly fields: readonly Named[];
  readonly askedWeight: number;
  readonly popularWeight: number;
  readonly hasWishes: boolean;
}

const inOrder = (hits: Hits): Hits => new Map([...hits].sort(([a], [b]) => a - b));

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
  const hits = new Map<number, number>();
  for (const place of rarest ?? []) {
    const entry = index.papers[place];
    const score = entry ? strength(entry) : 0;
    if (score > 0) hits.set(place, score);
  }
  return inOrder(hits);
}

function count(text: string, phrase: string): number {
  let hits = 0;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length - 1)) {
    hits += 1;
  }
  return hits;
}

function findTopic(index: RankingIndex, topic: string, primary: boolean): Hits {
  const phrase = stemsOf(topic);
  const category = topic.trim().toLowerCase();
  const hits = findHits(index, phrase, (entry) => {
    const named = primary ? entry.paper.categories.slice(0, 1) : entry.paper.categories;
    const isNamed =
      named.some((name) => name.toLowerCase() === category) || entry.title.includes(phrase);
    const mentions = count(entry.abstract, phrase);
    return (isNamed ? 0.5 : 0) + (0.5 * mentions) / (1 + mentions);
  });
  const rarity = 1 - Math.log(1 + hits.size) / Math.log(2 + index.papers.length);
  return new Map([...hits].map(([place, score]) => [place, score * (1 + rarity)]));
}

function findExcluded(index: RankingIndex, word: string): Hits {
  const phrase = stemsOf(word);
  return findHits(index, phrase, ({ paper, title, abstract }) => {
    const isIn = title.includes(phrase) || abstract.includes(phrase);
    const isNamed = isIn || paper.authors.some(({ name }) => stemsOf(name).includes(phrase));
    return isNamed || paper.categories.some((name) => stemsOf(name).includes(phrase)) ? 1 : 0;
  });
}

function findOfField(index: RankingIndex, id: string, primary: boolean): Hits {
  const field = findField(id);
  const hits = new Map<number, number>();
  if (!field) return hits;
  for (const [place, { paper }] of index.papers.entries()) {
    const at = paper.categories.findIndex((category) => isOfField(field, category));
    if (at === 0) hits.set(place, 0.4);
    else if (at > 0 && !primary) hits.set(place, 0.25);
  }
  for (const word of field.words) {
    for (const place of findTopic(index, word, primary).keys()) {
      if (index.papers[place]?.paper.categories.length === 0) hits.set(place, 0.3);
    }
  }
  return inOrder(hits);
}

/** The length of what is wanted. */
function lengthOf({ library, more }: Taste): number {
  const wanted = Array.from(library, (weight, at) => weight + (more[at] ?? 0));
  return Math.sqrt(wanted.reduce((sum, weight) => sum + weight * weight, 0));
}

/** What a taste gives each paper, term after term. */
function addTaste(index: RankingIndex, taste: Taste, scores: number[]): void {
  for (const [at, term] of taste.terms.entries()) {
    const { library, more, less } = taste;
    const net = (library[at] ?? 0) + (more[at] ?? 0) - (less[at] ?? 0);
    for (const [place, { vector }] of index.papers.entries()) {
      const own = vector.terms.indexOf(term);
      if (own >= 0) scores[place] = (scores[place] ?? 0) + TASTE * net * (vector.weights[own] ?? 0);
    }
  }
}

function scorePapers(index: RankingIndex, reader: RankedReader, away: ReadonlySet<number>): Scored {
  const { profile, taste } = reader;
  const scores: number[] = index.papers.map(() => 0);
  const matches = new Set<number>();
  const primary = !profile.crossLists;
  const isAsked = profile.topics.length + profile.fields.length + profile.authors.length > 0;
  const hasWishes = isAsked || taste?.hasLibrary === true;
  const liked = taste ? lengthOf(taste) : 0;
  const disliked: number[] = [];
  if (taste) {
    addTaste(index, taste, scores);
    const likeness = Math.max(0.014, 0.0035 * Math.sqrt(taste.examples));
    const enough = liked > 0 ? TASTE * likeness * liked : Number.POSITIVE_INFINITY;
    for (const [place, score] of scores.entries()) {
      if (score >= enough) matches.add(place);
      else if (score <= TASTE * -0.3) disliked.push(place);
    }
  }
  const topics = profile.topics.map((name) => ({ name, hits: findTopic(index, name, primary) }));
  const fields = profile.fields.map((name) => ({ name, hits: findOfField(index, name, primary) }));
  const askedWeight = taste && liked > 0 ? 1 / (1 + taste.examples) : 1;
  for (const { hits } of [...topics, ...fields]) {
    for (const [place, score] of hits) {
      scores[place] = (scores[place] ?? 0) + askedWeight * score;
      matches.add(place);
    }
  }
  const popularWeight = 0.3 / (1 + profile.topics.length + (taste?.examples ?? 0));
  for (const place of scores.keys()) {
    const given = hasWishes ? index.popularity[place] : index.leads[place];
    scores[place] = (scores[place] ?? 0) + (hasWishes ? popularWeight : LEAD) * (given ?? 0);
    if (!hasWishes) matches.add(place);
  }
  for (const place of [...disliked, ...away]) matches.delete(place);
  const followed = new Map<number, FollowedAuthor[]>();
  for (const author of profile.authors) {
    for (const [place, match] of findFollowed(index.names, author)) {
      if (!away.has(place)) followed.set(place, [...(followed.get(place) ?? []), match]);
    }
  }
  for (const place of followed.keys()) matches.add(place);
  const parts = { followed, topics, fields, askedWeight, popularWeight };
  return { scores, matches, ...parts, hasWishes };
}

/** How alike two papers are, to the precision in which it is kept. */
function likenessOf(one: IndexedPaper, other: IndexedPaper): number {
  let sum = 0;
  for (const [at, term] of one.vector.terms.entries()) {
    const own = other.vector.terms.indexOf(term);
    if (own < 0) continue;
    sum = Math.fround(sum + (one.vector.weights[at] ?? 0) * (other.vector.weights[own] ?? 0));
  }
  return Math.min(1, sum);
}

function pickVaried(
  index: RankingIndex,
  candidates: readonly { place: number; score: number }[],
  most: number,
): number[] {
  const left = [...candidates];
  const picked: number[] = [];
  const likenessTo = (place: number) => {
    const all = picked.map((other) => {
      const [one, two] = [index.papers[other], index.papers[place]];
      return one && two ? likenessOf(one, two) : 0;
    });
    return Math.max(0, ...all.filter((likeness) => likeness >= 0.2));
  };
  while (picked.length < most && left.length > 0) {
    const worth = left.map(({ place, score }) => {
      const likeness = likenessTo(place);
      return score - Math.abs(score) * (likeness >= 0.45 ? 0.8 : likeness * 0.8);
    });
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (next) picked.push(next.place);
  }
  return picked;
}

function shareTaste({ vector }: IndexedPaper, { terms, ...taste }: Taste) {
  let [library, more, less] = [0, 0, 0];
  const byEntry = new Map<number, number>();
  for (const [own, term] of vector.terms.entries()) {
    const at = terms.indexOf(term);
    if (at < 0) continue;
    const weight = vector.weights[own] ?? 0;
    const given = (taste.library[at] ?? 0) * weight;
    library += given;
    more += (taste.more[at] ?? 0) * weight;
    less += (taste.less[at] ?? 0) * weight;
    const all = given > 0 ? (taste.holders[at] ?? []) : [];
    for (const entry of all) byEntry.set(entry, (byEntry.get(entry) ?? 0) + given / all.length);
  }
  const most = Math.max(0, ...byEntry.values());
  const like = [...byEntry.values()].filter((given) => given > 0 && given >= most / 2);
  return { library, more, less, papers: like.length };
}

interface Part {
  readonly part: ReasonPart;
  readonly amount: number;
}

function askedParts({ topics, fields, askedWeight }: Scored, place: number): Part[] {
  const amounts = (all: readonly Named[]) =>
    all
      .map(({ name, hits }) => ({ name, amount: askedWeight * (hits.get(place) ?? 0) }))
      .filter(({ amount }) => amount > 0)
      .sort((a, b) => b.amount - a.amount);
  const told = amounts(topics).slice(0, 3);
  const names = told.map(({ name }) => name);
  const amount = told.reduce((sum, hit) => sum + hit.amount, 0);
  const [field] = amounts(fields).filter(({ name }) => findField(name));
  return [
    ...(names.length > 0 ? [{ part: { code: 'topics', names } as const, amount }] : []),
    ...(field ? [{ part: { code: 'field', id: field.name } as const, amount: field.amount }] : []),
  ];
}

function tasteParts(entry: IndexedPaper, taste: Taste): Part[] {
  const { library, more, less, papers } = shareTaste(entry, taste);
  const left = TASTE * Math.max(0, 1 - less / (library + more || 1));
  const parts: Part[] = [
    { part: { code: 'library', papers }, amount: left * library },
    { part: { code: 'more' }, amount: left * more },
  ];
  return parts.filter(({ amount }) => amount > 0);
}

function findReason(
  index: RankingIndex,
  { taste }: RankedReader,
  { scored, place, isOutside }: { scored: Scored; place: number; isOutside: boolean },
): Omit<Choice, 'paper'> {
  const entry = index.papers[place];
  if (!entry) return { reason: [] };
  const liked = scored.hasWishes ? scored.popularWeight * (index.popularity[place] ?? 0) : 0;
  const popular: Part[] = liked >= 0.05 ? [{ part: { code: 'popular' }, amount: liked }] : [];
  if (isOutside) return { reason: popular.map(({ part }) => part), place: 'outside' };
  const authors = scored.followed.get(place);
  if (authors) {
    const by = authors.map(({ printed }) => printed);
    return { reason: [{ code: 'authors', authors }], place: 'followed', by };
  }
  const votes = votesOn(entry.paper);
  const lead: ReasonPart = votes > 0 ? { code: 'votes', votes } : { code: 'group' };
  const all = [
    ...askedParts(scored, place),
    ...(taste ? tasteParts(entry, taste) : []),
    ...(scored.hasWishes ? [] : [{ part: lead, amount: LEAD * (index.leads[place] ?? 0) }]),
    ...popular,
  ];
  const [first, second] = all.toSorted((a, b) => b.amount - a.amount);
  if (!first) return { reason: [] };
  const isTold = second && second.amount >= 0.4 * first.amount;
  return { reason: isTold ? [first.part, second.part] : [first.part] };
}

function findOutside(
  index: RankingIndex,
  { profile }: RankedReader,
  given: { scored: Scored; away: ReadonlySet<number>; most: number },
): number[] {
  const { matches, scores, hasWishes } = given.scored;
  if (!profile.surprise || !hasWishes || given.most < 4 || matches.size + 1 < 4) return [];
  const foreign = [...index.papers.keys()].filter(
    (place) => !matches.has(place) && !given.away.has(place) && (scores[place] ?? 0) > -0.2,
  );
  const liked = (place: number) => index.popularity[place] ?? 0;
  return foreign.toSorted((a, b) => liked(b) - liked(a) || a - b).slice(0, 1);
}

/** Ranks as `rankPapers` does, the plain way. */
export function rankPlainly(index: RankingIndex, reader: RankedReader, most: number): Ranking {
  const idOf = (place: number) => index.papers[place]?.paper.id ?? 0;
  const words = new Map<number, string>();
  for (const word of reader.profile.exclude) {
    for (const place of findExcluded(index, word).keys()) {
      if (!words.has(place)) words.set(place, word);
    }
  }
  const passed = [...index.papers.keys()].filter((place) => reader.passed?.has(idOf(place)));
  const away = new Set([...passed, ...words.keys()]);
  const scored = scorePapers(index, reader, away);
  const rated = (places: Iterable<number>) =>
    [...places]
      .map((place) => ({ place, score: scored.scores[place] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.place - b.place);
  const pinned = rated(scored.followed.keys()).slice(0, most);
  const outside = findOutside(index, reader, { scored, away, most });
  const left = Math.max(0, most - pinned.length - outside.length);
  const wanted = rated(scored.matches)
    .slice(0, left * 4)
    .filter(({ place }) => !pinned.some((other) => other.place === place));
  const choose = (place: number, isOutside: boolean): Choice => ({
    paper: idOf(place),
    ...findReason(index, reader, { scored, place, isOutside }),
  });
  return {
    choices: [
      ...pinned.map(({ place }) => choose(place, false)),
      ...pickVaried(index, wanted, left).map((place) => choose(place, false)),
      ...outside.map((place) => choose(place, true)),
    ],
    hidden: [...words]
      .sort(([a], [b]) => a - b)
      .map(([place, word]) => ({ paper: idOf(place), word })),
  };
}

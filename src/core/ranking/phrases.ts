import { findField, isOfAnyField, isOfField } from '../reader/fields.ts';
import { holdsExcluded, readExcluded } from './excluded.ts';
import { makeRoom, rarestOf, rememberHits, toHits } from './hits.ts';
import { type FollowedAuthor, findFollowed } from './names.ts';
import { fit, type Hits, type RankingIndex } from './ranking-index.ts';
import { findTopic } from './topics.ts';

/** The papers that an excluded word names: in title, abstract, authors or any category. */
export function findExcluded(index: RankingIndex, word: string): Hits {
  return rememberHits(index, ['excluded', word], () => {
    const phrase = readExcluded(word);
    const hits = new Map<number, number>();
    for (const place of rarestOf(phrase.stems.map((stems) => usingAny(index, stems)))) {
      const entry = index.papers[place];
      const { categories = [] } = entry?.paper ?? {};
      if (entry && holdsExcluded(phrase, { ...entry, categories })) hits.set(place, 1);
    }
    return toHits(hits);
  });
}

function usingAny({ papersByStem }: RankingIndex, stems: ReadonlySet<string>): number[] {
  return [...new Set([...stems].flatMap((stem) => papersByStem.get(stem) ?? []))];
}

const PRIMARY = 0.4;
const CROSS_LISTED = 0.25;
const BY_WORDS = 0.3;

/**
 * The papers of a ready-made field: by their categories, or, for papers whose feed names
 * none that a field has, by the field's words. No hits for a field that the catalogue does not know.
 */
export function findOfField(index: RankingIndex, id: string, primary: boolean): Hits {
  return rememberHits(index, [primary ? 'field of the first category' : 'field', id], () => {
    const field = findField(id);
    const scores = new Map<number, number>();
    if (!field) return toHits(scores);
    for (const [place, { paper }] of index.papers.entries()) {
      const at = paper.categories.findIndex((category) => isOfField(field, category));
      if (at === 0) scores.set(place, PRIMARY);
      else if (at > 0 && !primary) scores.set(place, CROSS_LISTED);
    }
    for (const word of field.words) {
      const { papers, fits } = findTopic(index, word, primary);
      for (const [at, place] of papers.entries()) {
        const isBare = !index.papers[place]?.paper.categories.some(isOfAnyField);
        if (isBare && fits?.[at] === fit.named) scores.set(place, BY_WORDS);
      }
    }
    return toHits(scores);
  });
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

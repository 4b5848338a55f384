import type { Profile } from '../reader/subscription.ts';
import { type FollowedAuthor, findFollowed } from './names.ts';
import { findOfField, findTopic } from './phrases.ts';
import { type Hits, type RankingIndex, votesOn } from './ranking-index.ts';
import { addTaste, lengthOf, type Taste } from './taste.ts';

/** How well each paper of an edition suits one reader, by its place, and what it is made of. */
export interface Scored {
  readonly scores: Float64Array;
  /** 1 where a paper is one that the reader asked for. */
  readonly isMatch: Uint8Array;
  readonly followed: ReadonlyMap<number, FollowedAuthor[]>;
  readonly topics: readonly { readonly name: string; readonly hits: Hits }[];
  readonly fields: readonly { readonly name: string; readonly hits: Hits }[];
  /** What the many like gives a paper at most. */
  readonly popularWeight: number;
  /** What being first in its group, or popular, gives: only to readers without wishes. */
  readonly leads: Float64Array | undefined;
  readonly hasWishes: boolean;
}

/**
 * From this likeness on a paper is to a reader's taste; less is shared by all of one science,
 * the more so the more examples a taste was learned from: the second is times their root.
 */
const TO_TASTE = [0.02, 0.005] as const;
/** So that after some three votes the taste says more than the topics. */
export const TASTE = 20;
/** To a reader of whom we know little, the many may speak; else they break ties. */
const POPULAR = 0.3;
const LEAD = 0.5;

/**
 * Adds up, for every paper, what the reader's fields, topics, library and votes and the
 * votes of the many give it. Hidden papers match nothing.
 */
export function scorePapers(
  index: RankingIndex,
  { profile, taste }: { profile: Profile; taste?: Taste | undefined },
  hidden: ReadonlyMap<number, string>,
): Scored {
  const count = index.papers.length;
  const scores = new Float64Array(count);
  const isMatch = new Uint8Array(count);
  const primary = !profile.crossLists;
  const isAsked = profile.topics.length + profile.fields.length + profile.authors.length > 0;
  const hasWishes = isAsked || taste?.hasLibrary === true;
  if (taste) matchTaste(index, { taste, scores, isMatch });
  const topics = profile.topics.map((name) => ({ name, hits: findTopic(index, name, primary) }));
  const fields = profile.fields.map((name) => ({
    name,
    hits: findOfField(index, name, primary),
  }));
  for (const { hits } of [...topics, ...fields]) addHits(hits, { scores, isMatch });
  const leads = hasWishes ? undefined : rankLeads(index, isMatch);
  const popularWeight = POPULAR / (1 + profile.topics.length + (taste?.examples ?? 0));
  for (let place = 0; place < count; place++) {
    const lead = leads ? (leads[place] ?? 0) : popularWeight * (index.popularity[place] ?? 0);
    scores[place] = (scores[place] ?? 0) + lead;
  }
  for (const place of hidden.keys()) isMatch[place] = 0;
  const followed = findAuthors(index, profile.authors, hidden);
  for (const place of followed.keys()) isMatch[place] = 1;
  return { scores, isMatch, followed, topics, fields, popularWeight, leads, hasWishes };
}

function matchTaste(
  index: RankingIndex,
  into: { taste: Taste; scores: Float64Array; isMatch: Uint8Array },
): void {
  const { taste, scores, isMatch } = into;
  addTaste(index, taste, scores);
  for (let place = 0; place < scores.length; place++) scores[place] = (scores[place] ?? 0) * TASTE;
  const [least, perExample] = TO_TASTE;
  const likeness = Math.max(least, perExample * Math.sqrt(taste.examples));
  const enough = TASTE * likeness * (lengthOf(taste) || Number.POSITIVE_INFINITY);
  for (let place = 0; place < scores.length; place++) {
    if ((scores[place] ?? 0) >= enough) isMatch[place] = 1;
  }
}

function addHits(hits: Hits, { scores, isMatch }: { scores: Float64Array; isMatch: Uint8Array }) {
  for (let at = 0; at < hits.papers.length; at++) {
    const place = hits.papers[at] ?? 0;
    scores[place] = (scores[place] ?? 0) + (hits.scores[at] ?? 0);
    isMatch[place] = 1;
  }
}

function findAuthors(
  index: RankingIndex,
  authors: readonly string[],
  hidden: ReadonlyMap<number, string>,
): Map<number, FollowedAuthor[]> {
  const followed = new Map<number, FollowedAuthor[]>();
  for (const author of authors) {
    for (const [place, match] of findFollowed(index.names, author)) {
      if (!hidden.has(place)) followed.set(place, [...(followed.get(place) ?? []), match]);
    }
  }
  return followed;
}

/**
 * For a reader without wishes: popular papers, then the first of each group, then the second
 * of each, and so on; 0 to `LEAD`, so that a single vote of the reader's is heard.
 */
function rankLeads(index: RankingIndex, isMatch: Uint8Array): Float64Array {
  isMatch.fill(1);
  const seen = new Map<string, number>();
  const order = index.papers.map(({ paper }, place) => {
    const rank = seen.get(paper.groupLabel) ?? 0;
    seen.set(paper.groupLabel, rank + 1);
    return { place, worth: votesOn(paper) || -rank };
  });
  order.sort((a, b) => b.worth - a.worth || a.place - b.place);
  const leads = new Float64Array(order.length);
  for (const [at, { place }] of order.entries()) leads[place] = LEAD * (1 - at / order.length);
  return leads;
}

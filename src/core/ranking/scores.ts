import type { Profile } from '../reader/subscription.ts';
import { scoreTaste } from './met-taste.ts';
import type { FollowedAuthor } from './names.ts';
import { findAuthor, findOfField, findTopic } from './phrases.ts';
import type { Hits, RankingIndex, Slate } from './ranking-index.ts';
import type { Taste } from './taste.ts';

/** What a topic or a field of the reader's gives. */
export interface Asked {
  readonly name: string;
  readonly hits: Hits;
}

/** How well each paper of an edition suits one reader, by its place, and what it is made of. */
export interface Scored {
  readonly scores: Float64Array;
  /** 1 where a paper is one that the reader asked for. */
  readonly isMatch: Uint8Array;
  readonly followed: ReadonlyMap<number, readonly FollowedAuthor[]>;
  readonly topics: readonly Asked[];
  readonly fields: readonly Asked[];
  /** What a topic or field counts for: 1, and less the more examples a taste was learned from. */
  readonly askedWeight: number;
  /** What the many like gives a paper at most. */
  readonly popularWeight: number;
  /** Without, being popular or among the first of its group says what leads. */
  readonly hasWishes: boolean;
}

/**
 * From this likeness on a paper is to a reader's taste; less is shared by all of one science,
 * the more so the more examples a taste was learned from: the second is times their root.
 */
const TO_TASTE = [0.014, 0.0035] as const;
/** A paper that is so unlike a reader's taste, net of what they like, is what they asked less of. */
const DISLIKED = -0.3;
/** So that a single vote says about as much as a topic in a title. */
export const TASTE = 20;
/** To a reader of whom we know little, the many may speak; else they break ties. */
const POPULAR = 0.3;
/** What leads a day for readers without wishes; so little that a single vote of theirs is heard. */
export const LEAD = 0.5;

/** More than any paper's score: news, editorials and amendments stand behind all papers. */
const BEHIND = 1e6;

/**
 * Adds up, for every paper, what the reader's fields, topics, library and votes and the
 * votes of the many give it, on the slate. Papers that it says are away match nothing.
 */
export function scorePapers(
  index: RankingIndex,
  { profile, taste }: { profile: Profile; taste?: Taste | undefined },
  { scores, isMatch, away }: Slate,
): Scored {
  isMatch.fill(0);
  const liked = taste ? scoreTaste(index, taste, { scores, times: TASTE }) : 0;
  if (!taste) scores.fill(0);
  const primary = !profile.crossLists;
  const isAsked = profile.topics.length + profile.fields.length + profile.authors.length > 0;
  const hasWishes = isAsked || taste?.hasLibrary === true;
  const disliked = taste ? judgeTaste(taste, liked, { scores, isMatch }) : NONE;
  const topics = profile.topics.map((name) => ({ name, hits: findTopic(index, name, primary) }));
  const fields = profile.fields.map((name) => ({ name, hits: findOfField(index, name, primary) }));
  // Words help until votes say it better (measured by bench/ranking.ts); what they name stays a match.
  const askedWeight = taste && liked > 0 ? 1 / (1 + taste.examples) : 1;
  for (const { hits } of topics) addHits(hits, askedWeight, { scores, isMatch });
  for (const { hits } of fields) addHits(hits, askedWeight, { scores, isMatch });
  const popularWeight = POPULAR / (1 + profile.topics.length + (taste?.examples ?? 0));
  if (hasWishes) addWeighed(index.popularity, popularWeight, scores);
  else {
    addWeighed(index.leads, LEAD, scores);
    isMatch.fill(1);
  }
  for (const place of index.behind) scores[place] = (scores[place] as number) - BEHIND;
  for (const place of disliked) isMatch[place] = 0;
  for (let place = 0; place < away.length; place++) if (away[place] !== 0) isMatch[place] = 0;
  const followed = findAuthors(index, profile.authors, away);
  for (const place of followed.keys()) isMatch[place] = 1;
  return {
    scores,
    isMatch,
    followed,
    topics,
    fields,
    askedWeight,
    popularWeight,
    hasWishes,
  };
}

const NONE: readonly number[] = [];

/** Marks what is to a reader's taste; gives the papers that are like what they asked less of. */
function judgeTaste(
  { examples }: Taste,
  liked: number,
  { scores, isMatch }: { scores: Float64Array; isMatch: Uint8Array },
): readonly number[] {
  const [least, perExample] = TO_TASTE;
  const likeness = Math.max(least, perExample * Math.sqrt(examples));
  const enough = liked > 0 ? TASTE * likeness * liked : Number.POSITIVE_INFINITY;
  const disliked: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (score >= enough) isMatch[place] = 1;
    else if (score <= TASTE * DISLIKED) disliked.push(place);
  }
  return disliked;
}

function addHits(
  { papers, scores: given }: Hits,
  weight: number,
  { scores, isMatch }: { scores: Float64Array; isMatch: Uint8Array },
): void {
  for (let at = 0; at < papers.length; at++) {
    const place = papers[at] as number;
    scores[place] = (scores[place] as number) + weight * (given[at] as number);
    isMatch[place] = 1;
  }
}

function addWeighed(given: Float64Array, weight: number, scores: Float64Array): void {
  for (let place = 0; place < scores.length; place++) {
    scores[place] = (scores[place] as number) + weight * (given[place] as number);
  }
}

const NOBODY: Scored['followed'] = new Map();

function findAuthors(
  index: RankingIndex,
  authors: readonly string[],
  away: Int32Array,
): Scored['followed'] {
  if (authors.length === 0) return NOBODY;
  const followed = new Map<number, FollowedAuthor[]>();
  for (const author of authors) {
    for (const [place, match] of findAuthor(index, author)) {
      if (away[place] === 0) followed.set(place, [...(followed.get(place) ?? []), match]);
    }
  }
  return followed;
}

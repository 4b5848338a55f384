import type { Profile } from '../reader/subscription.ts';
import { scoreTaste } from './met-taste.ts';
import type { FollowedAuthor } from './names.ts';
import { findAuthor, findOfField } from './phrases.ts';
import { fit, type Hits, type RankingIndex, type Slate } from './ranking-index.ts';
import type { Taste } from './taste.ts';
import { findTopic } from './topics.ts';

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
  /** 1 where a paper that the reader did not ask for is clearly to their taste. */
  readonly isLiked: Uint8Array;
  /** 1 where a paper shares anything with what the reader asked for or likes. */
  readonly isTouched: Uint8Array;
  readonly followed: ReadonlyMap<number, readonly FollowedAuthor[]>;
  readonly topics: readonly Asked[];
  readonly fields: readonly Asked[];
  /** What a topic or field counts for: 1, and less the more examples a taste was learned from. */
  readonly askedWeight: number;
  /** What the many like gives a paper at most. */
  readonly popularWeight: number;
  /** Without, being popular or among the first of its group says what leads. */
  readonly hasWishes: boolean;
  /** Whether topics, fields or authors were said: then nothing else matches, whatever votes say. */
  readonly isAsked: boolean;
}

/**
 * From this likeness on a paper is to a reader's taste; less is shared by all of one science,
 * the more so the more examples a taste was learned from: the second is times their root.
 */
const TO_TASTE = [0.014, 0.0035] as const;
/** A paper that is so unlike a reader's taste, net of what they like, is what they asked less of. */
const DISLIKED = -0.3;
/** So that a single vote says about as much as a topic that is named. */
export const TASTE = 60;
/** Of so many examples a taste is trusted as much as it grew: what was said counts half. */
const TRUSTED = 4;

/** What a topic or a field counts for beside so many examples, from 1 to 0. */
export function askedBeside(examples: number): number {
  return 1 / (1 + (examples / TRUSTED) ** 2);
}
/** To a reader of whom we know little, the many may speak; else they break ties. */
const POPULAR = 0.3;
/** What leads a day for readers without wishes; so little that a single vote of theirs is heard. */
export const LEAD = 0.5;

/** More than any paper's score: news, editorials and amendments stand behind all papers. */
const BEHIND = 1e6;

/**
 * Adds up, for every paper, what the reader's fields, topics, library and votes and the
 * votes of the many give it, on the slate. Papers that it says are away match nothing. What
 * was said is a promise: where anything was, votes only order it.
 */
export function scorePapers(
  index: RankingIndex,
  { profile, taste }: { profile: Profile; taste?: Taste | undefined },
  slate: Slate,
): Scored {
  const { scores, isMatch, isLiked, isTouched, away } = slate;
  for (const marks of [isMatch, isLiked, isTouched]) marks.fill(0);
  const liked = taste ? scoreTaste(index, taste, { scores, times: TASTE }) : 0;
  if (!taste) scores.fill(0);
  const primary = !profile.crossLists;
  const isAsked = profile.topics.length + profile.fields.length + profile.authors.length > 0;
  const hasWishes = isAsked || taste?.hasLibrary === true;
  const disliked = taste ? judgeTaste(taste, liked, { slate, isAsked }) : NONE;
  const topics = profile.topics.map((name) => ({ name, hits: findTopic(index, name, primary) }));
  const fields = profile.fields.map((name) => ({ name, hits: findOfField(index, name, primary) }));
  const askedWeight = taste && liked > 0 ? askedBeside(taste.examples) : 1;
  for (const { hits } of topics) addHits(hits, askedWeight, slate);
  for (const { hits } of fields) addHits(hits, askedWeight, slate);
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
  for (let place = 0; place < away.length; place++) {
    if (isMatch[place] === 1 || away[place] !== 0) isLiked[place] = 0;
  }
  const asked = { followed, topics, fields, askedWeight, isAsked };
  return { scores, isMatch, isLiked, isTouched, ...asked, popularWeight, hasWishes };
}

const NONE: readonly number[] = [];

/** What is so far above the mean of an edition, in standard deviations, is clearly to a taste. */
const CLEARLY = 2;

/**
 * Marks what is to a reader's taste: a match where they asked for nothing. Gives the papers that
 * are like what they asked less of.
 */
function judgeTaste(
  { examples }: Taste,
  liked: number,
  { slate, isAsked }: { slate: Slate; isAsked: boolean },
): readonly number[] {
  const { scores, isMatch, isLiked, isTouched } = slate;
  const [least, perExample] = TO_TASTE;
  const likeness = Math.max(least, perExample * Math.sqrt(examples));
  const enough = liked > 0 ? TASTE * likeness * liked : Number.POSITIVE_INFINITY;
  const [mean, spread] = measure(scores);
  const disliked: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (liked > 0 && score > mean) isTouched[place] = 1;
    if (score <= TASTE * DISLIKED) disliked.push(place);
    else if (score >= enough && isAsked) isLiked[place] = score >= mean + CLEARLY * spread ? 1 : 0;
    else if (score >= enough) isMatch[place] = 1;
  }
  return disliked;
}

/** The mean of some numbers and their standard deviation. */
function measure(numbers: Float64Array): readonly [mean: number, spread: number] {
  const count = numbers.length || 1;
  let sum = 0;
  for (const each of numbers) sum += each;
  const mean = sum / count;
  let squares = 0;
  for (const each of numbers) squares += (each - mean) ** 2;
  return [mean, Math.sqrt(squares / count)];
}

function addHits(
  { papers, scores: given, fits }: Hits,
  weight: number,
  { scores, isMatch, isTouched }: Slate,
): void {
  for (let at = 0; at < papers.length; at++) {
    const place = papers[at] as number;
    scores[place] = (scores[place] as number) + weight * (given[at] as number);
    isTouched[place] = 1;
    if (!fits || fits[at] !== fit.touched) isMatch[place] = 1;
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

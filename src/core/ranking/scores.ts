import { isResearch } from '../paper/kind.ts';
import type { Profile } from '../reader/subscription.ts';
import { addTaste } from './met-taste.ts';
import { type FollowedAuthor, findFollowed } from './names.ts';
import { findOfField, findTopic } from './phrases.ts';
import type { Hits, RankingIndex } from './ranking-index.ts';
import { lengthOf, type Taste } from './taste.ts';

/** How well each paper of an edition suits one reader, by its place, and what it is made of. */
export interface Scored {
  readonly scores: Float64Array;
  /** 1 where a paper is one that the reader asked for. */
  readonly isMatch: Uint8Array;
  readonly followed: ReadonlyMap<number, FollowedAuthor[]>;
  readonly topics: readonly { readonly name: string; readonly hits: Hits }[];
  readonly fields: readonly { readonly name: string; readonly hits: Hits }[];
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
  const liked = taste ? lengthOf(taste) : 0;
  if (taste) addTaste(index, taste, { scores, times: TASTE });
  const disliked = taste ? judgeTaste(taste, liked, { scores, isMatch }) : [];
  const topics = profile.topics.map((name) => ({ name, hits: findTopic(index, name, primary) }));
  const fields = profile.fields.map((name) => ({
    name,
    hits: findOfField(index, name, primary),
  }));
  // Words help until votes say it better (measured by bench/ranking.ts); what they name stays a match.
  const askedWeight = taste && liked > 0 ? 1 / (1 + taste.examples) : 1;
  for (const { hits } of [...topics, ...fields]) addHits(hits, askedWeight, { scores, isMatch });
  const popularWeight = POPULAR / (1 + profile.topics.length + (taste?.examples ?? 0));
  const given = hasWishes ? index.popularity : index.leads;
  const weight = hasWishes ? popularWeight : LEAD;
  for (let place = 0; place < count; place++) {
    const behind = isResearch(index.papers[place]?.paper.kind) ? 0 : BEHIND;
    scores[place] = (scores[place] ?? 0) + weight * (given[place] ?? 0) - behind;
  }
  if (!hasWishes) isMatch.fill(1);
  for (const place of [...disliked, ...hidden.keys()]) isMatch[place] = 0;
  const followed = findAuthors(index, profile.authors, hidden);
  for (const place of followed.keys()) isMatch[place] = 1;
  const parts = { followed, topics, fields, askedWeight, popularWeight };
  return { scores, isMatch, ...parts, hasWishes };
}

/** Marks what is to a reader's taste; gives the papers that are like what they asked less of. */
function judgeTaste(
  { examples }: Taste,
  liked: number,
  { scores, isMatch }: { scores: Float64Array; isMatch: Uint8Array },
): number[] {
  const [least, perExample] = TO_TASTE;
  const likeness = Math.max(least, perExample * Math.sqrt(examples));
  const enough = liked > 0 ? TASTE * likeness * liked : Number.POSITIVE_INFINITY;
  const disliked: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] ?? 0;
    if (score >= enough) isMatch[place] = 1;
    else if (score <= TASTE * DISLIKED) disliked.push(place);
  }
  return disliked;
}

function addHits(
  hits: Hits,
  weight: number,
  { scores, isMatch }: { scores: Float64Array; isMatch: Uint8Array },
): void {
  for (let at = 0; at < hits.papers.length; at++) {
    const place = hits.papers[at] ?? 0;
    scores[place] = (scores[place] ?? 0) + weight * (hits.scores[at] ?? 0);
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

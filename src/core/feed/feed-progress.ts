import type { FeedKind } from './feed.ts';
import { FETCH_EVERY_MS, nextFetch } from './feed-pace.ts';
import { type FeedTimes, findReadUntil, isOldBatch } from './feed-window.ts';

/** How far a feed is, from what its runs left. */
export interface FeedPlace extends FeedTimes {
  /** Where the last run was cut off, and the moment up to which its list goes. */
  readonly cursor: string | null;
  readonly cursorAt: Date | null;
  /** A run was cut off, or days are still to be caught up. */
  readonly isBehind: boolean;
}

/** What an answer says of itself. */
export interface FeedAnswer {
  readonly status: 'fetched' | 'unchanged';
  readonly complete: boolean;
  readonly cursor?: string;
  readonly batchDate?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** An older day's list under a new date. */
  readonly isStale?: boolean;
}

/** Where a run leaves its feed. */
export interface FeedProgress {
  readonly nextFetchAt: Date;
  /** For the next conditional request; absent where those of before still hold. */
  readonly validators?: { readonly etag: string | null; readonly lastModified: string | null };
  readonly cursor: string | null;
  readonly cursorAt: Date | null;
  /** Null where it is not read further than before. */
  readonly readUntil: Date | null;
  readonly isBehind: boolean;
}

interface RunTimes {
  readonly askedAt: Date;
  /** When the run ends. */
  readonly at: Date;
}

// ePrint and NEP give what they list at the moment, whole.
const PAGED_KINDS: readonly FeedKind[] = [
  ...(['arxiv-query', 'biorxiv', 'medrxiv', 'crossref', 'pubmed', 'europepmc'] as const),
  ...(['openalex', 'inspire', 'osf', 'zenodo', 'openreview'] as const),
];

/** Whether a feed's cursor is one of its usual list; those of other kinds are of days to catch up. */
export function isPaged(kind: FeedKind): boolean {
  return PAGED_KINDS.includes(kind);
}

/** A cursor is tried so often; then its list is begun anew, with the present window. */
const MOST_TRIES = 3;

/** A feed as a run takes it up: without a cursor that failed too often. */
export function leaveStuckCursor<Feed extends FeedPlace & { readonly failures: number }>(
  feed: Feed,
): Feed {
  const isStuck = isPaged(feed.kind) && feed.cursor !== null && feed.failures >= MOST_TRIES;
  return isStuck ? { ...feed, cursor: null, cursorAt: null } : feed;
}

/** Where a good answer leaves a feed. With `isOwing`, days before it must still be caught up. */
export function findProgress(
  feed: FeedPlace,
  answer: FeedAnswer,
  run: RunTimes & { isOwing: boolean },
): FeedProgress {
  const { askedAt, at, isOwing } = run;
  if (answer.cursor !== undefined) return cutOff(feed, answer.cursor, run);
  const kept = { cursor: feed.cursor, cursorAt: feed.cursorAt };
  // A list that has a hole is begun anew: what the hole hid must still be within the window.
  const hasHole = isPaged(feed.kind) && !answer.complete;
  const readUntil = isOwing || hasHole ? null : readTo(feed, answer, askedAt);
  const after = { ...feed, readUntil: readUntil ?? feed.readUntil };
  const isDue = isOwing || isOldBatch(after, at) || (!answer.complete && !feed.isBehind);
  const isMore = readUntil !== null && isPaged(feed.kind) && isLongBefore(readUntil, at);
  return {
    nextFetchAt: nextFetch(at, isMore ? 'more' : isDue ? 'due' : 'nothing'),
    ...findValidators(answer, isOwing),
    ...(isOwing ? kept : { cursor: null, cursorAt: null }),
    readUntil,
    isBehind: isOwing || !answer.complete || isStillStale(after, answer, at),
  };
}

/** A list that is an old one stays so until another comes. */
function isStillStale(feed: FeedPlace, { isStale, status }: FeedAnswer, at: Date): boolean {
  return isStale === true || (status === 'unchanged' && feed.isBehind && isOldBatch(feed, at));
}

/** Where catching up missed days leaves a feed, whose newest answer was read already. */
export function findCaughtUp(
  feed: FeedPlace,
  missed: FeedAnswer,
  run: RunTimes & { batchDate: string | undefined; isStale?: boolean },
): FeedProgress {
  if (missed.cursor !== undefined) return cutOff(feed, missed.cursor, run);
  if (!missed.complete || run.isStale) return stayBehind(run.at);
  const newest = findReadUntil(feed.kind, run.askedAt, run.batchDate);
  // A list that was begun some runs ago goes up to then, and more days may have passed since.
  const begun = feed.cursorAt ? findReadUntil(feed.kind, feed.cursorAt) : newest;
  const isBehind = begun < newest;
  const readUntil = isBehind ? begun : newest;
  const isOld = isOldBatch({ ...feed, readUntil }, run.at);
  return {
    nextFetchAt: nextFetch(run.at, isBehind ? 'more' : isOld ? 'due' : 'nothing'),
    cursor: null,
    cursorAt: null,
    readUntil,
    isBehind,
  };
}

/** Days are still owed whose list had a hole, or of which the search may know no more than a stale list. */
function stayBehind(at: Date): FeedProgress {
  const nextFetchAt = nextFetch(at, 'due');
  return { nextFetchAt, cursor: null, cursorAt: null, readUntil: null, isBehind: true };
}

function cutOff(feed: FeedPlace, cursor: string, { askedAt, at }: RunTimes): FeedProgress {
  return {
    nextFetchAt: nextFetch(at, 'more'),
    cursor,
    cursorAt: feed.cursorAt ?? askedAt,
    readUntil: null,
    isBehind: true,
  };
}

function readTo(feed: FeedPlace, answer: FeedAnswer, askedAt: Date): Date | null {
  // Unchanged since the answer whose day is known already.
  if (feed.kind === 'arxiv' && answer.status === 'unchanged') return null;
  if (isPaged(feed.kind) && feed.cursorAt) return feed.cursorAt;
  return findReadUntil(feed.kind, askedAt, answer.batchDate);
}

/** Only what was read whole may be asked for conditionally. */
function findValidators(answer: FeedAnswer, isOwing: boolean): Pick<FeedProgress, 'validators'> {
  const { etag, lastModified } = answer;
  if (isOwing || !answer.complete) return { validators: { etag: null, lastModified: null } };
  const hasNone = etag === undefined && lastModified === undefined;
  if (answer.status === 'unchanged' && hasNone) return {};
  return { validators: { etag: etag ?? null, lastModified: lastModified ?? null } };
}

function isLongBefore(moment: Date, at: Date): boolean {
  return at.getTime() - moment.getTime() > FETCH_EVERY_MS;
}

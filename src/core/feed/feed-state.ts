import { startOfDay } from '../reader/schedule.ts';
import { FETCH_EVERY_MS } from './feed-pace.ts';
import { type FeedTimes, isOldBatch } from './feed-window.ts';

/** How a feed stands, from what its runs left. */
export interface FeedStanding extends FeedTimes {
  readonly lastAnswerAt: Date | null;
  /** Failed runs since the last answer. */
  readonly failures: number;
  /** A run was cut off, or days are still to be caught up. */
  readonly isBehind: boolean;
  /** When it last brought a paper that was new to us. */
  readonly lastKeptAt: Date | null;
}

/** What an operator needs to know of a feed, in a word. */
export type FeedState = 'unread' | 'broken' | 'partial' | 'stale' | 'quiet' | 'fresh';

const DAY_MS = 24 * 3_600_000;
const QUIET_AFTER_MS = 2 * DAY_MS;
const BROKEN_AFTER_MS = 3 * DAY_MS;

/** The state in words, for `feeds show` and the pages. */
export const feedStates: Readonly<Record<FeedState, string>> = {
  unread: 'it has not been read yet',
  broken: 'it cannot be read',
  partial: 'it was not read to the end',
  stale: 'it answers, but not with what is due',
  quiet: 'it answers, and had nothing new for two days',
  fresh: 'it answers and brings new papers',
};

/** Says how a feed stands; what hurts most comes first. */
export function classifyFeed(feed: FeedStanding, at: Date): FeedState {
  const since = (moment: Date | null) => at.getTime() - (moment?.getTime() ?? 0);
  if (feed.failures > 0) return 'broken';
  if (!feed.lastAnswerAt) return 'unread';
  if (feed.isBehind) return 'partial';
  if (isOldBatch(feed, at) || since(feed.lastAnswerAt) > 3 * FETCH_EVERY_MS) return 'stale';
  return since(feed.lastKeptAt) > QUIET_AFTER_MS ? 'quiet' : 'fresh';
}

/**
 * Whether a cut should wait for a feed: it is not read up to the day of the cut (or, late in
 * the day, up to two fetches before it). A feed added on that day is no reason to wait, and
 * one that has been silent for three days is broken, not late.
 */
export function isLate(
  feed: FeedStanding,
  cut: { readonly dueAt: Date; readonly zone: string },
): boolean {
  const day = startOfDay(cut.zone, cut.dueAt).getTime();
  if (feed.createdAt.getTime() >= day) return false;
  const lastSign = (feed.lastAnswerAt ?? feed.createdAt).getTime();
  if (cut.dueAt.getTime() - lastSign > BROKEN_AFTER_MS) return false;
  if (feed.kind === 'arxiv') return isOldBatch(feed, cut.dueAt);
  const since = Math.max(day, cut.dueAt.getTime() - 2 * FETCH_EVERY_MS);
  return !feed.readUntil || feed.readUntil.getTime() < since;
}

import { startOfDay } from '../reader/schedule.ts';
import type { Words } from '../words/words.ts';
import { findArxivPause } from './arxiv-calendar.ts';
import type { FeedKind } from './feed.ts';
import { FETCH_EVERY_MS } from './feed-pace.ts';
import { type FeedReason, sayFeedReason } from './feed-reason.ts';
import { type FeedTimes, isOldBatch } from './feed-window.ts';

/** How a feed stands, from what its runs left. */
export interface FeedStanding extends FeedTimes {
  readonly lastAnswerAt: Date | null;
  /** Failed runs since the last answer. */
  readonly failures: number;
}

/** What the runs over a feed came to on one day of the publication's zone. */
export interface FeedDay {
  readonly kind: FeedKind;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** True where more runs may follow. */
  readonly isToday: boolean;
  /** True where its first run is not due yet. */
  readonly isJustBegun: boolean;
  readonly answers: number;
  readonly failures: number;
  /** The most items that one answer listed. */
  readonly listed: number;
  /** Papers that were new to us, or new in this feed. */
  readonly news: number;
  /** The most items of one answer that could not be read. */
  readonly refused: number;
  /** Whether the last answer was read to its end, and no missed day is still to come. */
  readonly isWhole: boolean;
  /** The newest date of a list that was read by the end of the day, where the feed tells it. */
  readonly batchDate: string | null;
  readonly lastError: string | null;
}

/** What an operator needs to know of a feed and a day, in a word. */
export type FeedState = 'fresh' | 'quiet' | 'stale' | 'partial' | 'broken';

/** A feed's state on one day, with the fact that makes it so: as half a sentence, or as its code. */
export interface FeedDayState<Reason extends FeedReason | string = string> {
  readonly state: FeedState;
  readonly reason: Reason;
}

const BROKEN_AFTER_MS = 3 * 24 * 3_600_000;

/** Says how a feed was on a day; what hurts most comes first. */
export function classifyFeedDay(day: FeedDay): FeedDayState<FeedReason> {
  if (day.answers === 0 && day.failures > 0) {
    return { state: 'broken', reason: { code: 'failed', said: day.lastError } };
  }
  const pause = findPause(day);
  if (pause && day.news === 0) return { state: 'quiet', reason: { code: pause } };
  if (day.answers === 0 && day.isJustBegun) {
    return { state: 'quiet', reason: { code: 'asked_soon' } };
  }
  if (day.answers === 0) return { state: 'stale', reason: { code: 'not_asked' } };
  if (isOldList(day)) return { state: 'stale', reason: { code: 'old_list', date: day.batchDate } };
  if (!day.isWhole) return { state: 'partial', reason: { code: 'not_whole' } };
  if (day.refused > 0) {
    return { state: 'partial', reason: { code: 'unread', items: day.refused } };
  }
  const papers = day.kind === 'arxiv' ? day.listed : day.news;
  if (papers > 0) return { state: 'fresh', reason: { code: 'papers', count: papers } };
  return { state: 'quiet', reason: { code: 'nothing' } };
}

/** Whether a feed was to bring something on a day and did not: its papers are still to come. */
export function isFeedFailure({ state }: Pick<FeedDayState, 'state'>): boolean {
  return state === 'broken' || state === 'stale';
}

/** Why a feed has nothing to announce on a date, by its own calendar. */
export function findPause({
  kind,
  date,
}: Pick<FeedDay, 'kind' | 'date'>): 'weekend' | 'holiday' | undefined {
  if (kind !== 'arxiv' && kind !== 'huggingface') return undefined;
  const pause = findArxivPause(date);
  return kind === 'arxiv' || pause === 'weekend' ? pause : undefined;
}

/** Hugging Face fills its list over the day: that it is yesterday's shows at the end of it. */
function isOldList({ kind, date, batchDate, isToday, news }: FeedDay): boolean {
  if (findPause({ kind, date })) return false;
  const isOld = batchDate === null || batchDate < date;
  return isOld && (kind === 'arxiv' || (kind === 'huggingface' && !isToday && news === 0));
}

/**
 * Whether a cut should wait for a feed: it is not read up to the day of the cut (or, late in
 * the day, up to two fetches before it). A feed added on that day is no reason to wait, and
 * one that has failed for three days is broken, not late.
 */
export function isLate(
  feed: FeedStanding,
  cut: { readonly dueAt: Date; readonly zone: string },
): boolean {
  const day = startOfDay(cut.zone, cut.dueAt).getTime();
  if (feed.createdAt.getTime() >= day) return false;
  const lastSign = (feed.lastAnswerAt ?? feed.createdAt).getTime();
  if (feed.failures > 0 && cut.dueAt.getTime() - lastSign > BROKEN_AFTER_MS) return false;
  if (feed.kind === 'arxiv') return isOldBatch(feed, cut.dueAt);
  const since = Math.max(day, cut.dueAt.getTime() - 2 * FETCH_EVERY_MS);
  return !feed.readUntil || feed.readUntil.getTime() < since;
}

/** How feeds stood, as sentences: those of one state and reason together, what hurts most first. */
export function groupFeeds(
  feeds: readonly (FeedDayState<FeedReason | string> & { readonly name: string })[],
  words: Words,
): string[] {
  const groups = new Map<string, { state: string; reason: string; names: string[] }>();
  const order: readonly FeedState[] = ['broken', 'stale', 'partial', 'fresh', 'quiet'];
  for (const state of order) {
    for (const feed of feeds.filter((candidate) => candidate.state === state)) {
      const reason = sayFeedReason(feed.reason, words).replace(/[.]$/, '');
      const key = `${state} ${reason}`;
      const group = groups.get(key) ?? { state: words.say(`feed.${state}`), reason, names: [] };
      group.names.push(feed.name);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ names, ...said }) =>
    words.say('feed.line', { names: names.join(', '), ...said }),
  );
}

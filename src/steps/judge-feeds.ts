import { classifyFeedDay, type FeedDayState } from '../core/feed/feed-state.ts';
import { boundsOfDate } from '../core/reader/schedule.ts';
import type { Outside } from './steps.ts';

/** How one feed was on one day. */
export interface JudgedFeed extends FeedDayState {
  readonly id: number;
  readonly name: string;
}

/** Says how every feed was on a date of the publication's zone, from its runs; of today, so far. */
export async function judgeFeeds(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  date: string,
): Promise<JudgedFeed[]> {
  const bounds = boundsOfDate(config.cut.zone, date);
  const days = await store.feeds.listDays({ date, ...bounds, now: now() });
  return days.map((day) => ({ id: day.id, name: day.name, ...classifyFeedDay(day) }));
}

import type { FeedState } from '../../core/feed/feed-state.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import type { Outside } from '../steps.ts';
import { judgeFeeds } from './judge-feeds.ts';

const DAY_MS = 24 * 3_600_000;

/** How a feed was on one day. */
export interface FeedDayLine {
  readonly date: string;
  readonly state: FeedState;
  readonly reason: string;
}

/** How a feed was on its last days, today first. */
export async function listFeedDays(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  feedId: number,
  most: number,
): Promise<FeedDayLine[]> {
  const { config, now } = outside;
  const dates = Array.from({ length: most }, (_, back) =>
    dateIn(config.cut.zone, new Date(now().getTime() - back * DAY_MS)),
  );
  const days = [];
  for (const date of dates) {
    const judged = await judgeFeeds(outside, date);
    const day = judged.find(({ id }) => id === feedId);
    if (day) days.push({ date, state: day.state, reason: day.reason });
  }
  return days;
}

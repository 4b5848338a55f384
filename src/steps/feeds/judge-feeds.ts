import { explainSilence } from '../../core/edition/silence.ts';
import { sayFeed } from '../../core/feed/feed-reason.ts';
import { classifyFeedDay, type FeedDayState } from '../../core/feed/feed-state.ts';
import type { CutEdition } from '../../core/reader/coverage.ts';
import { boundsOfDate, dateIn, publicationDate } from '../../core/reader/schedule.ts';
import type { Outside } from '../steps.ts';

/** How one feed was on one day. */
export interface JudgedFeed extends FeedDayState {
  readonly id: number;
  readonly name: string;
}

/** Says how every feed was on a date of the publication's zone, from its runs; of today, so far. */
export async function judgeFeeds(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  date: string,
): Promise<JudgedFeed[]> {
  return (await classifyFeeds(outside, date)).map(sayFeed);
}

async function classifyFeeds(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  date: string,
) {
  const bounds = boundsOfDate(config.cut.zone, date);
  const days = await store.feeds.listDays({ date, ...bounds, now: now() });
  return days.map((day) => ({ id: day.id, name: day.name, ...classifyFeedDay(day) }));
}

/**
 * Says how every feed stands now: on the day of publication that it is, which lasts until the
 * cut; one that was added after midnight, on the calendar day that has begun.
 */
export async function judgeFeedsNow(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
): Promise<JudgedFeed[]> {
  const { config, now } = outside;
  const [date, begun] = [publicationDate(config.cut, now()), dateIn(config.cut.zone, now())];
  const feeds = await judgeFeeds(outside, date);
  if (begun === date) return feeds;
  const known = new Set(feeds.map(({ id }) => id));
  const added = (await judgeFeeds(outside, begun)).filter(({ id }) => !known.has(id));
  return [...feeds, ...added];
}

/** How the feeds stand on the day of publication that it is, and why there may be nothing new of it. */
export async function judgeDay(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  released: readonly CutEdition[],
) {
  const { store, config, now } = outside;
  const date = publicationDate(config.cut, now());
  const isToday = ({ cutAt }: CutEdition) => publicationDate(config.cut, cutAt) === date;
  const feeds = await classifyFeeds(outside, date);
  const held = await store.editions.listHeld();
  const silence = explainSilence({
    hasEdition: released.some(isToday),
    isHeld: held.some(isToday),
    feeds,
  });
  return { feeds, silence };
}

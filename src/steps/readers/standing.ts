import { countBack, type GrowthDay } from '../../core/reader/growth.ts';
import { dateIn, startOfDate } from '../../core/reader/schedule.ts';
import { type ReaderStanding, readerStandings } from '../../core/reader/standing.ts';
import type { StandingReader } from '../../store/readers/standings.ts';
import type { Outside } from '../steps.ts';
import { hashAddresses } from './suppress.ts';

const DAY_MS = 24 * 3_600_000;

/** How many readers stand how; all of them, those that nobody is among them. */
export type StandingCounts = Readonly<Record<ReaderStanding, number>>;

/** Who is looked for. */
export interface ReaderSearch {
  readonly part: string;
  readonly standing: ReaderStanding | null;
}

type StandingOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** Readers by letters of their address and how they stand, a page in the order they were made. */
export async function searchReaders(
  outside: StandingOutside,
  search: ReaderSearch,
  page: { afterId: number; most: number },
): Promise<StandingReader[]> {
  await hashAddresses(outside);
  return outside.store.standings.search({ ...search, now: outside.now() }, page);
}

/** How many of them there are; counting stops one beyond `MOST_COUNTED`. */
export function countReaders({ store, now }: StandingOutside, search: ReaderSearch) {
  return store.standings.countFound({ ...search, now: now() });
}

/** How many readers stand how. */
export async function countStandings(outside: StandingOutside): Promise<StandingCounts> {
  await hashAddresses(outside);
  const counted = await outside.store.standings.countAll(outside.now());
  const byStanding = new Map(counted.map(({ standing, count }) => [standing, count]));
  const all = readerStandings.map((standing) => [standing, byStanding.get(standing) ?? 0]);
  return Object.fromEntries(all) as Record<ReaderStanding, number>;
}

/** The last days of the publication's calendar, today last, with who came, who left and how many there were. */
export async function listGrowth(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  count: number,
): Promise<GrowthDay[]> {
  const { zone } = config.cut;
  const today = Date.parse(dateIn(zone, now()));
  const dates = Array.from({ length: count }, (_, at) =>
    new Date(today - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  );
  const between = await store.standings.countBetween(dates.map((date) => startOfDate(zone, date)));
  const byPlace = new Map(between.map((day) => [day.place, day]));
  const days = dates.map((date, at) => {
    const { came = 0, left = 0 } = byPlace.get(at + 1) ?? {};
    return { date, came, left };
  });
  return countBack(days, await store.standings.countSubscribed());
}

import { dateIn, startOfDay } from '../reader/schedule.ts';
import { lastArxivDate } from './arxiv-calendar.ts';
import type { FeedKind } from './feed.ts';

// When a feed is asked for which time, and what of its answer is news. `readUntil` is how far
// a feed is read: everything that its source announced until then has been seen.

/** Two ends, both belong to it. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** What decides over a feed's times. */
export interface FeedTimes {
  readonly kind: FeedKind;
  readonly address: string;
  readonly createdAt: Date;
  readonly readUntil: Date | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** arXiv's own clock: its feeds are made at midnight there. */
const ARXIV_ZONE = 'America/New_York';
// A search knows when a paper was submitted; up to five days later it is announced.
const ANNOUNCEMENT_WAIT_MS = 5 * DAY_MS;
// Sources that are asked for days post some papers under a day that is past.
const OVERLAP_MS = 48 * HOUR_MS;

/** The time to ask a feed for, where it can be asked for a time: from where it was read to, at most `maxAgeDays` back. */
export function buildWindow(feed: FeedTimes, askedAt: Date, maxAgeDays: number): Window {
  const from = (feed.readUntil ?? askedAt).getTime() - OVERLAP_MS;
  const earliest = askedAt.getTime() - maxAgeDays * DAY_MS;
  return { from: new Date(Math.max(from, earliest)), to: askedAt };
}

/**
 * How far a feed is read after a whole answer: arXiv's lists hold one day of announcements,
 * and may be yesterday's; others hold what there is at the moment.
 */
export function findReadUntil(kind: FeedKind, askedAt: Date, batchDate?: string): Date {
  if (kind !== 'arxiv') return askedAt;
  const day = batchDate === undefined ? askedAt : noonOf(batchDate);
  return startOfDay(ARXIV_ZONE, day < askedAt ? day : askedAt);
}

/**
 * The past time whose papers an answer cannot hold any more: undefined where nothing is
 * missing, or where the source can tell nothing (plain feeds) or was asked for it already.
 */
export function findMissed(
  feed: FeedTimes,
  answer: { askedAt: Date; batchDate: string | undefined },
  maxAgeDays: number,
): Window | undefined {
  const { askedAt, batchDate } = answer;
  if (!feed.readUntil) return undefined;
  const isMissing =
    (feed.kind === 'arxiv' && hasDayBetween(feed.readUntil, batchDate)) ||
    (feed.kind === 'huggingface' && askedAt.getTime() - feed.readUntil.getTime() > DAY_MS);
  if (!isMissing) return undefined;
  const earliest = askedAt.getTime() - maxAgeDays * DAY_MS;
  return { from: new Date(Math.max(feed.readUntil.getTime(), earliest)), to: askedAt };
}

/** How long a feed whose list is an old one waits before what it hides is asked for again. */
const STALE_AGAIN_MS = 3 * HOUR_MS;

/**
 * The time whose papers an old list under a new date hides, to be asked for by the search, whose
 * index may be as late as the list; undefined where it was asked for a short while ago, or where
 * the feed was never read.
 */
export function findStaleWindow(
  feed: FeedTimes & { readonly caughtUpAt: Date | null },
  askedAt: Date,
  maxAgeDays: number,
): Window | undefined {
  const since = askedAt.getTime() - (feed.caughtUpAt?.getTime() ?? 0);
  if (!feed.readUntil || !isOldBatch(feed, askedAt) || since < STALE_AGAIN_MS) return undefined;
  const earliest = askedAt.getTime() - maxAgeDays * DAY_MS;
  return { from: new Date(Math.max(feed.readUntil.getTime(), earliest)), to: askedAt };
}

/** Whether arXiv may have announced papers on a day after `readUntil` and before `batchDate`. */
function hasDayBetween(readUntil: Date, batchDate: string | undefined): boolean {
  if (batchDate === undefined) return false;
  const first = noonOf(dateIn(ARXIV_ZONE, readUntil)).getTime() + DAY_MS;
  const last = noonOf(batchDate).getTime() - DAY_MS;
  for (let day = first; day <= last; day += DAY_MS) {
    if (new Date(day).getUTCDay() % 6 !== 0) return true;
  }
  return false;
}

/** Whether arXiv's list of the day is not there yet: what was read is older than the newest date that has one. */
export function isOldBatch(feed: Pick<FeedTimes, 'kind' | 'readUntil'>, at: Date): boolean {
  if (feed.kind !== 'arxiv') return false;
  const newest = lastArxivDate(dateIn(ARXIV_ZONE, at));
  return !feed.readUntil || dateIn(ARXIV_ZONE, feed.readUntil) < newest;
}

/** What is too old to be news from a feed, and why. */
export interface AgeLimit {
  readonly oldest: Date;
  readonly reason: string;
}

/**
 * From when on papers are news: at most `maxAgeDays` before now. A search tells when a paper
 * was submitted and not when it was announced: its papers get the days between on top, but
 * of what is from before it was watched only the last half of the time is taken, since a
 * search can reach back for ever. Undefined for a list of ids, which someone chose by hand.
 */
export function findAgeLimit(
  feed: FeedTimes,
  asked: { at: Date; isCatchUp: boolean },
  maxAgeDays: number,
): AgeLimit | undefined {
  if (feed.kind === 'arxiv-query' && feed.address.startsWith('id_list=')) return undefined;
  const oldest = new Date(asked.at.getTime() - maxAgeDays * DAY_MS);
  const reason = `It is more than ${maxAgeDays} days old.`;
  const isSearch = feed.kind === 'arxiv-query' || (feed.kind === 'arxiv' && asked.isCatchUp);
  if (!isSearch) return { oldest, reason };
  const submitted = new Date(oldest.getTime() - ANNOUNCEMENT_WAIT_MS);
  const atFirst = new Date(feed.createdAt.getTime() - (maxAgeDays / 2) * DAY_MS);
  return atFirst > submitted
    ? { oldest: atFirst, reason: 'It is from before this feed was watched.' }
    : { oldest: submitted, reason };
}

/** Any moment that is in the same day in New York. */
function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

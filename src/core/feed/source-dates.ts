import type { Paper } from '../paper/paper.ts';

/** A day, a month or a year, as far as it is known: `[2026, 11, 22]`, `[2026]`. */
export type DateParts = readonly (number | null | undefined)[];

const DAY_MS = 24 * 3_600_000;
/** Whoever enters so long after publication fills up the past. */
const BACK_FILE_MS = 365 * DAY_MS;

/**
 * The dates of a paper in a source that tells when it came to know of it: that is when it is news,
 * since dates of publication lie in the future, or name a month of which only the cover is. What
 * was published a year or more before is an old paper that was entered late, and no news.
 */
export function datePaper(
  came: Date | undefined,
  printed: DateParts,
): Pick<Paper, 'publishedAt' | 'announcedAt'> {
  const span = spanOf(printed);
  if (!came) return span?.isDay ? { publishedAt: span.first } : {};
  if (span && came.getTime() - span.last.getTime() > BACK_FILE_MS) {
    return { publishedAt: span.first };
  }
  const isKnown = span?.isDay === true && span.first <= came;
  return { publishedAt: isKnown ? span.first : came, announcedAt: came };
}

/** `2018-10-13`, `2009-10` or `2016` in parts; none where it is no such date. */
export function splitDate(text: string): DateParts {
  const [, ...parts] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?/.exec(text) ?? [];
  return parts.flatMap((part) => (part === undefined ? [] : [Number(part)]));
}

function spanOf([year, month, day]: DateParts) {
  if (!year || year < 1600 || year > 2200) return undefined;
  const first = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  const last = new Date(Date.UTC(year, month ? month : 12, 0));
  const isDay = Boolean(month && day) && first.getUTCDate() === day;
  return { first, last: isDay ? first : last, isDay };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A work that was not asked for so long comes before all others. */
export const LONGEST_TURN_MS = 28 * DAY_MS;

/** What says how often a work is asked for. */
export interface TurnWork {
  readonly publishedAt: Date | null;
  /** How many readers named it. */
  readonly readers: number;
  /** Whether the source knows it: one for physics alone knows no other, and will not soon. */
  readonly isKnown: boolean;
}

/** Works that came out so lately, in years, are cited most; each row with how often they are asked for, in days. */
const BY_AGE = [
  { years: 2, days: 2 },
  { years: 5, days: 4 },
  { years: Number.POSITIVE_INFINITY, days: 10 },
] as const;
const UNDATED_DAYS = 4;
/** Where it is not known: a work of the last year may be any week. */
const YOUNG = 7;
const OLD = 25;
const MANY_READERS = 5;

/** When a work that was asked for is due again: the younger and the more followed, the sooner. */
export function nextTurn(at: Date, { publishedAt, readers, isKnown }: TurnWork): Date {
  const years = publishedAt ? (at.getTime() - publishedAt.getTime()) / (365 * DAY_MS) : undefined;
  const days = isKnown ? daysOf(years) : years !== undefined && years > 1 ? OLD : YOUNG;
  const shared = isKnown && readers >= MANY_READERS ? Math.max(1, days / 2) : days;
  return new Date(at.getTime() + shared * DAY_MS);
}

function daysOf(years: number | undefined): number {
  if (years === undefined) return UNDATED_DAYS;
  return BY_AGE.find((row) => years < row.years)?.days ?? UNDATED_DAYS;
}

/** What a source was asked of late. */
export interface Spent {
  readonly lastDay: number;
  readonly lastHour: number;
}

/**
 * How many requests a source may be asked now: its day's are spread over the day, since who spends
 * them in the morning has none for a work that is named in the evening.
 */
export function requestsLeft(aDay: number, { lastDay, lastHour }: Spent): number {
  const anHour = Math.ceil(aDay / 12);
  return Math.max(0, Math.min(aDay - lastDay, anHour - lastHour));
}

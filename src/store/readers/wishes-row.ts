import { dateBegunNear, type Schedule, startOfDate } from '../../core/reader/schedule.ts';
import { canonicalZone } from '../../core/reader/zones.ts';

/**
 * How a row keeps a reader's schedule and pause. The date on which a pause ends is kept as its
 * first instant in the reader's zone, and is a date everywhere else.
 */
export interface WishesRow {
  days: number[];
  minuteOfDay: number;
  zone: string;
  pausedUntil: Date | null;
}

/** A row with its schedule as one, and its pause as the date it was set to. */
export function readWishesRow<Row extends WishesRow>({
  days,
  minuteOfDay,
  zone,
  pausedUntil,
  ...rest
}: Row) {
  const schedule: Schedule = { days, minuteOfDay, zone };
  return { ...rest, schedule, pausedUntil: pausedUntil && dateBegunNear(zone, pausedUntil) };
}

/** What the row keeps of a zone: processes of older versions, and wishes of before, name it otherwise. */
export function zoneColumn({ zone }: Schedule): string {
  return canonicalZone(zone);
}

/** What the row keeps of a pause until a date of the schedule's zone. */
export function pauseColumn({ zone }: Schedule, pausedUntil: string | null): Date | null {
  return pausedUntil === null ? null : startOfDate(zone, pausedUntil);
}

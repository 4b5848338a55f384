import { Temporal } from 'temporal-polyfill';
import { rulesOf } from './zones.ts';

// The rules of due times, for every zone and every change of its clock:
// - A date is due once: `date` at the local time, by the zone's own clock.
// - Where the clock skips that time, the date is due as much later as the clock skipped, which
//   may be after midnight (Greenland in spring); a time that comes twice means the first
//   (Temporal's `compatible`, RFC 5545 3.3.5).
// - A date that a zone skips whole (Samoa, 30 December 2011) is no date there and is not due;
//   one that it has twice is due the first time only.

const HOUR_MS = 3_600_000;
/** The longest search: a reader of one weekday, whose day this week is past, and who skips the next one whole. */
const LONGEST_SEARCH_DAYS = 15;

/** When a reader wants mail: days as ISO weekdays (1 = Monday), an hour by quarter hours, a zone. */
export interface Schedule {
  readonly days: readonly number[];
  readonly minuteOfDay: number;
  /** IANA name. */
  readonly zone: string;
}

/** One date on which a reader is due. */
export interface Due {
  /** The local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly at: Date;
}

/**
 * The first due date after a local date, or, without one, the first whose instant is not
 * before `now`. Throws for a schedule without a weekday.
 */
export function nextDue(schedule: Schedule, now: Date, afterDate?: string): Due {
  let date = afterDate
    ? Temporal.PlainDate.from(afterDate).add({ days: 1 })
    : toZoned(now, schedule.zone).toPlainDate();
  for (let tries = 0; tries <= LONGEST_SEARCH_DAYS; tries += 1, date = date.add({ days: 1 })) {
    const at = dueOn(schedule, date.toString());
    if (at && (afterDate || at >= now)) return { date: date.toString(), at };
  }
  throw new Error('a schedule needs at least one weekday');
}

/**
 * The next due date of wishes that were just changed: the first whose time is still to come
 * and that has no outcome yet. What fell due before the change is the old schedule's.
 */
export function dueAfterChange(schedule: Schedule, now: Date, lastDate: string | undefined): Due {
  const soonest = nextDue(schedule, now);
  const isTaken = lastDate !== undefined && soonest.date <= lastDate;
  return isTaken ? nextDue(schedule, now, lastDate) : soonest;
}

/** Every due date from `first` on whose instant has come, oldest first, and the one after them. */
export function dueUntil(schedule: Schedule, first: Due, now: Date): { past: Due[]; next: Due } {
  const past: Due[] = [];
  let next = first;
  while (next.at <= now) {
    past.push(next);
    next = nextDue(schedule, now, next.date);
  }
  return { past, next };
}

/**
 * Whether a date that has passed brings nothing any more: its day is over where the reader is, and
 * the next one is nearer.
 */
export function isPassed(
  { zone }: Schedule,
  { due, next }: { readonly due: Due; readonly next: Due },
  now: Date,
): boolean {
  const isOver = due.date < dateIn(zone, now);
  return isOver && next.at.getTime() - now.getTime() < now.getTime() - due.at.getTime();
}

/** The first instant after `after` at which the clock of `zone` shows `minuteOfDay`. */
export function nextCut(cut: { minuteOfDay: number; zone: string }, after: Date): Date {
  let date = toZoned(after, cut.zone).toPlainDate();
  for (;;) {
    const at = instantOf(date, cut.minuteOfDay, cut.zone);
    if (at > after) return at;
    date = date.add({ days: 1 });
  }
}

/** How old the newest edition is when a reader's digest is due, in whole hours, as the clocks of both zones stand now. */
export function ageWhenDue(
  schedule: Schedule,
  cut: { minuteOfDay: number; zone: string },
  now: Date,
): number {
  const { at } = nextDue(schedule, now);
  return Math.round((at.getTime() - lastCut(cut, at).getTime()) / HOUR_MS);
}

/** The last instant not after `at` at which an edition is to be cut: the day of publication begins with it. */
export function lastCut(cut: { minuteOfDay: number; zone: string }, at: Date): Date {
  // From the first after the moment a day (and a changed clock) earlier.
  let last = nextCut(cut, new Date(at.getTime() - 25 * HOUR_MS));
  for (let next = nextCut(cut, last); next <= at; next = nextCut(cut, next)) last = next;
  return last;
}

/** The calendar date that a zone shows at an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, at: Date): string {
  return toZoned(at, zone).toPlainDate().toString();
}

/** What a zone's clock and calendar show at an instant; the weekday is ISO's, 1 for Monday. */
export function clockIn(
  zone: string,
  at: Date,
): { date: string; weekday: number; minuteOfDay: number } {
  const local = toZoned(at, zone);
  return {
    date: local.toPlainDate().toString(),
    weekday: local.dayOfWeek,
    minuteOfDay: local.hour * 60 + local.minute,
  };
}

/**
 * The date of publication that an instant belongs to: it begins with the cut, so that
 * whoever is due in the night before it is still given the day before.
 */
export function publicationDate(cut: { minuteOfDay: number; zone: string }, at: Date): string {
  const local = toZoned(at, cut.zone);
  const isBefore = local.hour * 60 + local.minute < cut.minuteOfDay;
  return local
    .toPlainDate()
    .subtract({ days: isBefore ? 1 : 0 })
    .toString();
}

/** How far a zone's clock is ahead of UTC at an instant, in minutes. */
export function offsetIn(zone: string, at: Date): number {
  return toZoned(at, zone).offsetNanoseconds / 60_000_000_000;
}

/** The instant at which a zone's day of `at` begins. */
export function startOfDay(zone: string, at: Date): Date {
  return new Date(toZoned(at, zone).startOfDay().epochMilliseconds);
}

/** The first instant of a zone's date, and that of the date after it. */
export function boundsOfDate(zone: string, date: string): { from: Date; to: Date } {
  return { from: startOfDate(zone, date), to: startOfDate(zone, addDays(date, 1)) };
}

/** The instant at which a calendar date begins in a zone. */
export function startOfDate(zone: string, date: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(rulesOf(zone)).epochMilliseconds);
}

/**
 * The date whose beginning in a zone is nearest to an instant: the one that `startOfDate` was
 * given, even where the rules of the zone were changed since by some hours.
 */
export function dateBegunNear(zone: string, at: Date): string {
  return dateIn(zone, new Date(at.getTime() + 12 * HOUR_MS));
}

/** The date so many days after one. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whether a text is a date of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** Minutes after midnight as `07:15`. */
export function clockOf(minuteOfDay: number): string {
  const hour = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  return `${hour}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

/** An ISO date for people: `Wednesday, 7 May 2025`. */
export function dateForPeople(date: string): string {
  const day = Temporal.PlainDate.from(date);
  const part = (options: Intl.DateTimeFormatOptions) => day.toLocaleString('en-GB', options);
  return `${part({ weekday: 'long' })}, ${part({ day: 'numeric', month: 'long', year: 'numeric' })}`;
}

/** The same without its weekday, for lists: `7 May 2025`. */
export function shortDate(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

/** The time that a zone's clock shows, `07:00`. */
export function timeIn(zone: string, at: Date): string {
  return toZoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** When a local date falls due; undefined where it is none of the schedule's. */
export function dueOn(schedule: Schedule, date: string): Date | undefined {
  const day = Temporal.PlainDate.from(date);
  const isDue = schedule.days.includes(day.dayOfWeek) && hasDate(schedule.zone, day);
  return isDue ? instantOf(day, schedule.minuteOfDay, schedule.zone) : undefined;
}

/** Cuts an instant down to its quarter of an hour. Every zone's offset today is a multiple of it. */
export function quarterOf(at: Date): Date {
  const quarter = 15 * 60 * 1000;
  return new Date(Math.floor(at.getTime() / quarter) * quarter);
}

function toZoned(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(rulesOf(zone));
}

/** Whether a zone's calendar has a date: some skipped one when they moved across the date line. */
function hasDate(zone: string, date: Temporal.PlainDate): boolean {
  return date.toZonedDateTime(rulesOf(zone)).toPlainDate().equals(date);
}

function instantOf(date: Temporal.PlainDate, minuteOfDay: number, zone: string): Date {
  const local = date.toPlainDateTime({
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
  });
  const zoned = local.toZonedDateTime(rulesOf(zone), { disambiguation: 'compatible' });
  return new Date(zoned.epochMilliseconds);
}

import { Temporal } from 'temporal-polyfill';

const HOUR_MS = 3_600_000;

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
 * before `now`. A local time that the clock skips moves on by the length of the gap; one
 * that comes twice means the first (Temporal's `compatible`).
 */
export function nextDue(schedule: Schedule, now: Date, afterDate?: string): Due {
  let date = afterDate
    ? Temporal.PlainDate.from(afterDate).add({ days: 1 })
    : toZoned(now, schedule.zone).toPlainDate();
  // Every weekday comes round within seven days; the eighth is for a first one that is past.
  for (let tries = 0; tries < 8; tries += 1, date = date.add({ days: 1 })) {
    if (!schedule.days.includes(date.dayOfWeek)) continue;
    const at = instantOf(date, schedule.minuteOfDay, schedule.zone);
    if (afterDate || at >= now) return { date: date.toString(), at };
  }
  throw new Error('a schedule needs at least one weekday');
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
  // The last cut before it: the first after the moment a day (and a changed clock) earlier.
  const dayBefore = new Date(at.getTime() - 25 * HOUR_MS);
  let last = nextCut(cut, dayBefore);
  for (let next = nextCut(cut, last); next <= at; next = nextCut(cut, next)) last = next;
  return Math.round((at.getTime() - last.getTime()) / HOUR_MS);
}

/** The calendar date that a zone shows at an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, at: Date): string {
  return toZoned(at, zone).toPlainDate().toString();
}

/** The instant at which a zone's day of `at` begins. */
export function startOfDay(zone: string, at: Date): Date {
  return new Date(toZoned(at, zone).startOfDay().epochMilliseconds);
}

/** The instant at which a calendar date begins in a zone. */
export function startOfDate(zone: string, date: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
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

/** Whether the runtime knows an IANA zone. */
export function isZone(name: string): boolean {
  try {
    toZoned(new Date(0), name);
    return true;
  } catch {
    return false;
  }
}

/** Cuts an instant down to its quarter of an hour. Every zone's offset today is a multiple of it. */
export function quarterOf(at: Date): Date {
  const quarter = 15 * 60 * 1000;
  return new Date(Math.floor(at.getTime() / quarter) * quarter);
}

function toZoned(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

function instantOf(date: Temporal.PlainDate, minuteOfDay: number, zone: string): Date {
  const local = date.toPlainDateTime({
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
  });
  return new Date(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

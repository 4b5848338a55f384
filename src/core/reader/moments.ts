const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** No clock is further ahead of UTC (Kiritimati). */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})/;
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})/;
const CLOCK = /^(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?/;
const OFFSET = /^\s*(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})(?:\s+[A-Z+\-\d]{1,6})?)?$/i;

/** What tells how a date is meant. */
export interface MomentTerms {
  /** `12/04/2022` is in April. */
  readonly isDayFirst?: boolean;
  /** A time without an offset that is still to come by less than any zone is ahead is now. */
  readonly now?: Date;
}

/**
 * Reads an instant as tools write them into files: ISO 8601, also with a blank between date and
 * time, `+0200`, a zone's word behind it, as Go writes times; or a date by day, month and year.
 * Without an offset it is UTC. Undefined where it is none, or where day and month cannot be told
 * apart.
 */
export function parseMoment(text: string, terms: MomentTerms = {}): Date | undefined {
  const day = readDay(text, terms.isDayFirst ?? false);
  if (!day) return undefined;
  const rest = text.slice(day.length);
  const clock = CLOCK.exec(rest);
  const offset = OFFSET.exec(rest.slice(clock?.[0].length ?? 0));
  if (!clock || !offset) return undefined;
  const [, hour = '0', minute = '0', second = '0'] = clock;
  const [, word, sign, hours = '0', minutes = '0'] = offset;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ahead = spanOf(hours, minutes) * (sign === '-' ? -1 : 1);
  const at = day.utc + spanOf(hour, minute) + Number(second) * 1000 - ahead;
  const isLocal = clock[1] !== undefined && word === undefined && sign === undefined;
  return new Date(isLocal && terms.now ? notAfter(at, terms.now.getTime()) : at);
}

const spanOf = (hours: string, minutes: string) =>
  Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;

/** The last hours before an export, by the clock of a zone ahead of UTC, are not to come. */
function notAfter(at: number, now: number): number {
  return at > now && at - now <= FURTHEST_AHEAD_MS ? now : at;
}

function readDay(text: string, isDayFirst: boolean) {
  const first = YEAR_FIRST.exec(text);
  if (first) {
    const [{ length }, year, month, day] = first;
    return dayOf({ year, month, day, length });
  }
  const last = YEAR_LAST.exec(text);
  if (!last) return undefined;
  const [{ length }, one, mark, two, year] = last;
  // Americans write the month first, others the day: only a number over 12 or a hyphen tells.
  const isDay = isDayFirst || mark === '-' || Number(one) > 12;
  if (!isDay && Number(two) <= 12) return undefined;
  const [day, month] = isDay ? [one, two] : [two, one];
  return dayOf({ year, month, day, length });
}

function dayOf(given: {
  year: string | undefined;
  month: string | undefined;
  day: string | undefined;
  length: number;
}) {
  const [year, month, day] = [given.year, given.month, given.day].map(Number);
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day);
  const date = new Date(utc);
  const isReal = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return isReal ? { utc, length: given.length } : undefined;
}

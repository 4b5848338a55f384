const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** No clock is further ahead of UTC (Kiritimati). */
const FURTHEST_AHEAD_MS = 14 * HOUR_MS;

const YEAR_FIRST = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})/;
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i;
const MONTH_FIRST = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/i;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]([a-z]{3,9})\.?,?[\s-](\d{4})/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LONG_MONTHS =
  /^(january|february|march|april|may|june|july|august|sept(ember)?|october|november|december)$/i;
/** Seconds since 1970, of the years in which there was such a list, or milliseconds. */
const EPOCH = /^\d{10}(\d{3})?$/;
const CLOCK =
  /^(?:(?:,?[T ]| at )\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?)?/i;
const OFFSET = /^\s*(?:(Z|UTC|GMT)|([+-])(\d{2})(?::?(\d{2}))?(?:\s+[A-Z+\-\d]{1,6})?)?$/i;

/** What tells how a date is meant. */
export interface MomentTerms {
  /** `12/04/2022` is in April. */
  readonly isDayFirst?: boolean;
  /** A time without an offset that is still to come by less than any zone is ahead is now. */
  readonly now?: Date;
}

/**
 * Reads an instant as tools write them into files: ISO 8601, also with a blank between date and
 * time, `+0200`, a zone's word behind it, as Go writes times; a date by day, month and year, or with
 * its month as an English word (RFC 5322 too); twelve hours with am and pm; seconds since 1970.
 * Without an offset it is UTC. Undefined where it is none, or where day and month cannot be told
 * apart.
 */
export function parseMoment(text: string, terms: MomentTerms = {}): Date | undefined {
  if (EPOCH.test(text)) return new Date(Number(text) * (text.length > 10 ? 1 : 1000));
  const dated = text.replace(WEEKDAY, '');
  const day = readDay(dated, terms.isDayFirst ?? false);
  if (!day) return undefined;
  const rest = dated.slice(day.length);
  const clock = CLOCK.exec(rest);
  const offset = OFFSET.exec(rest.slice(clock?.[0].length ?? 0));
  if (!clock || !offset) return undefined;
  const [, shown = '0', minute = '0', second = '0', half] = clock;
  const hour = half ? hourOf(shown, half) : shown;
  const [, word, sign, hours = '0', minutes = '0'] = offset;
  if (!(Number(hour) <= 23) || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ahead = spanOf(hours, minutes) * (sign === '-' ? -1 : 1);
  const at = day.utc + spanOf(hour, minute) + Number(second) * 1000 - ahead;
  const isLocal = clock[1] !== undefined && word === undefined && sign === undefined;
  return new Date(isLocal && terms.now ? notAfter(at, terms.now.getTime()) : at);
}

/** Of twelve hours: noon is 12 pm, and midnight 12 am. */
function hourOf(shown: string, half: string): string {
  const isOfTwelve = Number(shown) >= 1 && Number(shown) <= 12;
  return isOfTwelve ? String((Number(shown) % 12) + (/p/i.test(half) ? 12 : 0)) : 'none';
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
    const [{ length }, year, , month, day] = first;
    return dayOf({ year, month, day, length });
  }
  const named = readNamed(text);
  if (named) return named;
  const last = YEAR_LAST.exec(text);
  if (!last) return undefined;
  const [{ length }, one, mark, two, year] = last;
  // Americans write the month first, others the day: only a number over 12 or a hyphen tells.
  const isDay = isDayFirst || mark === '-' || Number(one) > 12;
  if (!isDay && Number(two) <= 12) return undefined;
  const [day, month] = isDay ? [one, two] : [two, one];
  return dayOf({ year, month, day, length });
}

/** `Apr 21, 2023`, `21 April 2023`. */
function readNamed(text: string) {
  const [monthFirst, dayFirst] = [MONTH_FIRST.exec(text), DAY_FIRST.exec(text)];
  const [month, day] = monthFirst ? [monthFirst[1], monthFirst[2]] : [dayFirst?.[2], dayFirst?.[1]];
  const [whole, , , year] = monthFirst ?? dayFirst ?? [];
  if (whole === undefined || month === undefined) return undefined;
  const isMonth = month.length === 3 || LONG_MONTHS.test(month);
  const at = isMonth ? MONTHS.indexOf(month.slice(0, 3).toLowerCase()) : -1;
  return at < 0 ? undefined : dayOf({ year, month: String(at + 1), day, length: whole.length });
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

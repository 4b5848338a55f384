import { type Day, isSolar, toGregorian, writePlain } from './date-calendars.ts';
import { countryOf, isMonthFirst, monthOf, SMALL, zoneOffset } from './date-words.ts';

/** What a feed's dates are read by. */
export interface DateHabits {
  /** Two small letters: which of several zones the letters of one mean. */
  readonly country?: string | undefined;
  /** Whether `07/05/2025` is the seventh of May. A date with dots always begins with the day. */
  readonly isDayFirst?: boolean;
}

/** A date as it was read, or why it was not. */
export type ReadDate = { readonly date: Date } | { readonly why: string };

/**
 * Reads a date in the forms of RFC 5322, ISO 8601 and those that feeds have besides, in UTC where
 * it names no zone: a day without a time is that day everywhere. Undefined where it is none, or
 * names no day, as cover dates do (`Spring 2027`).
 */
export function readDate(raw: string, habits: DateHabits = {}): Date | undefined {
  const read = parseDate(raw, habits);
  return 'date' in read ? read.date : undefined;
}

/** The same, with the reason where nothing was read. */
export function parseDate(raw: string, habits: DateHabits = {}): ReadDate {
  // A comment, as RFC 5322 has them after a zone: `+0200 (CEST)`.
  const text = writePlain(raw.trim().slice(0, 100).toLowerCase())
    .replace(/ *\([^()]*\)$|\[[\w/+-]+\]$/, '')
    .replace(/(?<=\s)(\d{1,2})h(\d\d)\b/, '$1:$2');
  const spelt = text.replace(ZONED_DAY, '$1').replace(BASIC, '$1-$2-$3t$4:$5:$6');
  const time = TIME.exec(spelt);
  const rest = time
    ? `${spelt.slice(0, time.index)} ${spelt.slice(time.index + time[0].length)}`
    : spelt;
  const read = readDay(rest.replace(LONE_ZONE, '').replace(LOOSE, '').trim(), habits);
  if (!read) return { why: 'It names no day.' };
  const day = toGregorian(read, habits.country === 'ir' || isSolar(raw));
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  const isReal = new Date(midnight).getUTCDate() === day.day && day.month <= 12;
  if (!isReal || day.year < 1900 || day.year > 2200) return { why: 'There is no such day.' };
  if (midnight === 0)
    return { why: 'It is the day that computers count from, and stands for none.' };
  const offset = offsetOf(time?.[5] ?? '', habits);
  if (offset === undefined) {
    const zone = time?.[5]?.toUpperCase();
    return { why: `The zone ${zone} is several, and nothing says which country the feed is of.` };
  }
  const minutes = minutesOf(time);
  if (minutes === undefined) return { why: 'There is no such time.' };
  return { date: new Date(midnight + (minutes - offset) * 60_000) };
}

const BASIC = /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)/;
/** A day with a zone, as XML Schema has it (Elsevier's journals): `2026-11-03-08:00`. */
const ZONED_DAY = /^(\d{4}-\d\d-\d\d)(?:z|[+-]\d\d:\d\d)$/;
const TIME =
  /(?:(?<=\d)t|[\s,]|^)(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d{1,9})?))? *(?:([ap])\.?m\b\.?)? *([a-z]{3}[+-]\d{1,2}(?::?\d\d)?\b|[+-]\d\d(?::?\d\d)?\b|z\b|(?!(?:mon|tue|wed|thu|fri|sat|sun)\b)[a-z]{1,5}\b)?/;
const LONE_ZONE = /\s(?:ut|utc|gmt|z|[+-]\d{4})$/;

/** Drupal's weekday before numbers, and its dash before a time. */
const LOOSE = /^\s*\p{L}{1,12}\.?,\s*(?=\d+[/-]\d)|\s[-–@]\s*$/gu;

/** Minutes since midnight, with seconds as a fraction. */
function minutesOf(time: RegExpExecArray | null): number | undefined {
  if (!time) return 0;
  const [, hour = '0', minute = '0', second = '0', half] = time;
  const twelve = half ? (Number(hour) % 12) + (half === 'p' ? 12 : 0) : Number(hour);
  if (twelve > 24 || Number(minute) > 59) return undefined;
  return twelve * 60 + Number(minute) + Number(second.replace(',', '.')) / 60;
}

function offsetOf(zone: string, { country }: DateHabits): number | undefined {
  const [, name = '', sign, hours, minutes = '0'] =
    /^([a-z]*)(?:([+-])(\d{1,2}):?(\d\d)?)?$/.exec(zone) ?? [];
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  // RFC 2822: the letters of the military mean nothing, since RFC 822 had them wrong.
  return name.length < 2 ? 0 : zoneOffset(name, country);
}

function readDay(text: string, habits: DateHabits): Day | undefined {
  const seconds = /^(\d{10})(?:\d{3})?$/.exec(text)?.[1];
  if (seconds) {
    const date = new Date(Number(seconds) * 1000);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  const [, year, month, day] =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text)?.toSpliced(2, 1) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})\. (\d{1,2})\. (\d{1,2})\.?$/.exec(text) ??
    [];
  if (year && month && day) return { year: +year, month: +month, day: +day };
  return readNumbers(text, habits) ?? readWords(text, habits);
}

function readNumbers(text: string, { isDayFirst }: DateHabits): Day | undefined {
  const [, first, mark, second, year] = NUMBERS.exec(text) ?? [];
  if (!first || !second || !year) return undefined;
  const isDay = mark === '.' || Number(first) > 12 || (isDayFirst && Number(second) <= 12);
  const [day, month] = isDay ? [first, second] : [second, first];
  return { year: fullYear(year), month: +month, day: +day };
}

const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)$/;

/** `Mon, 6 July 2026`, `Jul 6, 2026`, `6. Juli 2026`, in any order that is clear. */
function readWords(text: string, { country }: DateHabits): Day | undefined {
  const all = text.split(/[\s,.-]+/).filter((word) => word && !SMALL.test(word));
  const words = all.length === 4 ? withoutWeekday(all) : all;
  const month = words.map((word) => monthOf(word, country)).find((found) => found !== undefined);
  const numbers = words.flatMap(
    (word) => /^(\d{1,4})(?:st|nd|rd|th|er|º|ª|o)?$/.exec(word)?.[1] ?? [],
  );
  const isYear = (number: string) => number.length === 4;
  const year = numbers.find(isYear) ?? numbers[1];
  const day = numbers.find((number) => number.length < 3);
  if (!month || !year || !day || numbers.length !== 2 || words.length !== 3) return undefined;
  return { year: fullYear(year), month, day: +day };
}

/** A fourth word is a weekday, first or last: `mar` is Tuesday there and March elsewhere. */
function withoutWeekday(words: readonly string[]): readonly string[] {
  const isWord = (word: string | undefined) => /^\p{L}+$/u.test(word ?? '');
  if (isWord(words[0])) return words.slice(1);
  return isWord(words.at(-1)) ? words.slice(0, -1) : words;
}

function fullYear(year: string): number {
  return year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

/**
 * How a feed writes its dates: the order of day and month that one of them proves (`31/12/2026`),
 * else that of its language; and its country.
 */
export function learnDates(
  dates: readonly string[],
  feed: { language: string; addresses: readonly string[] },
): DateHabits {
  const parts = dates.map((text) => NUMBERS.exec(text.trim().slice(0, 10).trim()) ?? []);
  const isDayProven = parts.some(([, first]) => Number(first) > 12);
  const isMonthProven = parts.some(([, , , second]) => Number(second) > 12);
  const isDayFirst = isDayProven || (!isMonthProven && !isMonthFirst(feed.language));
  return { country: countryOf(feed.language, feed.addresses), isDayFirst };
}

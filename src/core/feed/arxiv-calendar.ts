import { Temporal } from 'temporal-polyfill';

// When arXiv announces nothing. Announcements are made on the evenings of Sunday to Thursday
// and listed under the next day; none on holidays. Source: info.arxiv.org/help/availability.

/** The dates that arXiv named for a year. */
const NAMED: Readonly<Record<number, readonly string[]>> = {
  2026: ['01-01', '01-19', '06-19', '07-03', '09-07', '11-26', '12-25', '12-29', '12-31'],
};

/** Why arXiv's list of a date is not expected; undefined where it is. */
export function findArxivPause(date: string): 'weekend' | 'holiday' | undefined {
  const day = Temporal.PlainDate.from(date);
  if (day.dayOfWeek > 5) return 'weekend';
  // A holiday names an evening, whose list is dated the day after; of its own date's list
  // arXiv says nothing. Neither is expected, and both are read if they come.
  return isHoliday(day) || isHoliday(day.subtract({ days: 1 })) ? 'holiday' : undefined;
}

/** The newest date, this one or before it, whose list is expected. */
export function lastArxivDate(date: string): string {
  let day = Temporal.PlainDate.from(date);
  while (findArxivPause(day.toString())) day = day.subtract({ days: 1 });
  return day.toString();
}

function isHoliday(day: Temporal.PlainDate): boolean {
  const named = NAMED[day.year];
  if (named) return named.includes(day.toString().slice(5));
  return holidaysOf(day.year).some((holiday) => holiday.equals(day));
}

/** The holidays of a year that arXiv has not named yet: those that it keeps each year, by their rules. */
function holidaysOf(year: number): Temporal.PlainDate[] {
  return [
    observed(year, 1, 1),
    nthWeekday(year, 1, { weekday: 1, nth: 3 }),
    observed(year, 6, 19),
    observed(year, 7, 4),
    nthWeekday(year, 9, { weekday: 1, nth: 1 }),
    nthWeekday(year, 11, { weekday: 4, nth: 4 }),
    observed(year, 12, 25),
  ];
}

/** A fixed date; from Saturday it moves to Friday, from Sunday to Monday (5 U.S.C. 6103). */
function observed(year: number, month: number, day: number): Temporal.PlainDate {
  const date = Temporal.PlainDate.from({ year, month, day });
  if (date.dayOfWeek === 6) return date.subtract({ days: 1 });
  return date.dayOfWeek === 7 ? date.add({ days: 1 }) : date;
}

function nthWeekday(
  year: number,
  month: number,
  { weekday, nth }: { weekday: number; nth: number },
): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const ahead = (weekday - first.dayOfWeek + 7) % 7;
  return first.add({ days: ahead + 7 * (nth - 1) });
}

import { Temporal } from 'temporal-polyfill';

/** An ISO week, as `2026-W48`. */
export type WeekName = string;

/** The week that a date is in, `YYYY-MM-DD`. */
export function weekOf(date: string): WeekName {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(date);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
}

/** The Monday and the Sunday of a week; undefined where there is no such week. */
export function daysOfWeek(name: WeekName): { from: string; to: string } | undefined {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(name) ?? [];
  if (!year || !week) return undefined;
  // 4 January is in the first week of every year (ISO 8601).
  const fourth = Temporal.PlainDate.from(`${year}-01-04`);
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week) - 1 });
  const from = monday.toString();
  if (weekOf(from) !== name) return undefined;
  return { from, to: monday.add({ days: 6 }).toString() };
}

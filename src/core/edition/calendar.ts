import { Temporal } from 'temporal-polyfill';
import type { Words } from '../words/words.ts';

/** A week of a month: ISO's number, and its seven days, Monday first; days of other months are null. */
export interface CalendarWeek {
  readonly number: number;
  readonly dates: readonly (string | null)[];
}

const MONTH = /^[1-9]\d{3}-(0[1-9]|1[0-2])$/;

/** Whether a text is a month such as `2025-05`. */
export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** The weeks of a month such as `2025-05`, with its dates `YYYY-MM-DD`. */
export function listWeeks(month: string): CalendarWeek[] {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const weeks: CalendarWeek[] = [];
  let monday = first.subtract({ days: first.dayOfWeek - 1 });
  while (Temporal.PlainDate.compare(monday, first.add({ months: 1 })) < 0) {
    const start = monday;
    const days = Array.from({ length: 7 }, (_, at) => start.add({ days: at }));
    weeks.push({
      number: monday.weekOfYear ?? 0,
      dates: days.map((day) => (day.month === first.month ? day.toString() : null)),
    });
    monday = monday.add({ days: 7 });
  }
  return weeks;
}

/**
 * Which of a day's editions one is, by its name: `second edition of the day, 14:05`; empty for
 * the first. The time is of the clock of the cut.
 */
export function sayTurn(name: string, time: string, words: Words): string {
  const turn = Number(/\.(\d+)$/.exec(name)?.[1] ?? 1);
  if (turn < 2) return '';
  const nth =
    words.say('edition.nths').split(' ')[turn - 2] ?? words.say('edition.nth', { count: turn });
  return words.say('edition.turn', { nth, time });
}

import { addDays } from './schedule.ts';

/** So many papers a reader may keep: years of reading. */
export const MOST_KEPT = 20_000;

/** What came of a press on "Keep". */
export type Keeping = 'kept' | 'known' | 'full' | 'gone';

/** What a reader kept in a week, as it is frozen with a digest: its texts too. */
export interface KeptWeek {
  /** Of all, those that are told among them. */
  readonly count: number;
  /** The first ones. */
  readonly papers: readonly {
    readonly paper: number;
    readonly title: string;
    readonly link?: string;
  }[];
}

/** So many papers of a week are told. */
export const MOST_TOLD = 10;

/** The week before the one of a date, Monday to Monday: its first date, and the first that is of it no more. */
export function weekBefore(date: string): { readonly from: string; readonly to: string } {
  // Of ISO weeks: Sunday is the last day.
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { from: addDays(date, -weekday - 7), to: addDays(date, -weekday) };
}

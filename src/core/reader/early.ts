import { countOf } from '../text/words.ts';

/** Readers who would be due now, on their date of today, if nobody waited for their days and hours. */
export interface EarlyCount {
  readonly readers: number;
  /** For whom today is none of their days. */
  readonly otherDay: number;
  /** Whose hour of today is still to come. */
  readonly laterToday: number;
  /** Who are paused or suppressed: they get nothing all the same. */
  readonly silent: number;
}

/** Whose days and hours it would override, in one sentence. */
export function tellEarly({ readers, otherDay, laterToday, silent }: EarlyCount): string {
  const passed = readers - otherDay - laterToday;
  const parts = [
    ...(otherDay > 0 ? [`${otherDay} on a day that is none of theirs`] : []),
    ...(laterToday > 0 ? [`${laterToday} before their hour`] : []),
    ...(passed > 0 ? [`${passed} after their hour`] : []),
  ];
  const without = silent > 0 ? `; ${silent} of them are paused or suppressed and get nothing` : '';
  return `${countOf(readers, 'reader')} would be due at once: ${parts.join(', ')}${without}.`;
}

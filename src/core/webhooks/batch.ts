import { type EventRow, type EventSource, eventSources, type Marks } from './event.ts';

/** Standard Webhooks advises bodies below 20 kB. */
export const MOST_EVENTS = 100;

/** Where a batch ends in each table, and its events in the order in which they happened. */
export interface Cut {
  readonly upto: Marks;
  readonly rows: readonly EventRow[];
}

/**
 * Cuts the next batch out of what came to light: at most `most` events, the oldest first, and of
 * each table all up to a mark, so that the marks alone say what is in it. `rows` are those of
 * each table in the order of its ids, one more than `most` where there are so many, up to `settled`.
 */
export function cutBatch(rows: readonly EventRow[], settled: Marks, most = MOST_EVENTS): Cut {
  const ordered = orderEvents(rows);
  const upto: Record<EventSource, number> = { ...settled };
  for (const { source, id } of ordered.slice(most)) {
    upto[source] = Math.min(upto[source], id - 1);
  }
  return { upto, rows: ordered.filter(({ source, id }) => id <= upto[source]) };
}

/**
 * By the time at which they happened, but those of one table never against its ids: a mark could
 * not stand between them.
 */
export function orderEvents(rows: readonly EventRow[]): EventRow[] {
  const timed = eventSources.flatMap((source) => {
    let latest = 0;
    return rows
      .filter((row) => row.source === source)
      .sort((a, b) => a.id - b.id)
      .map((row) => {
        latest = Math.max(latest, row.at.getTime());
        return { row, time: latest };
      });
  });
  return timed.sort((a, b) => a.time - b.time).map(({ row }) => row);
}

/** Whether a place is behind another in any table. */
export function isBehind(marks: Marks, other: Marks): boolean {
  return eventSources.some((source) => marks[source] < other[source]);
}

/** Each table's later mark: nothing before where a webhook began is told to it. */
export function latestOf(a: Marks, b: Marks): Marks {
  const pairs = eventSources.map((source) => [source, Math.max(a[source], b[source])] as const);
  return Object.fromEntries(pairs) as Record<EventSource, number>;
}

import type { Outside } from '../steps.ts';
import { bound } from './bounded.ts';

/** Whether a process can do its work now, and why not. Names no address, no host and no secret. */
export interface Readiness {
  readonly isReady: boolean;
  readonly reasons: readonly string[];
  /** What is worth knowing and no reason to send visitors elsewhere. */
  readonly notes: readonly string[];
  /** Worker processes that live; null where the database does not say. */
  readonly workers: number | null;
}

/** Two of them are asked at once: well within the two seconds that a probe waits. */
const LONGEST_MS = 1_500;

/** Makes the question: it is answered in bounded time, also where PostgreSQL or Redis stands still. */
export function createReadiness({
  store,
  queue,
}: Pick<Outside, 'store' | 'queue'>): () => Promise<Readiness> {
  const database = bound(async () => {
    const schema = await store.measures.compareSchema();
    return { schema, workers: (await store.senders.listAlive()).length };
  });
  const clock = bound(() => queue.findTrouble());
  return async () => {
    const [data, trouble] = await Promise.all([
      database.within(LONGEST_MS, 'late').catch(() => undefined),
      clock.within(LONGEST_MS, 'late').catch(() => 'the queue does not answer in time'),
    ]);
    const reasons = [
      ...(data ? [] : ['the database does not answer in time']),
      ...(data?.schema.lacks ?? []).map(
        (name) => `the database lacks migration ${name}: run "paperround migrate"`,
      ),
      ...(trouble ? [trouble] : []),
    ];
    // A newer version beside this one is how an upgrade goes; its migrations only add.
    const notes = [
      ...(data?.workers === 0 ? ['no worker runs: nothing is fetched, composed or sent'] : []),
      ...(data && data.schema.unknown.length > 0
        ? ['a newer version has migrated the database: upgrade this process, too']
        : []),
    ];
    return { isReady: reasons.length === 0, reasons, notes, workers: data?.workers ?? null };
  };
}

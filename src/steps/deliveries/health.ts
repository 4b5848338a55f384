import type { Outside } from '../steps.ts';
import { tellAlarm } from './check-ledger.ts';

/** Whether the service does its work, and why not. */
export interface Health {
  readonly isHealthy: boolean;
  readonly reasons: readonly string[];
  readonly workers: number;
  readonly open: number;
}

/** A canary may be missed twice. */
export const SILENT_CANARIES = 3;

/**
 * Looks at what every process and check left in the database: no worker, one through whose
 * queue nothing comes, or an alarm make it unhealthy. Rejects where the database is away.
 */
export async function readHealth({
  store,
  config,
}: Pick<Outside, 'store' | 'config'>): Promise<Health> {
  const workers = await store.senders.listAlive();
  const longest = (config.process.canaryEveryMs * SILENT_CANARIES) / 1000;
  const reasons = workers
    .filter(({ silentSeconds }) => silentSeconds > longest)
    .map(
      ({ host, pid, silentSeconds }) =>
        `nothing came through the queue of worker ${host}/${pid} for ${silentSeconds} s`,
    );
  if (workers.length === 0) reasons.push('no worker runs');
  // What waits for a decision is no illness of a process.
  const alarms = (await store.checks.listAlarms()).filter(
    ({ name }) => name !== 'in_doubt' && name !== 'paused',
  );
  reasons.push(...alarms.map(tellAlarm));
  return {
    isHealthy: reasons.length === 0,
    reasons,
    workers: workers.length,
    open: await store.checks.countOpen(),
  };
}

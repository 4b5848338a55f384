import { alarmKinds, tellAlarm } from '../../core/alarms/alarm.ts';
import { findWorkerFaults } from '../../core/alarms/find.ts';
import { MOST_COUNTED } from '../../core/desk/counted.ts';
import type { Config } from '../../process/config.ts';
import type { Outside } from '../steps.ts';

/** Whether the service does its work, and why not. */
export interface Health {
  readonly isHealthy: boolean;
  readonly reasons: readonly string[];
  readonly workers: number;
  /** How many deliveries; one more than `MOST_COUNTED` stands for more. */
  readonly open: number;
}

/** A canary may be missed twice. */
export const SILENT_CANARIES = 3;

/** How many seconds nothing may come through a worker's queue before it is ill. */
export function longestSilence(config: Config): number {
  return (config.process.canaryEveryMs * SILENT_CANARIES) / 1000;
}

/**
 * Looks at what every process and check left in the database: no worker, one through whose
 * queue nothing comes, or an alarm make it unhealthy. Rejects where the database is away.
 */
export async function readHealth({
  store,
  config,
}: Pick<Outside, 'store' | 'config'>): Promise<Health> {
  const workers = await store.senders.listAlive();
  const faults = findWorkerFaults(workers, longestSilence(config));
  // What waits for a decision is no illness; workers are judged by how they are now.
  const alarms = (await store.checks.listAlarms()).filter(({ name }) => alarmKinds[name].isFault);
  const reasons = [...faults.map(({ detail }) => detail), ...alarms.map(tellAlarm)];
  return {
    isHealthy: reasons.length === 0,
    reasons,
    workers: workers.length,
    open: await store.checks.countOpen(MOST_COUNTED + 1),
  };
}

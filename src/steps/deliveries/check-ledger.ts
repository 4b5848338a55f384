import type { Finding } from '../../core/alarms/alarm.ts';
import { findReturnedEditions } from '../feedback/break.ts';
import type { Outside } from '../steps.ts';

/**
 * Asks the ledger whether it keeps its promises, and closes the books of rounds that are
 * done: what it found wrong, or waiting for a person.
 */
export async function checkLedger({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>): Promise<Finding[]> {
  const { checks } = store;
  const at = now();
  const fromId = await checks.beginLook();
  const findings = [
    ...(await checks.findMiscounted(at)),
    ...(await checks.findTwice(at, fromId)),
    ...(await checks.findTooMany(at, fromId)),
    ...(await checks.findStalled(new Date(at.getTime() - config.process.stalledAfterMs))),
    ...(await checks.findWaiting(at)),
    ...(await checks.findRefusing()),
    ...(await findReturnedEditions({ store, now })),
  ];
  await checks.recordSettled(at);
  return findings;
}

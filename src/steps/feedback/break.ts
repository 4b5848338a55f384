import type { Finding } from '../../core/alarms/alarm.ts';
import { findPolicyBreak, findReturned, POLICY_WINDOW_MS } from '../../core/feedback/break.ts';
import type { Outside } from '../steps.ts';

type BreakOutside = Pick<Outside, 'store' | 'now'>;

const windowBefore = (at: Date) => new Date(at.getTime() - POLICY_WINDOW_MS);

/** Stops an edition that a vendor says comes back in numbers, in the caller's transaction; recorded as the breaker's word. */
export async function breakReturned(
  { store, now }: BreakOutside,
  editionId: number,
): Promise<void> {
  const at = now();
  const reason = findPolicyBreak(await store.feedback.getPolicyRates(editionId, windowBefore(at)));
  if (!reason) return;
  const pause = { actor: 'breaker', reason, at };
  if (!(await store.pauses.insert({ kind: 'edition', editionId }, pause))) return;
  const subject = `edition ${editionId}`;
  await store.records.recordAudit({
    at,
    actor: 'breaker',
    action: 'pause',
    subject,
    detail: { reason },
  });
}

/** The editions that come back in numbers, whoever says so: for a person to look at. */
export async function findReturnedEditions({ store, now }: BreakOutside): Promise<Finding[]> {
  const since = windowBefore(now());
  const findings: Finding[] = [];
  for (const { id, name } of await store.feedback.listReturned(since)) {
    const detail = findReturned(await store.feedback.getPolicyRates(id, since));
    if (detail) findings.push({ name: 'returned', subject: `edition ${name}`, detail });
  }
  return findings;
}

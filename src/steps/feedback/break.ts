import { findPolicyBreak, POLICY_WINDOW_MS } from '../../core/feedback/break.ts';
import type { Outside } from '../steps.ts';

/** Stops an edition that filters send back in numbers, in the caller's transaction; recorded as the breaker's word. */
export async function breakReturned(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  editionId: number,
): Promise<void> {
  const at = now();
  const since = new Date(at.getTime() - POLICY_WINDOW_MS);
  const reason = findPolicyBreak(await store.feedback.getPolicyRates(editionId, since));
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

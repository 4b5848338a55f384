import { findBreak, RATES_WINDOW_MS } from '../../core/letter/breaker.ts';
import type { ClaimedDelivery } from '../../core/letter/delivery.ts';
import type { Outside } from '../steps.ts';
import { slowDown } from './slow-down.ts';

type BreakOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/**
 * After a delivery was not accepted: stops its edition, or notices, where going on does harm; true
 * where it did. What a stranger typed slows down what strangers type and stops nothing.
 */
export async function breakAfter(
  outside: BreakOutside,
  { id, editionId }: Pick<ClaimedDelivery, 'id' | 'editionId'>,
): Promise<boolean> {
  if (editionId === null && (await slowDown(outside, id))) return false;
  return (await breakScope(outside, editionId)) !== undefined;
}

/**
 * Stops an edition (notices: null) whose answers of the last minutes say that going on does
 * harm, and sets the suppressions of that time aside for a person. Why, or undefined where
 * it may go on or stands still already.
 */
async function breakScope(
  { store, config, now }: BreakOutside,
  editionId: number | null,
): Promise<string | undefined> {
  const at = now();
  const since = new Date(at.getTime() - RATES_WINDOW_MS);
  const rates = await (editionId === null
    ? store.pauses.getNoticeRates(since)
    : store.pauses.getEditionRates(editionId, since));
  const reason = findBreak(rates, config.sending.mostBounced);
  if (!reason) return undefined;
  const scope =
    editionId === null ? ({ kind: 'notices' } as const) : ({ kind: 'edition', editionId } as const);
  return store.transaction(async (tx) => {
    if (!(await tx.pauses.insert(scope, { actor: 'breaker', reason, at }))) return undefined;
    const held = await tx.pauses.holdSuppressions(editionId, since);
    const subject = editionId === null ? 'notices' : `edition ${editionId}`;
    await tx.records.recordAudit({
      at,
      actor: 'breaker',
      action: 'pause',
      subject,
      detail: { reason, heldSuppressions: held },
    });
    return reason;
  });
}

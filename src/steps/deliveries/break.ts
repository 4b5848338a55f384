import { findBreak, RATES_WINDOW_MS } from '../../core/letter/breaker.ts';
import type { ClaimedDelivery } from '../../core/letter/delivery.ts';
import type { PauseScope } from '../../store/ledger/pauses.ts';
import type { Outside } from '../steps.ts';
import { slowDown } from './slow-down.ts';

type BreakOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/**
 * After a delivery was not accepted: stops its edition, digests without one, or notices, where going
 * on does harm; true where it did. What a stranger typed slows down what strangers type and stops nothing.
 */
export async function breakAfter(
  outside: BreakOutside,
  delivery: Pick<ClaimedDelivery, 'id' | 'kind' | 'editionId' | 'announcementId'>,
): Promise<boolean> {
  const scope = scopeOf(delivery);
  if (scope.kind === 'notices' && (await slowDown(outside, delivery.id))) return false;
  return (await breakScope(outside, scope)) !== undefined;
}

/**
 * Stops what is of a scope, whose answers of the last minutes say that going on does
 * harm, and sets the suppressions of that time aside for a person. Why, or undefined where
 * it may go on or stands still already.
 */
async function breakScope(
  { store, config, now }: BreakOutside,
  scope: Breakable,
): Promise<string | undefined> {
  const at = now();
  const since = new Date(at.getTime() - RATES_WINDOW_MS);
  const rates = await getRates(store, scope, since);
  const reason = findBreak(rates, config.sending.mostBounced);
  if (!reason) return undefined;
  return store.transaction(async (tx) => {
    if (!(await tx.pauses.insert(scope, { actor: 'breaker', reason, at }))) return undefined;
    const editionId = scope.kind === 'edition' ? scope.editionId : null;
    const held = await tx.pauses.holdSuppressions(editionId, since);
    await tx.records.recordAudit({
      at,
      actor: 'breaker',
      action: 'pause',
      subject: subjectOf(scope),
      detail: { reason, heldSuppressions: held },
    });
    return reason;
  });
}

type Breakable = Exclude<PauseScope, { readonly kind: 'all' }>;

function scopeOf({
  kind,
  editionId,
  announcementId,
}: Pick<ClaimedDelivery, 'kind' | 'editionId' | 'announcementId'>): Breakable {
  if (editionId !== null) return { kind: 'edition', editionId };
  if (announcementId !== null) return { kind: 'announcement', announcementId };
  return { kind: kind === 'digest' ? 'items' : 'notices' };
}

function getRates({ pauses }: BreakOutside['store'], scope: Breakable, since: Date) {
  if (scope.kind === 'edition') return pauses.getEditionRates(scope.editionId, since);
  if (scope.kind === 'notices') return pauses.getNoticeRates(since);
  if (scope.kind === 'items') return pauses.getItemsRates(since);
  return pauses.getAnnouncementRates(scope.announcementId, since);
}

function subjectOf(scope: Breakable): string {
  if (scope.kind === 'edition') return `edition ${scope.editionId}`;
  return scope.kind === 'announcement' ? `announcement ${scope.announcementId}` : scope.kind;
}

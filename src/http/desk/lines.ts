import type { DeliveryLine } from '../../core/desk/pages.ts';
import type { ListedDelivery } from '../../store/desk/overview.ts';
import { timeOf } from './frame.ts';
import { toneOf } from './today-view.ts';

/** A delivery as a line of a list. */
export function viewDelivery(delivery: ListedDelivery): DeliveryLine {
  const { id, state, cause, edition, notice, resend, lastReply } = delivery;
  const { tone, label } = toneOf(state);
  const copy = resend > 0 ? `, copy ${resend + 1}` : '';
  return {
    id,
    address: delivery.address ?? '(erased)',
    of: edition ? `edition ${edition}${copy}` : `notice: ${notice}`,
    state: `${label}${cause ? ` (${cause})` : ''}`,
    tone,
    when: timeOf(delivery.acceptedAt ?? delivery.composedAt),
    ...(lastReply && state !== 'accepted' ? { reply: lastReply } : {}),
  };
}

import type { DeliveryLine } from '../../core/desk/delivery-pages.ts';
import type { ListedDelivery } from '../../store/desk/overview.ts';
import { timeOf } from './frame.ts';
import { toneOf } from './today-view.ts';

/** A delivery as a line of a list. */
export function viewDelivery(delivery: ListedDelivery): DeliveryLine {
  const { id, state, cause, lastReply } = delivery;
  const { tone, label } = toneOf(state);
  return {
    id,
    address: delivery.address ?? '(erased)',
    of: tellOf(delivery),
    state: `${label}${cause ? ` (${cause})` : ''}`,
    tone,
    when: timeOf(delivery.acceptedAt ?? delivery.composedAt),
    ...(lastReply && state !== 'accepted' ? { reply: lastReply } : {}),
  };
}

function tellOf({ edition, announcementId, notice, resend }: ListedDelivery): string {
  if (announcementId !== null) return `announcement ${announcementId}`;
  if (edition === null) return `notice: ${notice}`;
  return `edition ${edition}${resend > 0 ? `, copy ${resend + 1}` : ''}`;
}

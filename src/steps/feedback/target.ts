import type { Pointers } from '../../core/feedback/places.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { ReportedDelivery } from '../../store/feedback/feedback.ts';
import type { Outside } from '../steps.ts';

/** Whom something that came back is about. */
export interface Target {
  /** Absent where only a subscription was named, or the delivery was pruned. */
  readonly delivery: ReportedDelivery | undefined;
  readonly subscriptionId: number | undefined;
  readonly subscriberId: number | undefined;
  /** Empty where nobody is behind it any more. */
  readonly addressHash: string;
  /** True where it is about announcements, or one of them: what it ends are these alone. */
  readonly isOfAnnouncements: boolean;
}

/**
 * Finds whom signed ids speak of: a delivery by its reference, else by a Message-ID that the
 * ledger knows (made with a key, so nobody guesses one), else a subscription. Undefined where
 * nothing in it was signed by us; a target of nobody where what was signed is gone.
 */
export async function findTarget(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { deliveries, messageIds, subscriptions, leaving, ending }: Pointers,
): Promise<Target | undefined> {
  const ids = deliveries.slice(0, 1);
  const delivery =
    (ids.length > 0 ? await store.feedback.findDelivery({ ids, messageIds: [] }) : undefined) ??
    (await store.feedback.findDelivery({ ids: [], messageIds }));
  if (delivery) {
    return {
      delivery,
      subscriptionId: delivery.subscriptionId ?? undefined,
      subscriberId: delivery.subscriberId ?? undefined,
      addressHash: delivery.addressHash,
      isOfAnnouncements: leaving.length === 0 && delivery.announcementId !== null,
    };
  }
  const subscriptionId = leaving[0] ?? ending[0] ?? subscriptions[0];
  if (subscriptionId === undefined && ids.length === 0) return undefined;
  const reader =
    subscriptionId === undefined ? undefined : await store.subscribers.find(subscriptionId);
  return {
    delivery: undefined,
    subscriptionId: reader?.id,
    subscriberId: reader?.subscriberId,
    addressHash: reader ? hashAddress(keys, reader.address.toLowerCase()) : '',
    isOfAnnouncements: leaving.length === 0 && ending.length > 0,
  };
}

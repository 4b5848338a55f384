import type { Address } from '../core/reader/address.ts';
import { dueAfterChange, nextDue } from '../core/reader/schedule.ts';
import type { Subscription } from '../core/reader/subscription.ts';
import type { Wishes } from '../store/subscribers.ts';
import { openRound } from './open-round.ts';
import type { Outside } from './steps.ts';

/**
 * Makes a subscription that is confirmed by the operator's word, due from its next date
 * on. Undefined where the address already has one.
 */
export async function addSubscriber(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  reader: { address: Address; wishes: Wishes; actor: string },
): Promise<Subscription | undefined> {
  const at = now();
  const due = nextDue(reader.wishes.schedule, at);
  return store.transaction(async (tx) => {
    const subscription = await tx.subscribers.activate(reader.address, {
      ...reader.wishes,
      due,
      at,
      isSample: false,
    });
    if (subscription) {
      const subject = `subscription ${subscription.id}`;
      await tx.records.recordAudit({
        at,
        actor: reader.actor,
        action: 'subscribe',
        subject,
        detail: {},
      });
    }
    return subscription;
  });
}

/** Changes what a reader asks for; the next date is one that has no outcome yet. False where they have left. */
export async function changeWishes(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriptionId: number,
  wishes: Wishes,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    await openRound({ store: tx, now }, subscriptionId);
    const lastDate = await tx.subscribers.findLastDate(subscriptionId);
    const due = dueAfterChange(wishes.schedule, now(), lastDate);
    return tx.subscribers.change(subscriptionId, { ...wishes, due });
  });
}

/**
 * Ends a subscription at once, with everything of theirs that is not on the wire yet.
 * Doing it again changes nothing; undefined where there is none.
 */
export async function unsubscribe(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriptionId: number,
  how: 'page' | 'one-click' | 'operator',
): Promise<Subscription | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    const subscription = await tx.subscribers.find(subscriptionId);
    if (!subscription) return undefined;
    await openRound({ store: tx, now }, subscriptionId);
    if (await tx.subscribers.recordEnd(subscriptionId, { at, reason: how })) {
      await tx.deliveries.failOfReader(subscription.subscriberId, at);
      const subject = `subscription ${subscriptionId}`;
      const actor = how === 'operator' ? 'operator' : 'reader';
      await tx.records.recordAudit({ at, actor, action: 'unsubscribe', subject, detail: { how } });
    }
    return subscription;
  });
}

import type { Address } from '../../core/reader/address.ts';
import { type Due, dueAfterChange, type Schedule } from '../../core/reader/schedule.ts';
import type { Subscription, Wishes } from '../../core/reader/subscription.ts';
import { listChangedWishes } from '../../core/reader/wish-changes.ts';
import { openRound } from '../digests/open-round.ts';
import type { Outside } from '../steps.ts';

/**
 * Makes a subscription that is confirmed by the operator's word, due from its next date
 * on. Undefined where the address already has one.
 */
export async function addSubscriber(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  reader: { address: Address; wishes: Wishes; actor: string },
): Promise<Subscription | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    const known = await tx.subscribers.findByAddress(reader.address.key);
    const due = await findFreeDue(tx, known?.id, { schedule: reader.wishes.schedule, at });
    const subscription = await tx.subscribers.activate(reader.address, {
      ...reader.wishes,
      due,
      at,
      isSample: false,
    });
    if (subscription) {
      await tx.consents.insert({
        subscriberId: subscription.subscriberId,
        form: reader.actor,
        text: null,
        wishes: null,
        askedAt: at,
        askedFrom: null,
        expiresAt: at,
        confirmedAt: at,
      });
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

/** Changes what a reader asks for, by themselves or an operator; the next date is one that has no outcome yet. False where they have left. */
export async function changeWishes(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriptionId: number,
  {
    agreed,
    ...wishes
  }: Wishes & {
    readonly pausedUntil: string | null;
    readonly actor?: string;
    /** The words that the reader agreed to with it, and from where. */
    readonly agreed?: { readonly text: string; readonly from: string };
  },
): Promise<boolean> {
  return store.transaction(async (tx) => {
    await openRound({ store: tx, now }, subscriptionId);
    const due = await findFreeDue(tx, subscriptionId, {
      schedule: wishes.schedule,
      at: now(),
    });
    const before = await tx.subscribers.find(subscriptionId);
    if (!(await tx.subscribers.change(subscriptionId, { ...wishes, due }))) return false;
    if (agreed) await recordAgreed(tx, subscriptionId, { ...agreed, at: now() });
    await tx.records.recordAudit({
      at: now(),
      actor: wishes.actor ?? 'reader',
      action: 'wishes',
      subject: `subscription ${subscriptionId}`,
      detail: { changed: before ? listChangedWishes(before, wishes) : [] },
    });
    return true;
  });
}

/** Keeps a consent of one who is subscribed, given behind their own link. */
async function recordAgreed(
  store: Outside['store'],
  subscriptionId: number,
  { text, from, at }: { text: string; from: string; at: Date },
): Promise<void> {
  const reader = await store.subscribers.find(subscriptionId);
  if (!reader) return;
  await store.consents.insert({
    subscriberId: reader.subscriberId,
    form: 'preferences',
    text,
    wishes: null,
    askedAt: at,
    askedFrom: from,
    expiresAt: at,
    confirmedAt: at,
  });
}

/** The next due date that has no outcome yet: no date may come twice. */
export async function findFreeDue(
  store: Outside['store'],
  subscriptionId: number | undefined,
  { schedule, at }: { schedule: Schedule; at: Date },
): Promise<Due> {
  const lastDate =
    subscriptionId === undefined ? undefined : await store.subscribers.findLastDate(subscriptionId);
  return dueAfterChange(schedule, at, lastDate);
}

/**
 * Ends a subscription at once, with everything of theirs that is not on the wire yet.
 * Doing it again changes nothing; undefined where there is none.
 */
export async function unsubscribe(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriptionId: number,
  how: 'page' | 'one-click' | 'mailto' | 'complaint' | 'operator',
): Promise<Subscription | undefined> {
  const at = now();
  const actor = how === 'operator' ? 'operator' : 'reader';
  const left = await store.deliveries.leave(subscriptionId, { at, reason: how, actor });
  if (left) return left;
  const subscription = await store.subscribers.find(subscriptionId);
  if (!subscription) return undefined;
  await store.transaction(async (tx) => {
    // What fell due has its outcome.
    await openRound({ store: tx, now }, subscriptionId);
    if (!(await tx.subscribers.recordEnd(subscriptionId, { at, reason: how }))) return;
    await tx.deliveries.failOfReader(subscription.subscriberId, at);
    const subject = `subscription ${subscriptionId}`;
    await tx.records.recordAudit({ at, actor, action: 'unsubscribe', subject, detail: { how } });
  });
  return subscription;
}

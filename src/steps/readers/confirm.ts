import type { Subscription } from '../../core/reader/subscription.ts';
import { inviteConfirmed } from '../circles/make.ts';
import type { Outside } from '../steps.ts';
import { findFreeDue } from './subscribe.ts';
import { liftByOwner } from './suppress.ts';

type ConfirmOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Activates what the owner of a mailbox confirmed; `wantsWelcome` has the newest edition
 * sent at once. Doing it again changes nothing. Undefined where the link's time is over,
 * its sign-up is gone or the reader has left since.
 */
export async function confirmSubscription(
  outside: ConfirmOutside,
  consentId: number,
  by: { from: string; wantsWelcome: boolean },
): Promise<Subscription | undefined> {
  const { store, queue, keys, now } = outside;
  const at = now();
  const reader = await store.transaction(async (tx) => {
    const consent = await tx.consents.find(consentId);
    if (!consent) return undefined;
    const { subscriptionId } = consent;
    await tx.subscribers.lock(subscriptionId);
    const waiting = await tx.subscribers.find(subscriptionId);
    if (waiting?.state !== 'pending') return waiting?.state === 'active' ? waiting : undefined;
    if (!(await tx.consents.recordConfirmed(consentId, { at, from: by.from }))) return undefined;
    const { profile, papersPerDigest, schedule, announcements } = consent.wishes ?? waiting;
    const due = await findFreeDue(tx, subscriptionId, { schedule, at });
    const wishes = { profile, papersPerDigest, schedule, announcements };
    await tx.subscribers.recordConfirmed(subscriptionId, { ...wishes, due, at });
    if (by.wantsWelcome) await tx.subscribers.recordWantsWelcome(subscriptionId);
    // The mail arrived and its owner wants more, whatever bounced or was said elsewhere.
    await liftByOwner({ store: tx, keys }, waiting.address.toLowerCase(), at);
    const subject = `subscription ${subscriptionId}`;
    await tx.records.recordAudit({ at, actor: 'reader', action: 'confirm', subject, detail: {} });
    const confirmed = await tx.subscribers.find(subscriptionId);
    if (confirmed) await inviteConfirmed({ ...outside, store: tx }, confirmed);
    return confirmed;
  });
  if (reader && by.wantsWelcome) await queue.enqueue('welcome', { subscriptionId: reader.id });
  return reader;
}

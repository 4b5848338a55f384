import type { Meaning } from '../../core/feedback/classify.ts';
import { parseAddress } from '../../core/reader/address.ts';
import type { Inbound } from '../../store/feedback/inbound.ts';
import { endAnnouncements } from '../announcements/end-announcements.ts';
import { resolveDoubt } from '../deliveries/resolve.ts';
import { unsubscribe } from '../readers/subscribe.ts';
import { auditSuppression } from '../readers/suppress.ts';
import type { Outside } from '../steps.ts';
import { recordBounce } from './bounce.ts';
import { breakReturned } from './break.ts';
import { forwardMail } from './forward.ts';
import { type Reading, readInbound } from './read.ts';
import { findTarget, type Target } from './target.ts';

type HandleOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** What one thing that came back came to. */
interface Result {
  readonly verdict: Meaning['verdict'];
  /** Why a person must look at it; undefined where nobody must. */
  readonly keptFor?: string;
  readonly target?: Target | undefined;
}

/**
 * Reads one arrival, decides and writes in one transaction: a crash in between loses nothing
 * and does nothing twice. What is not understood, or carries no id that we signed, is kept for
 * a person. Its verdict in a word; undefined where it was handled before.
 */
export async function handleInbound(
  outside: HandleOutside,
  inboundId: number,
): Promise<string | undefined> {
  const inbound = await outside.store.inbound.find(inboundId);
  if (inbound?.state !== 'waiting') return undefined;
  const readings = await readInbound(outside, inbound);
  return outside.store.transaction(async (tx) => {
    if (!(await tx.inbound.lockWaiting(inboundId))) return undefined;
    const inside = { ...outside, store: tx };
    const results: Result[] = [];
    for (const reading of readings) results.push(await act(inside, reading, inboundId));
    return record(inside, inbound, { readings, results });
  });
}

async function act(outside: HandleOutside, reading: Reading, inboundId: number): Promise<Result> {
  const { meaning, mail } = reading;
  switch (meaning.verdict) {
    case 'unknown':
      return { verdict: 'unknown', keptFor: meaning.reason };
    case 'person':
      return { verdict: 'person', ...(await forward(outside, mail, inboundId)) };
    case 'delivered':
      return recordDelivered(outside, reading);
    case 'bounce':
    case 'complaint':
    case 'leave': {
      const { verdict } = meaning;
      const target = await findTarget(outside, reading.pointers);
      if (target)
        return { verdict, target, ...(await actOn(outside, reading, { target, inboundId })) };
      return { verdict: 'unknown', keptFor: `a ${verdict} without an id that we signed` };
    }
    default:
      return { verdict: meaning.verdict };
  }
}

/** Nothing hangs on it, so that one about nothing of ours waits for nobody. */
async function recordDelivered(outside: HandleOutside, { pointers }: Reading): Promise<Result> {
  const target = await findTarget(outside, pointers);
  const deliveryId = target?.delivery?.id;
  if (deliveryId !== undefined) {
    await outside.store.events.recordDelivered(deliveryId, outside.now());
  }
  return { verdict: 'delivered', target };
}

async function actOn(
  outside: HandleOutside,
  { meaning, mail }: Reading,
  { target, inboundId }: { target: Target; inboundId: number },
): Promise<Pick<Result, 'keptFor'>> {
  if (meaning.verdict === 'bounce') {
    // What a vendor tells is an event, without a mail.
    const bounce = { inboundId, target, reply: meaning.reply, isTold: mail === undefined };
    const kind = await recordBounce(outside, bounce);
    const editionId = target.delivery?.editionId;
    if (kind === 'policy' && editionId) await breakReturned(outside, editionId);
  }
  if (meaning.verdict === 'complaint') await recordComplaint(outside, target, inboundId);
  if (meaning.verdict !== 'leave') return {};
  await endSubscription(outside, target, 'mailto');
  return meaning.isMore ? forward(outside, mail, inboundId) : {};
}

async function forward(
  outside: HandleOutside,
  mail: Reading['mail'],
  inboundId: number,
): Promise<Pick<Result, 'keptFor'>> {
  const isForwarded = mail !== undefined && (await forwardMail(outside, mail, inboundId));
  return isForwarded ? {} : { keptFor: 'it was not forwarded' };
}

/**
 * Suppresses at once and ends the subscription; about an announcement it ends these alone. A delivery
 * in doubt has arrived, or nobody could complain.
 */
async function recordComplaint(
  outside: HandleOutside,
  target: Target,
  inboundId: number,
): Promise<void> {
  const { store, now } = outside;
  const { addressHash, delivery } = target;
  const at = now();
  const feedback = { inboundId, delivery, addressHash, reply: undefined, at } as const;
  if (!(await store.feedback.insert({ ...feedback, kind: 'complaint' }))) return;
  if (delivery?.state === 'in_doubt') {
    const order = { deliveryId: delivery.id, actor: 'complaint', said: 'its reader complained' };
    await resolveDoubt(outside, { ...order, state: 'accepted' });
  }
  if (addressHash === '') return;
  if (target.isOfAnnouncements) return endSubscription(outside, target, 'complaint');
  const suppression = { addressHash, reason: 'complaint', note: null, at } as const;
  if (await store.records.recordSuppression(suppression)) {
    const reason = `a complaint about ${delivery ? `delivery ${delivery.id}` : 'a mail'}`;
    const entry = { actor: 'complaint', action: 'suppress', addressHash, reason, at };
    await auditSuppression(store, entry);
  }
  await endSubscription(outside, target, 'complaint');
}

/** Ends what it is about: announcements, or everything. */
async function endSubscription(
  outside: HandleOutside,
  { subscriptionId, isOfAnnouncements }: Target,
  how: 'mailto' | 'complaint',
): Promise<void> {
  if (subscriptionId === undefined) return;
  const end = isOfAnnouncements ? endAnnouncements : unsubscribe;
  await end(outside, subscriptionId, how);
}

async function record(
  { store, now }: HandleOutside,
  { id, source }: Inbound,
  { readings, results }: { readings: readonly Reading[]; results: readonly Result[] },
): Promise<string> {
  const kept = results.filter(({ keptFor }) => keptFor !== undefined);
  const [first] = results;
  const isOne = results.length === 1;
  const verdict = source === 'webhook' ? 'events' : (first?.verdict ?? 'unknown');
  const reason = isOne
    ? kept[0]?.keptFor
    : `${kept.length} of ${results.length} events need a look`;
  const mail = readings[0]?.mail;
  const target = results.find((result) => result.target)?.target;
  await store.inbound.recordHandled(id, {
    state: kept.length > 0 ? 'kept' : 'handled',
    verdict,
    reason: kept.length > 0 ? (reason ?? null) : null,
    sender: mail ? fitText(mail.from) : null,
    subject: mail ? fitText(mail.subject) : null,
    deliveryId: target?.delivery?.id ?? null,
    subscriberId: target?.subscriberId ?? (mail ? await findSender(store, mail.from) : null),
    isUntold: (verdict === 'person' || verdict === 'leave') && kept.length > 0,
    at: now(),
  });
  return verdict;
}

/** Whose mail it is, so that it is erased with them. */
async function findSender(store: Outside['store'], from: string): Promise<number | null> {
  try {
    const reader = await store.subscribers.findByAddress(parseAddress(from).key);
    return reader?.subscriberId ?? null;
  } catch {
    // What is no address is nobody's.
    return null;
  }
}

function fitText(text: string): string {
  return text.replaceAll('\0', ' ').slice(0, 500);
}

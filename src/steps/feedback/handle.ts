import type { Meaning } from '../../core/feedback/classify.ts';
import { parseAddress } from '../../core/reader/address.ts';
import type { Inbound } from '../../store/feedback/inbound.ts';
import { resolveDoubt } from '../deliveries/resolve.ts';
import { unsubscribe } from '../readers/subscribe.ts';
import type { Outside } from '../steps.ts';
import { recordBounce } from './bounce.ts';
import { breakReturned } from './break.ts';
import { forwardMail } from './forward.ts';
import { type Reading, readInbound } from './read.ts';
import { findTarget, type Target } from './target.ts';

type HandleOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'now'
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
  const { verdict } = meaning;
  if (verdict === 'unknown') return { verdict, keptFor: meaning.reason };
  if (verdict === 'person') {
    const isForwarded = mail && (await forwardMail(outside, mail, inboundId));
    return { verdict, ...(isForwarded ? {} : { keptFor: 'it was not forwarded' }) };
  }
  if (verdict !== 'bounce' && verdict !== 'complaint' && verdict !== 'leave') return { verdict };
  const target = await findTarget(outside, reading.pointers);
  if (!target) return { verdict: 'unknown', keptFor: `a ${verdict} without an id that we signed` };
  if (meaning.verdict === 'bounce') {
    const kind = await recordBounce(outside, { inboundId, target, reply: meaning.reply });
    const editionId = target.delivery?.editionId;
    if (kind === 'policy' && editionId) await breakReturned(outside, editionId);
  } else if (meaning.verdict === 'complaint') {
    await recordComplaint(outside, target, inboundId);
  } else {
    await endSubscription(outside, target, 'mailto');
    if (mail && 'isMore' in meaning && meaning.isMore) await forwardMail(outside, mail, inboundId);
  }
  return { verdict, target };
}

/** Suppresses at once and ends the subscription; a delivery in doubt has arrived, or nobody could complain. */
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
  await store.records.recordSuppression({ addressHash, reason: 'complaint', note: null, at });
  await endSubscription(outside, target, 'complaint');
}

async function endSubscription(
  outside: HandleOutside,
  { subscriptionId }: Target,
  how: 'mailto' | 'complaint',
): Promise<void> {
  if (subscriptionId !== undefined) await unsubscribe(outside, subscriptionId, how);
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
    isUntold: verdict === 'person' && kept.length > 0,
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

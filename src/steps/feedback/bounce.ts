import { type BounceKind, judgeBounce } from '../../core/feedback/bounce.ts';
import { hideAddresses } from '../../core/feedback/forward.ts';
import { ARRIVED_AFTER_MS, mustSuppress, SCORE_WINDOW_MS } from '../../core/feedback/score.ts';
import type { Reply } from '../../core/letter/reply.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { resolveDoubt } from '../deliveries/resolve.ts';
import { auditSuppression } from '../readers/suppress.ts';
import type { Outside } from '../steps.ts';
import { findTarget, type Target } from './target.ts';

type BounceOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

/** A delivery that failed: by a report that carried a signed id, or by an answer on the wire. */
export interface Bounce {
  readonly inboundId: number | null;
  readonly target: Target;
  readonly reply: Reply;
  /** Whether the operator's mail vendor told it. */
  readonly isTold?: boolean;
}

/**
 * Records a bounce beside its delivery, in the caller's transaction, and suppresses the
 * address where its score says so. A delivery in doubt has failed with it, one that was
 * accepted stays so. The same bounce again changes nothing.
 */
export async function recordBounce(
  outside: BounceOutside,
  { inboundId, target, reply, isTold = false }: Bounce,
): Promise<BounceKind> {
  const { store, now, config } = outside;
  const { delivery, addressHash } = target;
  const kind = judgeBounce(reply, config.site.from);
  const said = { ...reply, text: hideAddresses(reply.text) };
  const at = now();
  const isNew = await store.feedback.insert({
    inboundId,
    delivery,
    addressHash,
    kind,
    reply: said,
    at,
    isTold,
  });
  if (delivery?.state === 'in_doubt') {
    const words = `${said.enhancedCode ?? said.code} ${said.text}`;
    const order = { deliveryId: delivery.id, actor: 'bounce', said: words } as const;
    await resolveDoubt(outside, { ...order, state: 'failed' });
  }
  if (isNew) await suppressByScore(outside, target, said);
  return kind;
}

/** Counts a mailbox that refused a message on the wire as a report of the same would count. */
export async function recordRefusal(
  outside: BounceOutside,
  deliveryId: number,
  reply: Reply,
): Promise<void> {
  await outside.store.transaction(async (store) => {
    const pointers = {
      deliveries: [deliveryId],
      messageIds: [],
      subscriptions: [],
      leaving: [],
      ending: [],
      isOwn: false,
    };
    const target = await findTarget({ ...outside, store }, pointers);
    // A no to a second try says nothing of the first, which may have arrived.
    if (target?.delivery?.state !== 'failed') return;
    await recordBounce({ ...outside, store }, { inboundId: null, target, reply });
  });
}

async function suppressByScore(
  { store, keys, config, now }: BounceOutside,
  { addressHash, delivery }: Target,
  reply: Reply,
): Promise<void> {
  // Of an erased reader no address is known, without a delivery not the one that bounced; and
  // alarms must reach the operator whatever came back.
  const isOperator = addressHash === hashAddress(keys, config.site.contact.toLowerCase());
  if (addressHash === '' || !delivery || isOperator) return;
  const at = now();
  const bounces = await store.feedback.listBounces({
    addressHash,
    since: new Date(at.getTime() - SCORE_WINDOW_MS),
    arrivedBefore: new Date(at.getTime() - ARRIVED_AFTER_MS),
  });
  if (!mustSuppress(bounces, at)) return;
  const note = `${reply.enhancedCode ?? reply.code} ${reply.text}`.slice(0, 500);
  const bounced = { addressHash, note, at, deliveryId: delivery.id };
  if (!(await store.suppressions.insertBounced(bounced))) return;
  const entry = { actor: 'bounce', action: 'suppress', addressHash, reason: note, at };
  await auditSuppression(store, entry);
}

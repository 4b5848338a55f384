import { isNotice } from '../../core/letter/notice.ts';
import { parseAddress } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { planSending } from '../plan.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { decideDigest, loadEditions } from './choose.ts';
import { digestFor } from './freeze.ts';

/** A resend that may not be; the message says why and what to do. */
export class ResendRefused extends Error {
  override readonly name = 'ResendRefused';
}

/**
 * Sends one reader another copy of an edition, under a new Message-ID, recorded in the
 * audit: the digest they got, or, where they never had one of it, one made for them now.
 * Throws ResendRefused for an unknown edition or reader, one who left, a suppressed
 * address, or a copy that is still on its way.
 */
export async function resendEdition(
  outside: Pick<
    Outside,
    'store' | 'queue' | 'config' | 'keys' | 'rendering' | 'renderingHash' | 'now'
  >,
  order: { edition: string; address: string; actor: string },
): Promise<{ deliveryId: number; messageId: string; resend: number }> {
  const { store, keys, now } = outside;
  const { key } = parseAddress(order.address);
  const addressHash = hashAddress(keys, key);
  const at = now();
  const sent = await store.transaction(async (tx) => {
    const edition = await tx.editions.findByName(order.edition);
    if (!edition || !['released', 'closed'].includes(edition.state)) {
      throw new ResendRefused(
        `there is no released edition "${order.edition}": "paperround editions show" lists them`,
      );
    }
    const reader = await tx.subscribers.findByAddress(key);
    if (!reader) throw new ResendRefused(`${order.address} has no subscription`);
    if (reader.state !== 'active') {
      throw new ResendRefused(`${order.address} is not subscribed any more: nothing was sent`);
    }
    // Two clicks at once, or a click while a round is composed, go one after the other.
    await tx.subscribers.lock(reader.id);
    if (await tx.records.isSuppressed(addressHash)) {
      throw new ResendRefused(`${order.address} is suppressed: nothing was sent`);
    }
    const history = (await tx.deliveries.lockHistory([reader.subscriberId])).get(
      reader.subscriberId,
    );
    const [last] = await tx.deliveries.listOfReader(edition.id, reader.subscriberId);
    if (last && ['ready', 'deferred', 'sending'].includes(last.state)) {
      throw new ResendRefused(
        `a copy for ${order.address} is still on its way (delivery ${last.id})`,
      );
    }
    const content =
      last && !isNotice(last.content)
        ? last.content
        : await makeContent(tx, { editionId: edition.id, reader, at });
    const delivery = digestFor(outside, {
      reader,
      addressHash,
      content,
      copies: history?.copies,
      at,
      roundId: null,
    });
    const ids = await tx.deliveries.insert([delivery]);
    const deliveryId = ids.get(delivery.messageId) ?? 0;
    await tx.records.recordAudit({
      at,
      actor: order.actor,
      action: 'resend',
      subject: `delivery ${deliveryId}`,
      detail: { edition: edition.name, subscription: reader.id, after: last?.id ?? null },
    });
    return { deliveryId, messageId: delivery.messageId, resend: delivery.resend };
  });
  await planSending(outside);
  return sent;
}

async function makeContent(
  store: Outside['store'],
  copy: { editionId: number; reader: Subscription; at: Date },
) {
  const { editionId, reader, at } = copy;
  const editions = await loadEditions(store, at, editionId);
  const { subscriberId } = reader;
  const taste = (await findTastes({ store, now: () => at }, [subscriberId])).get(subscriberId);
  const covers = { editions: [editionId], leftOut: 0 };
  const decision = decideDigest({ ...reader, taste }, editions, covers);
  if ('exclusion' in decision) {
    throw new ResendRefused('nothing in this edition matches what the reader follows');
  }
  return decision.content;
}

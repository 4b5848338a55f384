import type { PostAnswer } from '../../poster/poster.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';
import { audit, getWebhook, type NamedOrder } from './endpoints.ts';
import { holdForHand, type PostOutside, sendBatch } from './post.ts';

/** Sends a webhook a batch without events, on or off; what was answered. Its log keeps it. */
export async function testWebhook(
  outside: PostOutside,
  { name, actor }: NamedOrder,
): Promise<PostAnswer> {
  const { store, now } = outside;
  const webhook = await getWebhook(store, name);
  const { id: webhookId, marks } = webhook;
  const made = { webhookId, after: marks, upto: marks, events: 0, isTest: true } as const;
  const batchId = await store.batches.insert({ ...made, outcome: 'failed' }, now());
  await audit(outside, { name, actor, action: 'test_webhook', detail: { batch: batchId } });
  return sendBatch(outside, webhook, await getBatch(store, batchId));
}

/**
 * Sends a batch now: one that waits, before its time, or one that was taken, once more and under
 * the same key; what was answered. Throws OrderRefused where there is none.
 */
export async function resendBatch(
  outside: PostOutside,
  { batchId, actor }: { batchId: number; actor: string },
): Promise<PostAnswer> {
  const { store } = outside;
  const batch = await getBatch(store, batchId);
  const webhook = await store.webhooks.find(batch.webhookId);
  if (!webhook) throw new OrderRefused(`there is no batch ${batchId}`, 'missing');
  const order = { name: webhook.name, actor, action: 'resend_batch', detail: { batch: batchId } };
  await audit(outside, order);
  return holdForHand(outside, webhook, async () =>
    // Whoever had the webhook meanwhile may have sent it.
    sendBatch(outside, webhook, await getBatch(store, batchId)),
  );
}

/** Tells the batch that waits to nobody, so that what came after it goes on; its id. */
export function leaveOut(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<number> {
  return store.transaction(async (tx) => {
    const { id } = await getWebhook(tx, name);
    const batchId = await tx.batches.recordLeftOut(id);
    if (batchId === undefined) throw new OrderRefused(`no batch of ${name} waits`, 'conflict');
    const order = { name, actor, action: 'leave_out', detail: { batch: batchId } };
    await audit({ store: tx, now }, order);
    return batchId;
  });
}

async function getBatch(store: Outside['store'], batchId: number) {
  const batch = await store.batches.find(batchId);
  if (!batch) throw new OrderRefused(`there is no batch ${batchId}`, 'missing');
  return batch;
}

import { setTimeout as wait } from 'node:timers/promises';
import { countOf } from '../../core/text/words.ts';
import {
  cutBatch,
  isBehind,
  latestOf,
  MOST_EVENTS,
  orderEvents,
} from '../../core/webhooks/batch.ts';
import { secretsAt } from '../../core/webhooks/endpoint.ts';
import { batchKey, buildBatch, type EventRow } from '../../core/webhooks/event.ts';
import { judgeTry } from '../../core/webhooks/retry.ts';
import type { PostAnswer } from '../../poster/poster.ts';
import type { Batch } from '../../store/webhooks/batches.ts';
import type { Webhook } from '../../store/webhooks/webhooks.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';
import { audit, openEndpoint } from './endpoints.ts';

export type PostOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'poster' | 'now'>;

/** Well beyond the time that one request has. */
const LEASE_MS = 60_000;
/** Then the next look goes on: others have work in the queue, too. */
const MOST_BATCHES = 200;
/** A batch is made of at most so many; all of it is read again at each try. */
const MOST_READ = 10 * MOST_EVENTS;

/** Looks how far events are known, where somebody is told any. */
export async function lookForEvents({ store }: Pick<Outside, 'store'>): Promise<void> {
  await store.events.recordSeen();
}

/**
 * Tells a webhook what happened, batch after batch in order, until there is no more or one is not
 * taken. A batch stands in a table before it goes out, and its end after it: whoever dies in the
 * middle leaves it to the next, who sends it again under the same key. What it did in a line.
 */
export async function postEvents(
  outside: PostOutside,
  webhookId: number,
  isStopping: () => boolean = () => false,
): Promise<string | undefined> {
  await lookForEvents(outside);
  let sent = 0;
  const line = await holding(outside, webhookId, async (webhook) => {
    while (sent < MOST_BATCHES && !isStopping()) {
      const batch = await findDue(outside, webhook.id);
      if (!batch) break;
      await outside.store.webhooks.renew(webhook.id, LEASE_MS);
      const answer = await sendBatch(outside, webhook, batch);
      if (!answer.isTaken) return `webhook ${webhook.name} did not take a batch: ${answer.words}`;
      sent += 1;
    }
    return undefined;
  });
  if (line !== undefined || sent === 0) return line;
  return `a webhook took ${countOf(sent, 'post')} of events`;
}

/** Works on a webhook while nobody else does; undefined where somebody else has it, or it is off. */
async function holding<Result>(
  { store }: PostOutside,
  webhookId: number,
  work: (webhook: Webhook) => Promise<Result>,
): Promise<Result | undefined> {
  const webhook = await store.webhooks.claim(webhookId, LEASE_MS);
  if (!webhook) return undefined;
  try {
    return webhook.offBecause === null ? await work(webhook) : undefined;
  } finally {
    await store.webhooks.release(webhookId);
  }
}

const ASK_AGAIN_MS = 200;

/** The same for whoever stands and waits: for at most the time of a lease. Throws OrderRefused beyond that. */
export async function holdForHand<Result>(
  { store }: PostOutside,
  { id, name }: Webhook,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let waited = 0; waited <= LEASE_MS; waited += ASK_AGAIN_MS) {
    if (await store.webhooks.claim(id, LEASE_MS)) {
      return work().finally(() => store.webhooks.release(id));
    }
    await wait(ASK_AGAIN_MS);
  }
  throw new OrderRefused(`${name} is being told something just now: try again`, 'conflict');
}

/** The batch that is to go out now: the one that waits, if its time has come, else the next. */
async function findDue({ store, now }: PostOutside, webhookId: number): Promise<Batch | undefined> {
  const open = await store.batches.findOpen(webhookId);
  if (open) return open.nextAt && open.nextAt <= now() ? open : undefined;
  return store.transaction(async (tx) => {
    const webhook = await tx.webhooks.find(webhookId);
    if (!webhook || webhook.offBecause !== null) return undefined;
    const { marks: after, events } = webhook;
    const settled = latestOf(after, await tx.events.getSettled());
    if (!isBehind(after, settled)) return undefined;
    const range = { events, after, upto: settled, most: MOST_EVENTS + 1 };
    const { upto, rows } = cutBatch(await tx.events.list(range), settled);
    await tx.webhooks.recordMarks(webhookId, upto);
    if (rows.length === 0) return undefined;
    const made = { webhookId, after, upto, events: rows.length, isTest: false, outcome: null };
    return tx.batches.find(await tx.batches.insert(made, now()));
  });
}

/** Sends a batch once, and records what came of it and what follows. */
export async function sendBatch(
  outside: PostOutside,
  webhook: Webhook,
  batch: Batch,
): Promise<PostAnswer> {
  const { store, now } = outside;
  const begun = performance.now();
  const answer = await post(outside, webhook, batch);
  const { isTaken, words, status, said, retryAfterMs } = answer;
  const at = now();
  const tookMs = Math.round(performance.now() - begun);
  const told = said && !isTaken ? `${words}: ${said}` : words;
  const done = { at, tookMs, status: status ?? null, words: told };
  const tries = batch.tries + 1;
  await store.transaction(async (tx) => {
    if (isTaken)
      return tx.batches.recordTry(batch.id, done, { tries, nextAt: null, outcome: 'taken' });
    // What was decided of it before stands, such as that it was taken.
    if (batch.outcome !== null) {
      return tx.batches.recordTry(batch.id, done, { tries, nextAt: null, outcome: batch.outcome });
    }
    const next = judgeTry({ batchId: batch.id, tries, status, retryAfterMs });
    const nextAt = 'afterMs' in next ? new Date(at.getTime() + next.afterMs) : null;
    await tx.batches.recordTry(batch.id, done, { tries, nextAt, outcome: null });
    if ('afterMs' in next || !(await tx.webhooks.recordOff(webhook.id, next.off, at))) return;
    const order = { name: webhook.name, actor: 'service', action: 'switch_off' };
    await audit({ store: tx, now }, { ...order, detail: { because: next.off, answer: told } });
  });
  return answer;
}

async function post(outside: PostOutside, webhook: Webhook, batch: Batch): Promise<PostAnswer> {
  const { poster, config, now } = outside;
  try {
    const endpoint = await openEndpoint(outside, webhook);
    const { name, withAddresses } = webhook;
    const rows = batch.isTest ? [] : await readBatch(outside, webhook, batch);
    const body = buildBatch({ ...batch, webhook: name, withAddresses }, rows);
    const signed = { id: batchKey(batch), secrets: secretsAt(endpoint, now()) };
    const mayBePrivate = config.webhooks.allowPrivate;
    return await poster.post({ url: endpoint.url, post: { body, signed }, mayBePrivate });
  } catch (error) {
    if (error instanceof OrderRefused) return { isTaken: false, words: error.message };
    throw error;
  }
}

/** Reads anew what is in a batch: whoever was erased meanwhile is not named any more. */
async function readBatch(
  { store }: PostOutside,
  { events }: Webhook,
  { after, upto }: Batch,
): Promise<EventRow[]> {
  return orderEvents(await store.events.list({ events, after, upto, most: MOST_READ }));
}

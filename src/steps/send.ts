import { setTimeout as wait } from 'node:timers/promises';
import {
  type ClaimedDelivery,
  classifyResult,
  type Outcome,
  type SendResult,
} from '../core/letter/delivery.ts';
import type { Message } from '../mail/message.ts';
import type { Outside } from './steps.ts';
import { createShared, renderDelivery, type Shared } from './view.ts';

/** What sending came to. */
export interface SendReport {
  readonly accepted: number;
  readonly deferred: number;
  readonly failed: number;
  readonly inDoubt: number;
}

/** A process that may send, as long as its lease holds. */
export interface Sender {
  readonly id: number;
}

type SendOutside = Pick<Outside, 'store' | 'relay' | 'renderer' | 'config' | 'now'>;
type Held = Pick<ClaimedDelivery, 'id' | 'fence'> & { readonly senderId: number };

/** A few hundred deliveries a job. */
export const SHARD = 300;
/** What the check before the body refused would be refused again at once. */
const RETURNED_FOR_MS = 30_000;
const RECORD_TRIES = 40;
const RECORD_AGAIN_MS = 500;

/**
 * Claims and sends up to a shard of deliveries, over as many connections as configured.
 * `isStopping` ends it early: nothing new is claimed, what is on the wire is recorded.
 * Throws where an outcome could not be recorded: the caller must then give up the lease,
 * so that what is still held is taken back.
 */
export async function sendShard(
  outside: SendOutside,
  sender: Sender,
  isStopping: () => boolean,
): Promise<SendReport> {
  const { store, config, now } = outside;
  const counts = { accepted: 0, deferred: 0, failed: 0, in_doubt: 0 };
  const one = { ...outside, shared: createShared(outside), isStopping };
  let left = SHARD;
  // Each connection claims for itself, so that a slow answer holds up nobody else.
  const sendOnOne = async () => {
    while (left > 0 && !isStopping()) {
      left -= 1;
      const [claimed] = await store.deliveries.claim({ senderId: sender.id, now: now(), most: 1 });
      if (!claimed) return;
      const state = await sendOne(one, claimed, sender);
      if (state) counts[state] += 1;
    }
  };
  await store.deliveries.failForbidden(now());
  const ended = await Promise.allSettled(
    Array.from({ length: config.sending.connections }, sendOnOne),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  const { in_doubt: inDoubt, ...rest } = counts;
  return { ...rest, inDoubt };
}

type OneOutside = SendOutside & { shared: Shared; isStopping: () => boolean };

async function sendOne(
  outside: OneOutside,
  claimed: ClaimedDelivery,
  sender: Sender,
): Promise<Outcome['state'] | undefined> {
  const { store, relay, now } = outside;
  const held = { id: claimed.id, fence: claimed.fence, senderId: sender.id };
  const startedAt = now();
  let bodyStartedAt: Date | null = null;
  const gate = async () => {
    const mayGo = await store.deliveries.recordInFlight(held);
    if (mayGo) bodyStartedAt = now();
    return mayGo;
  };
  const message = await renderMessage(outside, claimed.id);
  const result = 'kind' in message ? message : await relay.send(message, gate);
  return untilRecorded(outside.isStopping, () =>
    recordResult(outside, { held, claimed, result, startedAt, bodyStartedAt }),
  );
}

/** A message that cannot be rendered costs that message only. */
async function renderMessage(outside: OneOutside, id: number): Promise<Message | SendResult> {
  try {
    const letter = await renderDelivery(outside, id, outside.shared);
    if (letter) return letter.message;
    return { kind: 'unsent', stage: 'connect', reason: 'there is no digest to render' };
  } catch (error) {
    return { kind: 'unsent', stage: 'connect', reason: (error as Error).message };
  }
}

/** Only this process knows the outcome: a database that is away for a moment is asked again. */
async function untilRecorded<Result>(
  isStopping: () => boolean,
  record: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await record();
    } catch (error) {
      if (tries === RECORD_TRIES || isStopping()) throw error;
      await wait(RECORD_AGAIN_MS);
    }
  }
}

async function recordResult(
  { store, relay, now }: Pick<Outside, 'store' | 'relay' | 'now'>,
  done: {
    held: Held;
    claimed: ClaimedDelivery;
    result: SendResult;
    startedAt: Date;
    bodyStartedAt: Date | null;
  },
): Promise<Outcome['state'] | undefined> {
  const { held, result, startedAt, bodyStartedAt } = done;
  const outcome = classifyResult(result, done.claimed.attempts);
  if (!outcome) {
    await store.deliveries.recordReturned(held, new Date(now().getTime() + RETURNED_FOR_MS));
    return undefined;
  }
  const attempt = { relay: relay.name, startedAt, bodyStartedAt, endedAt: now(), result, outcome };
  const isRecorded = await store.deliveries.recordOutcome(held, attempt);
  return isRecorded ? outcome.state : undefined;
}

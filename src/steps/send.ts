import { type ClaimedDelivery, classifyResult, type SendResult } from '../core/delivery.ts';
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

/**
 * Claims and sends up to a shard of deliveries, over as many connections as configured.
 * `isStopping` ends it early: nothing new is claimed, what is on the wire is recorded.
 */
export async function sendShard(
  outside: SendOutside,
  sender: Sender,
  isStopping: () => boolean,
): Promise<SendReport> {
  const { store, config, now } = outside;
  const counts = { accepted: 0, deferred: 0, failed: 0, in_doubt: 0 };
  let left = SHARD;
  const shared = createShared(outside);
  await store.deliveries.failForbidden(now());
  while (left > 0 && !isStopping()) {
    const most = Math.min(left, config.sending.connections);
    const claimed = await store.deliveries.claim({ senderId: sender.id, now: now(), most });
    if (claimed.length === 0) break;
    left -= claimed.length;
    const states = await Promise.all(
      claimed.map((delivery) => sendOne({ ...outside, shared }, delivery, sender)),
    );
    for (const state of states)
      if (state && state in counts) counts[state as keyof typeof counts] += 1;
  }
  const { in_doubt: inDoubt, ...rest } = counts;
  return { ...rest, inDoubt };
}

async function sendOne(
  outside: SendOutside & { shared: Shared },
  claimed: ClaimedDelivery,
  sender: Sender,
): Promise<string | undefined> {
  const { store, relay, now } = outside;
  const held = { id: claimed.id, fence: claimed.fence, senderId: sender.id };
  const startedAt = now();
  let bodyStartedAt: Date | null = null;
  const letter = await renderDelivery(outside, claimed.id, outside.shared);
  if (!letter) throw new Error(`delivery ${claimed.id} has no digest to render`);
  const result = await relay.send(letter.message, async () => {
    const mayGo = await store.deliveries.recordInFlight(held);
    if (mayGo) bodyStartedAt = now();
    return mayGo;
  });
  return recordResult(outside, { held, claimed, result, startedAt, bodyStartedAt });
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
): Promise<string | undefined> {
  const { held, result, startedAt, bodyStartedAt } = done;
  const outcome = classifyResult(result, done.claimed.attempts);
  if (!outcome) {
    await store.deliveries.recordReturned(held, now());
    return undefined;
  }
  const attempt = { relay: relay.name, startedAt, bodyStartedAt, endedAt: now(), result, outcome };
  const isRecorded = await store.deliveries.recordOutcome(held, attempt);
  return isRecorded ? outcome.state : undefined;
}

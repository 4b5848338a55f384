import { setTimeout as wait } from 'node:timers/promises';
import { judgeReply } from '../../core/letter/answers.ts';
import {
  type ClaimedDelivery,
  classifyResult,
  type Outcome,
  type SendResult,
  verdictOf,
} from '../../core/letter/delivery.ts';
import type { Message } from '../../mail/message.ts';
import type { Held } from '../../store/ledger/claims.ts';
import { createShared, renderDelivery, type Shared } from '../digests/view.ts';
import type { Outside } from '../steps.ts';
import { breakScope } from './break.ts';

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

/** A few hundred deliveries a job. */
export const SHARD = 300;
/** What the check before the body refused may be refused again at once. */
const RETURNED_FOR_MS = 1_000;
/**
 * The mark lets a body begin only while it is fresh: a process that was frozen behind it may
 * wake when the delivery is no longer its own.
 */
const MARK_HOLDS_MS = 5_000;
/** Ten minutes: who gives up leaves a doubt, and who waits begins no other body meanwhile. */
const RECORD_TRIES = 1_200;
const RECORD_AGAIN_MS = 500;
const LOOK_AGAIN_MS = 250;

/**
 * Claims and sends up to a shard of deliveries, over as many connections as configured and
 * as the relay bears. `isStopping` ends it early: nothing new is claimed, what is on the wire
 * is recorded. Throws where an outcome could not be recorded: the caller must then give up
 * the lease, so that what is still held is taken back.
 */
export async function sendShard(
  outside: SendOutside,
  sender: Sender,
  isStopping: () => boolean,
): Promise<SendReport> {
  const { store, config, now } = outside;
  const counts = { accepted: 0, deferred: 0, failed: 0, in_doubt: 0 };
  const one = { ...outside, shared: createShared(outside), isStopping };
  const { pace } = outside.relay;
  const shard = { left: SHARD, isOver: false };
  // Each connection claims for itself, so that a slow answer holds up nobody else.
  const sendOnOne = async (_: unknown, connection: number) => {
    while (shard.left > 0 && !shard.isOver && !isStopping()) {
      if (connection >= pace.connections()) {
        await wait(LOOK_AGAIN_MS);
        continue;
      }
      shard.left -= 1;
      const [claimed] = await store.deliveries.claim({ senderId: sender.id, now: now(), most: 1 });
      if (!claimed) break;
      const state = await sendOne(one, claimed, sender);
      if (state) counts[state] += 1;
      await rest(pace.restMs(), isStopping);
    }
    shard.isOver = true;
  };
  await store.deliveries.failForbidden(now());
  const ended = await Promise.allSettled(
    Array.from({ length: config.sending.connections }, (each, at) =>
      sendOnOne(each, at).finally(() => {
        shard.isOver = true;
      }),
    ),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  const { in_doubt: inDoubt, ...rest_ } = counts;
  return { ...rest_, inDoubt };
}

/** Waits between two messages to a busy relay, and no longer once the process is ending. */
async function rest(ms: number, isStopping: () => boolean): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end && !isStopping()) {
    await wait(Math.min(LOOK_AGAIN_MS, end - performance.now()));
  }
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
    const askedAt = performance.now();
    const isMarked = await store.deliveries.recordInFlight(held);
    const isFresh = performance.now() - askedAt < MARK_HOLDS_MS;
    if (isMarked && isFresh) bodyStartedAt = now();
    return isMarked && isFresh;
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
      if (tries === RECORD_TRIES || (isStopping() && tries > 2)) throw error;
      await wait(RECORD_AGAIN_MS);
    }
  }
}

interface Done {
  readonly held: Held;
  readonly claimed: ClaimedDelivery;
  readonly result: SendResult;
  readonly startedAt: Date;
  readonly bodyStartedAt: Date | null;
}

async function recordResult(
  outside: Pick<OneOutside, 'store' | 'relay' | 'config' | 'now' | 'isStopping'>,
  done: Done,
): Promise<Outcome['state'] | undefined> {
  const { store, relay, now, isStopping } = outside;
  const { held, claimed, result, startedAt, bodyStartedAt } = done;
  const outcome = classifyResult(result, claimed.attempts);
  if (!outcome || (isStopping() && result.kind === 'unsent')) {
    const waitMs = outcome ? 0 : RETURNED_FOR_MS;
    await store.deliveries.recordReturned(held, new Date(now().getTime() + waitMs));
    return undefined;
  }
  const stops = result.kind === 'refused' && judgeReply(result.stage, result.reply).stopsAtOnce;
  const isRecorded = await store.deliveries.recordOutcome(held, {
    relay: relay.name,
    startedAt,
    bodyStartedAt,
    endedAt: now(),
    result,
    outcome,
    // What this process broke off itself says nothing against the edition.
    verdict: isStopping() && result.kind === 'in_doubt' ? 'abandoned' : verdictOf(result),
    stops: stops === true,
  });
  if (!isRecorded) return undefined;
  if (outcome.state !== 'accepted') await breakScope(outside, claimed.editionId);
  return outcome.state;
}

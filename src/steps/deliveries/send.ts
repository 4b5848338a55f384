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
import type { Seat } from '../../mail/relay/relay.ts';
import type { Held } from '../../store/ledger/claims.ts';
import { createShared, renderDelivery, type Shared } from '../digests/view.ts';
import { recordRefusal } from '../feedback/bounce.ts';
import type { Outside } from '../steps.ts';
import { breakAfter } from './break.ts';
import { handOver } from './hand-over.ts';

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

type SendOutside = Pick<
  Outside,
  'store' | 'relay' | 'renderer' | 'mxGroups' | 'keys' | 'config' | 'now'
>;

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
  await store.deliveries.failForbidden(now());
  const shard: Shard = {
    counts: { accepted: 0, deferred: 0, failed: 0, in_doubt: 0 },
    left: SHARD,
    isOver: false,
    mayClaimAt: 0,
    returnsUntil: 0,
  };
  const one = { ...outside, shared: createShared(outside), isStopping, sender, shard };
  // Each connection claims for itself, so that a slow answer holds up nobody else.
  const ended = await Promise.allSettled(
    Array.from({ length: config.sending.connections }, () =>
      sendInTurn(one).finally(() => {
        shard.isOver = true;
      }),
    ),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  const { in_doubt: inDoubt, ...rest } = shard.counts;
  return { ...rest, inDoubt };
}

/** What the connections of one shard share; moments are of the steady clock. */
interface Shard {
  readonly counts: Record<Outcome['state'], number>;
  left: number;
  isOver: boolean;
  /** Before this no relay has a turn to give. */
  mayClaimAt: number;
  /** Until then what was sent away comes back for its turn, one after the other. */
  returnsUntil: number;
}

type OneOutside = SendOutside & {
  shared: Shared;
  isStopping: () => boolean;
  sender: Sender;
  shard: Shard;
};

/** Sends one message after the other until there is nothing left to claim. */
async function sendInTurn(outside: OneOutside): Promise<void> {
  const { store, relay, shard, sender, now, isStopping } = outside;
  while (shard.left > 0 && !shard.isOver && !isStopping()) {
    const seat = performance.now() < shard.mayClaimAt ? undefined : relay.takeSeat();
    if (!seat) {
      await wait(LOOK_AGAIN_MS);
      continue;
    }
    try {
      const [claimed] = await store.deliveries.claim({ senderId: sender.id, now: now(), most: 1 });
      if (claimed) {
        shard.left -= 1;
        const state = await sendOne(outside, claimed, seat);
        if (state) shard.counts[state] += 1;
        continue;
      }
    } finally {
      seat.leave();
    }
    if (performance.now() > shard.returnsUntil) break;
    await wait(LOOK_AGAIN_MS);
  }
}

async function sendOne(
  outside: OneOutside,
  claimed: ClaimedDelivery,
  seat: Seat,
): Promise<Outcome['state'] | undefined> {
  const { store, sender, now } = outside;
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
  const { result, relay } =
    'kind' in message
      ? { result: message, relay: seat.relay }
      : await handOver(outside, { message, gate, seat });
  return untilRecorded(outside.isStopping, () =>
    recordResult(outside, { held, claimed, result, relay, startedAt, bodyStartedAt }),
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

/** How long what was not sent stays away; one that waits for its turn holds up others of its kind. */
function keepPace(shard: Shard, result: SendResult): number {
  if (result.kind !== 'paced') return RETURNED_FOR_MS;
  const until = performance.now() + result.waitMs;
  if (result.of === 'relay') shard.mayClaimAt = Math.max(shard.mayClaimAt, until);
  shard.returnsUntil = Math.max(shard.returnsUntil, until + LOOK_AGAIN_MS);
  return result.waitMs;
}

interface Done {
  readonly held: Held;
  readonly claimed: ClaimedDelivery;
  readonly result: SendResult;
  readonly relay: string;
  readonly startedAt: Date;
  readonly bodyStartedAt: Date | null;
}

async function recordResult(
  outside: Pick<OneOutside, 'store' | 'keys' | 'config' | 'now' | 'isStopping' | 'shard'>,
  done: Done,
): Promise<Outcome['state'] | undefined> {
  const { store, shard, now, isStopping } = outside;
  const { held, claimed, result, startedAt, bodyStartedAt } = done;
  const outcome = classifyResult(result, claimed.attempts);
  if (!outcome || (isStopping() && result.kind === 'unsent')) {
    const waitMs = outcome ? 0 : keepPace(shard, result);
    await store.deliveries.recordReturned(held, new Date(now().getTime() + waitMs));
    return undefined;
  }
  const stops = result.kind === 'refused' && judgeReply(result.stage, result.reply).stopsAtOnce;
  const isRecorded = await store.deliveries.recordOutcome(held, {
    relay: done.relay,
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
  if (result.kind === 'refused' && verdictOf(result) === 'message') {
    await recordRefusal(outside, claimed.id, result.reply);
  }
  if (outcome.state !== 'accepted') await breakAfter(outside, claimed);
  return outcome.state;
}

import { setTimeout as wait } from 'node:timers/promises';
import { judgeReply } from '../../core/letter/answers.ts';
import {
  classifyResult,
  type Outcome,
  type SendResult,
  verdictOf,
} from '../../core/letter/delivery.ts';
import type { Message } from '../../mail/message.ts';
import type { Seat } from '../../mail/relay/relay.ts';
import type { Held } from '../../store/ledger/claims.ts';
import { createShared, renderForSending, type Shared } from '../digests/view.ts';
import { recordRefusal } from '../feedback/bounce.ts';
import type { Outside } from '../steps.ts';
import { breakAfter } from './break.ts';
import type { DomainRests } from './domain-rests.ts';
import { handOver } from './hand-over.ts';
import { createLedgerWriter, type LedgerWriter } from './ledger-writer.ts';
import { type Claimed, createSupply, type Supply } from './supply.ts';

/** What sending came to. */
export interface SendReport {
  readonly accepted: number;
  readonly deferred: number;
  readonly failed: number;
  readonly inDoubt: number;
}

/** A process that may send, as long as its lease holds, and what it has heard of domains. */
export interface Sender {
  readonly id: number;
  readonly rests: DomainRests;
}

type SendOutside = Pick<
  Outside,
  'store' | 'memory' | 'relay' | 'renderer' | 'mxGroups' | 'keys' | 'config' | 'now'
>;

/** Some thousand deliveries, then what is kept for them begins anew. */
const SHARD = 5_000;
/** What the check before the body refused may be refused again at once. */
const RETURNED_FOR_MS = 1_000;
/**
 * The mark lets a body begin only while it is fresh: a process that was frozen behind it may
 * wake when the delivery is no longer its own.
 */
const MARK_HOLDS_MS = 5_000;
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
  await store.deliveries.failCancelled(now());
  const { connections } = config.sending;
  const writer = createLedgerWriter(outside, isStopping);
  const supply = createSupply(outside, {
    senderId: sender.id,
    writer,
    connections,
    most: SHARD,
  });
  const shard: Shard = {
    counts: { accepted: 0, deferred: 0, failed: 0, in_doubt: 0 },
    isOver: false,
    mayClaimAt: 0,
    returnsUntil: 0,
  };
  const one = {
    ...outside,
    shared: createShared(outside),
    isStopping,
    sender,
    writer,
    supply,
    shard,
  };
  const ended = await Promise.allSettled(
    Array.from({ length: connections }, () =>
      sendInTurn(one).finally(() => {
        shard.isOver = true;
      }),
    ),
  );
  await supply.letGo();
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  if (shard.fault) throw shard.fault;
  const { in_doubt: inDoubt, ...rest } = shard.counts;
  return { ...rest, inDoubt };
}

/** What the connections of one shard share; moments are of the steady clock. */
interface Shard {
  readonly counts: Record<Outcome['state'], number>;
  isOver: boolean;
  /** Why what was claimed ahead could not be given back. */
  fault?: unknown;
  /** Before this no relay has a turn to give. */
  mayClaimAt: number;
  /** Until then what was sent away comes back for its turn, one after the other. */
  returnsUntil: number;
}

type OneOutside = SendOutside & {
  readonly shared: Shared;
  readonly isStopping: () => boolean;
  readonly sender: Sender;
  readonly writer: LedgerWriter;
  readonly supply: Supply;
  readonly shard: Shard;
};

/** Sends one message after the other until there is nothing left to claim. */
async function sendInTurn(outside: OneOutside): Promise<void> {
  const { relay, shard, supply, isStopping } = outside;
  while (!shard.isOver && !isStopping()) {
    const seat = performance.now() < shard.mayClaimAt ? undefined : relay.takeSeat();
    if (!seat) {
      await wait(LOOK_AGAIN_MS);
      continue;
    }
    try {
      const next = await supply.take();
      if (next) {
        const state = await sendOne(outside, next, seat);
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
  next: Claimed,
  seat: Seat,
): Promise<Outcome['state'] | undefined> {
  const { writer, sender, now } = outside;
  const { rests } = sender;
  const { claimed } = next;
  const held = { id: claimed.id, fence: claimed.fence, senderId: sender.id };
  const startedAt = now();
  let bodyStartedAt: Date | null = null;
  const gate = async () => {
    const askedAt = performance.now();
    const isMarked = await writer.mark(held);
    const isFresh = performance.now() - askedAt < MARK_HOLDS_MS;
    if (isMarked && isFresh) {
      bodyStartedAt = now();
      outside.memory.noteBegun(claimed.messageId, bodyStartedAt);
    }
    return isMarked && isFresh;
  };
  const message = await renderMessage(outside, next);
  const { result, relay } =
    'kind' in message
      ? { result: message, relay: seat.relay }
      : await handOver(outside, { message, gate, seat, rests });
  return recordResult(outside, { held, next, result, relay, startedAt, bodyStartedAt });
}

/** A message that cannot be rendered costs that message only. */
async function renderMessage(
  outside: OneOutside,
  { delivery }: Claimed,
): Promise<Message | SendResult> {
  const unsent = (reason: string): SendResult => ({ kind: 'unsent', stage: 'connect', reason });
  if (!delivery?.address) return unsent('there is no digest to render');
  try {
    return await renderForSending(outside, delivery, outside.shared);
  } catch (error) {
    return unsent((error as Error).message);
  }
}

/** How long what was not sent stays away; one that waits for its turn holds up others of its kind. */
function keepPace({ shard, supply }: OneOutside, result: SendResult): number {
  // What was claimed ahead would be refused as well, or wait with us for a turn.
  if (result.kind === 'withheld' || (result.kind === 'paced' && result.of === 'relay')) {
    supply.letGo().catch((error: unknown) => {
      shard.fault = error;
      shard.isOver = true;
    });
  }
  if (result.kind !== 'paced') return RETURNED_FOR_MS;
  const until = performance.now() + result.waitMs;
  if (result.of === 'relay') shard.mayClaimAt = Math.max(shard.mayClaimAt, until);
  shard.returnsUntil = Math.max(shard.returnsUntil, until + LOOK_AGAIN_MS);
  return result.waitMs;
}

interface Done {
  readonly held: Held;
  readonly next: Claimed;
  readonly result: SendResult;
  readonly relay: string;
  readonly startedAt: Date;
  readonly bodyStartedAt: Date | null;
}

async function recordResult(
  outside: OneOutside,
  done: Done,
): Promise<Outcome['state'] | undefined> {
  const { writer, supply, now, isStopping } = outside;
  const { held, result, startedAt, bodyStartedAt } = done;
  const { claimed } = done.next;
  const outcome = classifyResult(result, claimed.attempts);
  if (!outcome || (isStopping() && result.kind === 'unsent')) {
    const waitMs = outcome ? 0 : keepPace(outside, result);
    await writer.giveBack({ ...held, at: new Date(now().getTime() + waitMs) });
    return undefined;
  }
  const stops = result.kind === 'refused' && judgeReply(result.stage, result.reply).stopsAtOnce;
  const attempt = {
    relay: done.relay,
    startedAt,
    bodyStartedAt,
    endedAt: now(),
    result,
    outcome,
    // What this process broke off itself says nothing against the edition.
    verdict: isStopping() && result.kind === 'in_doubt' ? 'abandoned' : verdictOf(result),
    stops: stops === true,
  } as const;
  if (!(await writer.record({ held, attempt }))) return undefined;
  if (result.kind === 'refused' && verdictOf(result) === 'message') {
    await recordRefusal(outside, claimed.id, result.reply);
  }
  const isStopped = outcome.state !== 'accepted' && (await breakAfter(outside, claimed));
  // What was claimed ahead is refused before the mark that would ask for the pause.
  if (isStopped) await supply.letGo();
  return outcome.state;
}

import { randomUUID } from 'node:crypto';
import {
  type Heartbeat,
  hasGoneBack,
  isHandful,
  tellGoneBack,
} from '../../core/letter/heartbeat.ts';
import type { Outside } from '../steps.ts';

type PastOutside = Pick<Outside, 'store' | 'memory' | 'now'>;

/** What a body began with is noted a moment later, and clocks differ by less. */
const MARGIN_MS = 5_000;

/**
 * Counts one more in the database and remembers it outside. Where more is remembered than was counted, the
 * database went back. What is remembered of messages says what of it lost its record: a handful is held in
 * doubt; else everything is paused, in the breaker's name. False where it went back.
 */
export async function watchPast(outside: PastOutside): Promise<boolean> {
  const { store, memory, now } = outside;
  // Before it is counted: what others count meanwhile must not look like a later past.
  const remembered = await memory.recall();
  const { before, ...counted } = await store.heartbeats.beat(randomUUID(), now());
  if (!remembered || !hasGoneBack(remembered, counted)) {
    await memory.remember(counted);
    return true;
  }
  const past = { remembered, before: before ?? counted.at };
  const lost = await findLost(outside, past);
  if (lost) await holdFew(outside, past, lost);
  else await holdAll(outside, past);
  return false;
}

interface Past {
  readonly remembered: Heartbeat;
  /** When the database was counted last, as it says now. */
  readonly before: string;
}

/** The messages that lost their record, where all of them are known and they are a handful. */
async function findLost(
  { store, memory }: PastOutside,
  { remembered, before }: Past,
): Promise<readonly string[] | undefined> {
  const since = new Date(Date.parse(before) - MARGIN_MS);
  const begun = await memory.listBegun(since, remembered);
  if (!begun) return undefined;
  const { known, lost, planned } = await store.deliveries.countLost(begun);
  // Where a message has no row any more, its round is gone, and would be planned anew.
  return known === begun.length && isHandful(lost, planned) ? begun : undefined;
}

async function holdFew(
  { store, now }: PastOutside,
  { remembered, before }: Past,
  messageIds: readonly string[],
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    await tx.heartbeats.goOn(remembered.count);
    const held = await tx.deliveries.holdLost(messageIds, at);
    const detail = { reason: tellGoneBack(remembered, before), held };
    await tx.records.recordAudit({
      at,
      actor: 'breaker',
      action: 'hold',
      subject: 'deliveries',
      detail,
    });
  });
}

async function holdAll({ store, now }: PastOutside, { remembered, before }: Past): Promise<void> {
  const at = now();
  const reason = tellGoneBack(remembered, before);
  await store.transaction(async (tx) => {
    await tx.heartbeats.goOn(remembered.count);
    if (!(await tx.pauses.insert({ kind: 'all' }, { actor: 'breaker', reason, at }))) return;
    const entry = { at, actor: 'breaker', action: 'pause', subject: 'all', detail: { reason } };
    await tx.records.recordAudit(entry);
  });
}

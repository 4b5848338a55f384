import { randomUUID } from 'node:crypto';
import { type Heartbeat, hasGoneBack, tellGoneBack } from '../../core/letter/heartbeat.ts';
import type { Outside } from '../steps.ts';

type PastOutside = Pick<Outside, 'store' | 'memory' | 'now'>;

/**
 * Counts one more in the database and remembers it outside. Where more is remembered than was counted, the
 * database went back: everything is paused, in the breaker's name. False then.
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
  await holdAll(outside, remembered, before ?? counted.at);
  return false;
}

async function holdAll(
  { store, now }: PastOutside,
  remembered: Heartbeat,
  before: string,
): Promise<void> {
  const at = now();
  const reason = tellGoneBack(remembered, before);
  await store.transaction(async (tx) => {
    await tx.heartbeats.goOn(remembered.count);
    if (!(await tx.pauses.insert({ kind: 'all' }, { actor: 'breaker', reason, at }))) return;
    const entry = { at, actor: 'breaker', action: 'pause', subject: 'all', detail: { reason } };
    await tx.records.recordAudit(entry);
  });
}

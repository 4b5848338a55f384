import { findReferences } from '../../core/reader/references.ts';
import type { Arrival } from '../../store/feedback/inbound.ts';
import type { Outside } from '../steps.ts';

/** A flood of what nobody understands must not fill the disk. */
const MOST_KEPT = 20_000;

/**
 * Takes what came back into the database, to be read by the step `feedback`: once this has
 * resolved, nothing of it can be lost. False where the same was taken before. Throws where so
 * much waits for a person that a stranger's mail must wait where it is; what is addressed to a
 * signed id is always taken.
 */
export async function takeArrival(
  { store, queue, keys, now }: Pick<Outside, 'store' | 'queue' | 'keys' | 'now'>,
  arrival: Omit<Arrival, 'at'>,
): Promise<boolean> {
  const { source, rcptTo } = arrival;
  const isStrange = source === 'smtp' && findReferences(keys, rcptTo.join('\n')).length === 0;
  if (isStrange && (await store.inbound.isCrowded(MOST_KEPT))) {
    throw new Error(`more than ${MOST_KEPT} inbound mails wait for a person`);
  }
  const id = await store.inbound.insert({ ...arrival, at: now() });
  if (id === undefined) return false;
  await queue.enqueue('feedback', { inboundId: id });
  return true;
}

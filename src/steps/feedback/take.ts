import type { Arrival } from '../../store/feedback/inbound.ts';
import type { Outside } from '../steps.ts';

/**
 * Takes what came back into the database, to be read by the step `feedback`: once this has
 * resolved, nothing of it can be lost. False where the same was taken before.
 */
export async function takeArrival(
  { store, queue, now }: Pick<Outside, 'store' | 'queue' | 'now'>,
  arrival: Omit<Arrival, 'at'>,
): Promise<boolean> {
  const id = await store.inbound.insert({ ...arrival, at: now() });
  if (id === undefined) return false;
  await queue.enqueue('feedback', { inboundId: id });
  return true;
}

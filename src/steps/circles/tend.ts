import { READABLE_MS, WAITS_MS } from '../../core/circles/circle.ts';
import type { Outside } from '../steps.ts';

/**
 * What time does to circles: one whose owner takes no mail any more goes to whoever is in it for
 * longest, one that nobody reads is closed, and one that was closed is removed. Doing it again
 * changes nothing.
 */
export async function tendCircles({ store, now }: Pick<Outside, 'store' | 'now'>): Promise<void> {
  const at = now();
  const before = (ms: number) => new Date(at.getTime() - ms);
  await store.transaction(async (tx) => {
    await tx.circleGuests.removeBefore(before(WAITS_MS));
    await tx.circles.replaceOwners(before(WAITS_MS));
    await tx.circles.closeEmpty(at, before(WAITS_MS));
    await tx.circles.removeClosed(before(READABLE_MS));
  });
}

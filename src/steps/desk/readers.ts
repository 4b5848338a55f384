import { changeWishes } from '../readers/subscribe.ts';
import type { Outside } from '../steps.ts';

/** Lets a reader get nothing before a date of theirs, or (null) go on; false where they are not subscribed. */
export function pauseReader(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: { subscriptionId: number; until: string | null; actor: string },
): Promise<boolean> {
  const { subscriptionId, until: pausedUntil, actor } = order;
  return store.transaction(async (tx) => {
    const reader = await tx.subscribers.find(subscriptionId);
    if (reader?.state !== 'active') return false;
    const { profile, papersPerDigest, schedule } = reader;
    const wishes = { profile, papersPerDigest, schedule, pausedUntil, actor };
    return changeWishes({ store: tx, now }, subscriptionId, wishes);
  });
}

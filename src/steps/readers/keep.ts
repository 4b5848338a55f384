import { type Keeping, MOST_KEPT } from '../../core/reader/kept.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';

type KeepOutside = Pick<Outside, 'store' | 'queue' | 'now'>;

/** A paper and who keeps it. */
export interface Kept {
  readonly subscriberId: number;
  readonly paperId: number;
}

/**
 * Keeps a paper for a reader, which is no vote: nothing is learned from it. `full` where they keep
 * as many as they may, `gone` where there is no such reader any more.
 */
export async function keepPaper(
  { store, queue, now }: KeepOutside,
  { subscriberId, paperId }: Kept,
  { isByMail }: { readonly isByMail: boolean },
): Promise<Keeping> {
  const at = now();
  let hasShelf = false;
  const came = await store.transaction(async (tx): Promise<Keeping> => {
    if (!(await tx.votes.lockReader(subscriberId))) return 'gone';
    if (await tx.kept.has({ subscriberId, paperId })) return 'known';
    if ((await tx.kept.count(subscriberId)) >= MOST_KEPT) return 'full';
    await tx.kept.insert({ subscriberId, paperId, at, isByMail });
    hasShelf = await tx.shelves.touch(subscriberId, at);
    await audit(tx, { subscriberId, action: 'keep', at });
    return 'kept';
  });
  if (hasShelf) await queue.enqueue('shelve', { subscriberId });
  return came;
}

/** Keeps a paper no more. False where it was not kept. */
export function unkeepPaper(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  kept: Kept,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (!(await tx.kept.remove(kept))) return false;
    await audit(tx, { subscriberId: kept.subscriberId, action: 'unkeep', at: now() });
    return true;
  });
}

/** As of a vote, the paper is not named. */
async function audit(
  tx: Store,
  { subscriberId, action, at }: { subscriberId: number; action: string; at: Date },
): Promise<void> {
  const reader = await tx.subscribers.findBySubscriber(subscriberId);
  const subject = `subscription ${reader?.id ?? 0}`;
  await tx.records.recordAudit({ at, actor: 'reader', action, subject, detail: {} });
}

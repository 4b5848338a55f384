import type { Paper } from '../../core/paper/paper.ts';
import { nextCut } from '../../core/reader/schedule.ts';
import type { Arrival } from '../../store/papers/paper-upsert.ts';
import type { Store } from '../../store/store.ts';
import { findPlace } from '../backup/restored.ts';

/** Where and when papers arrive. */
export interface ArrivalPlace {
  readonly cut: { readonly minuteOfDay: number; readonly zone: string };
  readonly at: Date;
  readonly feedId?: number;
  /** Papers that may only join known ones. */
  readonly onlyKnown?: ReadonlySet<Paper>;
}

/**
 * Stores papers in the open draft, or with what a restore set aside; one arrival a paper, in
 * their order. Needs a transaction.
 */
export async function storePapers(
  tx: Store,
  papers: readonly Paper[],
  { cut, at, feedId, onlyKnown }: ArrivalPlace,
): Promise<Arrival[]> {
  const draft = await tx.editions.lockDraft({ at, cutDueAt: nextCut(cut, at) });
  return tx.papers.upsert(papers, {
    editionId: await findPlace(tx, { draftId: draft.id, feedId }),
    isSample: false,
    at,
    ...(feedId !== undefined && { feedId }),
    ...(onlyKnown && { onlyKnown }),
  });
}

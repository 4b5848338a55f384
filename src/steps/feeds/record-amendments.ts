import { findAmended, findAmendments } from '../../core/paper/amendment.ts';
import type { Paper } from '../../core/paper/paper.ts';
import type { Store } from '../../store/store.ts';

/**
 * Ties the corrections and retractions among some papers to the known papers that they are about,
 * so that whoever was sent one of those hears of it. Doing it twice changes nothing. Needs a
 * transaction, after the papers were stored.
 */
export async function recordAmendments(
  tx: Store,
  papers: readonly Paper[],
  at: Date,
): Promise<void> {
  const amendments = findAmendments(papers);
  if (amendments.length === 0) return;
  const known = await tx.papers.listByKeys(
    amendments.flatMap(({ own, about }) => [...own, ...about]),
  );
  for (const amendment of amendments) {
    const id = findAmended(amendment, known);
    if (id !== undefined) await tx.papers.recordAmendment(id, { ...amendment, at });
  }
}

import { buildVectors } from '../../core/search/vector.ts';
import type { Outside } from '../steps.ts';

/** So many papers are read between two statements: a fifth of a second, and locks of as long. */
const AT_ONCE = 100;

/** Whether papers that readers may see cannot be searched for yet. */
export async function areWordsDue({ store }: Pick<Outside, 'store'>): Promise<boolean> {
  return (await store.search.findUnread()) !== undefined;
}

/**
 * Writes the words of papers that readers may see and that have none, the newest editions first, some
 * at a time: after a cut, after an upgrade or a restore of all that is stored. What dies goes on where
 * it was; two at once do the same work. How many papers were read.
 */
export async function writeWords({ store }: Pick<Outside, 'store'>): Promise<number> {
  let read = 0;
  for (let editionId: number | undefined; ; ) {
    editionId ??= await store.search.findUnread();
    if (editionId === undefined) return read;
    const papers = await store.search.listWordless(editionId, AT_ONCE);
    const vectors = papers.map((paper) => ({ id: paper.id, ...buildVectors(paper) }));
    await store.search.recordWords(editionId, vectors);
    read += papers.length;
    if (papers.length === AT_ONCE) continue;
    await store.search.recordRead(editionId);
    editionId = undefined;
  }
}

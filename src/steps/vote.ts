import type { StoredDelivery } from '../core/letter/delivery.ts';
import { isNotice } from '../core/letter/notice.ts';
import { learnTaste } from '../core/ranking/taste.ts';
import type { Way } from '../store/votes.ts';
import type { Outside } from './steps.ts';

/**
 * Records a reader's vote on a paper of a digest that they got, or takes it back, and learns
 * their taste anew. False where the paper was not chosen in that digest or its reader is
 * gone: the token of a delivery says nothing about any other paper.
 */
export async function recordVote(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  vote: { delivery: Pick<StoredDelivery, 'subscriberId' | 'content'>; paperId: number },
  way: Way | undefined,
): Promise<boolean> {
  const { paperId } = vote;
  const { subscriberId, content } = vote.delivery;
  if (subscriberId === null || isNotice(content)) return false;
  if (!content.choices.some(({ paper }) => paper === paperId)) return false;
  const at = now();
  return store.transaction(async (tx) => {
    const own = { subscriberId, paperId };
    if (way) await tx.votes.upsert({ ...own, way, at });
    else await tx.votes.remove(own);
    const examples = await tx.votes.listExamples(subscriberId);
    await tx.votes.recordTaste(subscriberId, learnTaste(examples, at), at);
    return true;
  });
}

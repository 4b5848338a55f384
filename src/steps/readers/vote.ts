import type { StoredDelivery } from '../../core/letter/delivery.ts';
import { isDigest } from '../../core/letter/digest-content.ts';
import type { Way } from '../../store/readers/votes.ts';
import type { Outside } from '../steps.ts';
import { changeTaste, type TasteChange } from './taste.ts';

type VoteOutside = Pick<Outside, 'store' | 'threads' | 'now'>;

/** A paper of a digest that a reader got. */
export interface Voted {
  readonly delivery: Pick<StoredDelivery, 'subscriberId' | 'content'>;
  readonly paperId: number;
}

/** Whether a paper was chosen in a digest, or stands beside the editions: the token of a delivery says nothing about any other. */
export function mayVote({ delivery: { content }, paperId }: Voted): boolean {
  if (!isDigest(content)) return false;
  const { choices, items = [] } = content;
  return [...choices, ...items].some(({ paper }) => paper === paperId);
}

/**
 * Records a reader's vote on a paper of a digest that they got, or takes it back, and learns
 * their taste anew. False where the paper was not chosen in that digest or its reader is gone.
 */
export async function recordVote(
  outside: VoteOutside,
  vote: Voted,
  way: Way | undefined,
): Promise<boolean> {
  const { subscriberId } = vote.delivery;
  if (subscriberId === null || !mayVote(vote)) return false;
  return recordOwnVote(outside, { subscriberId, paperId: vote.paperId }, way);
}

/** The same for a reader who is known otherwise, on a paper that everybody may see. */
export async function recordOwnVote(
  outside: VoteOutside,
  own: { readonly subscriberId: number; readonly paperId: number },
  way: Way | undefined,
): Promise<boolean> {
  const { subscriberId } = own;
  const change: TasteChange = way
    ? { subscriberId, action: 'vote', detail: { way } }
    : { subscriberId, action: 'unvote' };
  const done = await changeTaste(outside, change, async (tx, at) => ({
    isChanged: await (way ? tx.votes.upsert({ ...own, way, at }) : tx.votes.remove(own)),
  }));
  return done !== undefined;
}

/** Takes back one vote of a reader, or all of them. */
export async function takeBackVotes(
  outside: VoteOutside,
  subscriberId: number,
  paperId?: number,
): Promise<void> {
  await changeTaste(outside, { subscriberId, action: 'unvote' }, async (tx) => ({
    isChanged: await (paperId === undefined
      ? tx.votes.clear(subscriberId)
      : tx.votes.remove({ subscriberId, paperId })),
  }));
}

import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import { LOOK_UPS, type LookUp } from '../../core/feed/look-ups.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { judgeProposal } from '../../core/paper/proposals.ts';
import type { Outside } from '../steps.ts';

type ProposalOutside = Pick<Outside, 'store' | 'feeds' | 'now'>;

/** A source that fails is asked again by the hour, as a feed that failed some times. */
const RETRIES = 4;

/**
 * Asks sources for papers that readers proposed, one request a source: each is shown then, or
 * refused. What cannot be asked now is asked again later.
 */
export async function completeProposals(outside: ProposalOutside): Promise<void> {
  for (const lookUp of LOOK_UPS) await completeOf(outside, lookUp);
}

async function completeOf(outside: ProposalOutside, { scheme, atOnce }: LookUp): Promise<void> {
  const { store, feeds, now } = outside;
  const wanted = await store.proposals.listDue(scheme, now(), atOnce);
  if (wanted.length === 0) return;
  const idOf = ({ key }: { key: string }) => key.slice(scheme.length + 1);
  try {
    const papers = await feeds.lookUp(scheme, wanted.map(idOf));
    for (const proposal of wanted) await decide(outside, proposal.id, papers.get(idOf(proposal)));
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const ids = wanted.map(({ id }) => id);
    await store.proposals.postpone(ids, nextRetry(now(), RETRIES, error.retryAfterMs));
  }
}

async function decide(
  { store, now }: ProposalOutside,
  id: number,
  paper: Paper | undefined,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    const fault = judgeProposal(paper, at);
    const same = paper && !fault ? await tx.papers.findSame(paper) : undefined;
    if (!paper || fault || same !== undefined) {
      const why = { reason: fault ?? 'here', paperId: same ?? null, at };
      await tx.proposals.recordRefused(id, why);
      return;
    }
    await tx.proposals.recordShown(id, paper, at);
  });
}

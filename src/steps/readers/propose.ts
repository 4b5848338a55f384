import { isWanted, PROPOSALS_A_DAY, readNamed, readProposal } from '../../core/paper/proposals.ts';
import { originOf } from '../../core/reader/origin.ts';
import { nextCut } from '../../core/reader/schedule.ts';
import type { Proposal } from '../../store/readers/proposals.ts';
import type { Store } from '../../store/store.ts';
import { storePapers } from '../feeds/store-papers.ts';
import type { Outside } from '../steps.ts';
import { countToLimit, DAY_MS, HOUR_MS } from './limit.ts';

type ProposeOutside = Pick<Outside, 'store' | 'queue' | 'keys' | 'config' | 'now'>;

/** Who acts towards others, and from where. */
export interface Acting {
  readonly subscriberId: number;
  readonly subscriptionId: number;
  /** IP address. */
  readonly from: string;
}

/** What came of an act: why it was not done, in a sentence, or seconds to wait. */
export type Refusal = { readonly fault: string } | { readonly wait: number };

const STOPPED = 'An operator has stopped you from acting here. Answer any mail of ours to ask why.';
const UNASKED = 'This site asks no sources for papers, so none can be proposed.';
/** Far more than anybody reads in an hour, and what one house or university may come to. */
const ACTS_AN_HOUR = 60;
const ACTS_OF_A_PLACE = 600;

/** Why a reader may not act now; undefined where they may. Each asking counts as an act. */
export async function refuseActing(
  outside: Pick<Outside, 'store' | 'keys' | 'now'>,
  { subscriberId, from }: Acting,
): Promise<Refusal | undefined> {
  if (await outside.store.proposals.isStopped(subscriberId)) return { fault: STOPPED };
  const wait =
    (await countToLimit(outside, {
      name: 'act by reader',
      key: String(subscriberId),
      most: ACTS_AN_HOUR,
      windowMs: HOUR_MS,
    })) ??
    (await countToLimit(outside, {
      name: 'act by origin',
      key: originOf(from),
      most: ACTS_OF_A_PLACE,
      windowMs: HOUR_MS,
    }));
  return wait === undefined ? undefined : { wait };
}

/** Takes a proposal, whose source is asked next; or says what is wrong with it. */
export async function proposePaper(
  outside: ProposeOutside,
  by: Acting,
  typed: { readonly paper: string; readonly named: string },
): Promise<Refusal | { readonly id: number }> {
  const { store, queue, now } = outside;
  if (!outside.config.feeds.isLookingUp) return { fault: UNASKED };
  const read = readProposal(typed.paper);
  if ('fault' in read) return read;
  const name = readNamed(typed.named);
  if ('fault' in name) return name;
  const known = await refuseKnown(store, read.key);
  if (known) return known;
  const limit = { name: 'proposal by reader', key: String(by.subscriberId), windowMs: DAY_MS };
  const wait = await countToLimit(outside, { ...limit, most: PROPOSALS_A_DAY });
  if (wait !== undefined) {
    return { fault: `${PROPOSALS_A_DAY} papers a day are the most. Come back tomorrow.` };
  }
  const at = now();
  const { subscriberId } = by;
  const id = await store.transaction(async (tx) => {
    const made = await tx.proposals.insert({ key: read.key, subscriberId, ...name, at });
    if (made !== undefined) await recordAct(tx, { by, action: 'propose', id: made, at });
    return made;
  });
  if (id === undefined) return (await refuseKnown(store, read.key)) ?? { fault: 'Try again.' };
  await queue.enqueue('complete', {});
  return { id };
}

async function refuseKnown(store: Store, key: string): Promise<{ fault: string } | undefined> {
  const proposal = await store.proposals.findByKey(key);
  if (proposal?.state === 'down') return { fault: 'This paper was taken down here.' };
  if (proposal) return { fault: 'This paper was proposed already. Vote for it among the others.' };
  if ((await store.papers.listByKeys([key])).length === 0) return undefined;
  return { fault: 'This paper is here already. Find it by the search, or in the next edition.' };
}

/** What a reader makes of a proposal. */
export type ProposalAct = 'vote' | 'unvote' | 'report' | 'withdraw';

/**
 * Does with a proposal what a reader wants. With the votes of enough readers it goes into the
 * draft. Undefined where it was done, or stood so before.
 */
export async function actOnProposal(
  outside: ProposeOutside,
  by: Acting,
  { id, act }: { readonly id: number; readonly act: ProposalAct },
): Promise<{ readonly fault: string } | undefined> {
  const { store, now } = outside;
  const { subscriberId } = by;
  const at = now();
  return store.transaction(async (tx) => {
    await tx.proposals.lock(id);
    const proposal = await tx.proposals.find(id);
    const isOwn = proposal?.subscriberId === subscriberId;
    if (!proposal || (proposal.state !== 'shown' && !(isOwn && act === 'withdraw'))) {
      return { fault: 'This proposal is shown no more.' };
    }
    if (act === 'withdraw') {
      if (!(await tx.proposals.remove({ id, subscriberId }))) {
        return { fault: 'It is not yours to withdraw any more.' };
      }
    } else if (act === 'unvote') {
      await tx.proposals.unvote({ id, subscriberId });
    } else if (isOwn) {
      return { fault: 'You proposed it yourself: it is for others to say.' };
    } else if (act === 'report') {
      await tx.proposals.report({ id, subscriberId, at });
    } else {
      await tx.proposals.vote({ id, subscriberId, at });
      const voted = await tx.proposals.find(id);
      if (voted && isWanted(voted.votes)) await takeIntoDraft(outside, tx, voted, 'readers');
    }
    // Who voted for what or reported it is nobody's to read.
    if (act === 'withdraw') await recordAct(tx, { by, action: 'withdraw', id, at });
    return undefined;
  });
}

function recordAct(
  tx: Store,
  { by, action, id, at }: { by: Acting; action: string; id: number; at: Date },
): Promise<unknown> {
  const subject = `proposal ${id}`;
  const detail = { by: `subscription ${by.subscriptionId}` };
  return tx.records.recordAudit({ at, actor: 'reader', action, subject, detail });
}

/** Makes a proposal that is shown a paper of the open draft. Needs a transaction, and its lock. */
export async function takeIntoDraft(
  { config, now }: Pick<Outside, 'config' | 'now'>,
  tx: Store,
  { id, paper, state }: Proposal,
  actor: string,
): Promise<boolean> {
  if (state !== 'shown' || !paper) return false;
  const at = now();
  await tx.editions.lockDraft({ at, cutDueAt: nextCut(config.cut, at) });
  await storePapers(tx, [paper], { cut: config.cut, at });
  const paperId = await tx.papers.findSame(paper);
  await tx.proposals.recordTaken(id, paperId ?? null, at);
  const subject = `proposal ${id}`;
  await tx.records.recordAudit({ at, actor, action: 'take_proposal', subject, detail: {} });
  return true;
}

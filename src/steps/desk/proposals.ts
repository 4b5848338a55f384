import { takeIntoDraft } from '../readers/propose.ts';
import type { Outside } from '../steps.ts';

type JudgeOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/** What an operator makes of a proposal; `leave` says that what was reported may stay. */
export type Judgement = 'take' | 'down' | 'leave';

/** What came of it, in a sentence. */
export const judgementWords: Readonly<Record<Judgement, string>> = {
  take: 'It is a paper of the draft now.',
  down: 'It is taken down.',
  leave: 'It stays; what was reported of it is settled.',
};

/** Does with a proposal that is shown what an operator says, on record. False where it is shown no more. */
export function judgeProposed(
  outside: JudgeOutside,
  order: { id: number; judgement: Judgement; reason: string; actor: string },
): Promise<boolean> {
  const { id, judgement, reason, actor } = order;
  const at = outside.now();
  return outside.store.transaction(async (tx) => {
    await tx.proposals.lock(id);
    const proposal = await tx.proposals.find(id);
    if (proposal?.state !== 'shown') return false;
    if (judgement === 'take') return takeIntoDraft(outside, tx, proposal, actor);
    if (judgement === 'down') await tx.proposals.recordDown(id, reason, at);
    else await tx.proposals.clearReports(id);
    const action = judgement === 'down' ? 'take_down' : 'leave_proposal';
    const detail = judgement === 'down' ? { reason } : {};
    await tx.records.recordAudit({ at, actor, action, subject: `proposal ${id}`, detail });
    return true;
  });
}

/** Stops whoever made a proposal from acting towards others, on record; false where there is no such one. */
export function stopProposer(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: { id: number; reason: string; actor: string },
): Promise<boolean> {
  const { id, reason, actor } = order;
  const at = now();
  return store.transaction(async (tx) => {
    const proposal = await tx.proposals.find(id);
    if (!proposal) return false;
    const { subscriberId } = proposal;
    await tx.proposals.stopReader({ subscriberId, reason, actor, at });
    const reader = await tx.subscribers.findBySubscriber(subscriberId);
    const subject = `subscription ${reader?.id ?? 0}`;
    await tx.records.recordAudit({ at, actor, action: 'stop_reader', subject, detail: { reason } });
    return true;
  });
}

/** Lets a reader act again, on record; what was taken down stays so. False where they may. */
export function letReader(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: { subscriberId: number; actor: string },
): Promise<boolean> {
  const { subscriberId, actor } = order;
  return store.transaction(async (tx) => {
    if (!(await tx.proposals.letReader(subscriberId))) return false;
    const reader = await tx.subscribers.findBySubscriber(subscriberId);
    const subject = `subscription ${reader?.id ?? 0}`;
    const entry = { at: now(), actor, action: 'let_reader', subject, detail: {} };
    await tx.records.recordAudit(entry);
    return true;
  });
}

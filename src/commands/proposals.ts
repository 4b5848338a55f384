import { z } from 'zod';
import { type ProposalState, proposalStates } from '../core/paper/proposals.ts';
import { parseAddress } from '../core/reader/address.ts';
import {
  type Judgement,
  judgementWords,
  judgeProposed,
  letReader,
  stopProposer,
} from '../steps/desk/proposals.ts';
import type { Outside } from '../steps/steps.ts';
import type { Proposal } from '../store/readers/proposals.ts';
import { buildTable, type Caller, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { reason } from './reason.ts';
import { proposal, stoppedReader } from './shapes/proposal.ts';

const list = 'proposals';
const stopped = 'stopped readers';

export const proposalsList = defineCommand({
  right: 'look',
  args: z.object({
    state: z.enum(proposalStates, `must be ${proposalStates.join(', ')}`).default('shown'),
    reported: z.boolean().default(false).describe('With it, only what readers reported.'),
    ...pageArgs(list),
  }),
  answers: pageOf(proposal),
  async run({ store }, { state, reported: isReported, limit, cursor }) {
    const before = idAt(cursor, undefined) ?? Number.MAX_SAFE_INTEGER;
    const order = { state, isReported, before, most: limit + 1 };
    const found = (await store.proposals.listPage(order)).map(viewProposal);
    const page = cutPage(found, { list, limit, placeOf: ({ id }) => [id] });
    const rows = page.items.map((each) => [
      String(each.id),
      each.proposedAt.toISOString().slice(0, 16).replace('T', ' '),
      String(each.votes),
      String(each.reports),
      each.key,
      [each.title?.slice(0, 80), each.reason].filter(Boolean).join(': '),
    ]);
    const head = ['ID', 'PROPOSED', 'WANT IT', 'REPORTS', 'PAPER', 'TITLE'];
    const none = isReported ? 'Nothing is reported.' : `No proposal is ${stateWords[state]}.`;
    return { lines: [...buildTable(head, rows, none), ...tellMore(page)], data: page };
  },
});

const stateWords: Readonly<Record<ProposalState, string>> = {
  asked: 'waiting for its source',
  refused: 'refused',
  shown: 'shown',
  taken: 'taken into a draft',
  down: 'taken down',
};

/** As an operator sees one; who proposed it is a number of theirs. */
function viewProposal({ paper, subscriberId: _, ...same }: Proposal) {
  return { ...same, title: paper?.title ?? null, link: paper?.link ?? null };
}

const named = z.object({ id: rowId.describe('Its number, as the list has it.') });
const judged = z.object({ id: z.int(), done: z.boolean() });

async function judge(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  order: { id: number; judgement: Judgement; reason?: string },
  { actor }: Caller,
) {
  const { id, judgement } = order;
  if (!(await judgeProposed(outside, { reason: '', ...order, actor }))) {
    const isThere = (await outside.store.proposals.find(id)) !== undefined;
    throw isThere
      ? new CommandError(`proposal ${id} is shown no more`, 'conflict')
      : new CommandError(`there is no proposal ${id}`, 'missing');
  }
  return { lines: [`Proposal ${id}: ${judgementWords[judgement]}`], data: { id, done: true } };
}

export const proposalsTake = defineCommand({
  right: 'operate',
  args: named,
  answers: judged,
  run: (outside, { id }, caller) => judge(outside, { id, judgement: 'take' }, caller),
});

export const proposalsLeave = defineCommand({
  right: 'operate',
  args: named,
  answers: judged,
  run: (outside, { id }, caller) => judge(outside, { id, judgement: 'leave' }, caller),
});

export const proposalsDown = defineCommand({
  right: 'operate',
  args: named.extend({ reason }),
  answers: judged,
  run: (outside, order, caller) => judge(outside, { ...order, judgement: 'down' }, caller),
});

export const proposalsStop = defineCommand({
  right: 'operate',
  args: named.extend({ reason }),
  answers: judged,
  async run(outside, order, { actor }) {
    const { id } = order;
    if (!(await stopProposer(outside, { ...order, actor }))) {
      throw new CommandError(`there is no proposal ${id}`, 'missing');
    }
    const lines = [
      `Whoever made proposal ${id} acts no more, and nothing that they proposed is shown. "paperround proposals stopped" has them.`,
    ];
    return { lines, data: { id, done: true } };
  },
});

export const proposalsStopped = defineCommand({
  right: 'look',
  args: z.object(pageArgs(stopped)),
  answers: pageOf(stoppedReader),
  async run({ store }, { limit, cursor }) {
    const after = idAt(cursor, undefined) ?? 0;
    const found = await store.proposals.listStopped({ after, most: limit + 1 });
    const placeOf = ({ subscriberId }: (typeof found)[number]) => [subscriberId];
    const page = cutPage(found, { list: stopped, limit, placeOf });
    const rows = page.items.map(({ address, at, actor, reason: why }) => [
      address,
      at.toISOString().slice(0, 16).replace('T', ' '),
      actor,
      why,
    ]);
    const none = 'No reader is stopped.';
    const lines = buildTable(['ADDRESS', 'SINCE', 'BY', 'WHY'], rows, none);
    return { lines: [...lines, ...tellMore(page)], data: page };
  },
});

export const proposalsLet = defineCommand({
  right: 'operate',
  args: z.object({ address: z.string() }),
  answers: z.object({ address: z.string(), done: z.boolean() }),
  async run(outside, { address }, { actor }) {
    const reader = await outside.store.subscribers.findByAddress(parseAddress(address).key);
    if (!reader) throw new CommandError(`${address} has no subscription`, 'missing');
    const { subscriberId } = reader;
    if (!(await letReader(outside, { subscriberId, actor }))) {
      throw new CommandError(`${address} is not stopped`, 'conflict');
    }
    const lines = [
      `${address} may vote and propose again. What of theirs was taken down stays so.`,
    ];
    return { lines, data: { address, done: true } };
  },
});

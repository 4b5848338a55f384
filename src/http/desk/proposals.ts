import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { maskAddress } from '../../core/reader/address.ts';
import { english } from '../../core/words/words.ts';
import {
  judgementWords,
  judgeProposed,
  letReader,
  stopProposer,
} from '../../steps/desk/proposals.ts';
import { findReasonFault } from '../../steps/readers/suppress.ts';
import type { Proposal } from '../../store/readers/proposals.ts';
import { viewProposal } from '../acting/proposal-view.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';

const LISTED = 100;

type Form = { Params: { id: string }; Body: Record<string, unknown> | undefined };
interface Said {
  readonly status?: string;
  readonly error?: string;
}

/** `/admin/proposals`: what readers propose, and what is reported of it. */
export function registerDeskProposals(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  desk.get('/admin/proposals', (request, reply) => show(request, reply, { site }));

  desk.post<Form>('/admin/proposals/:id', async (request, reply) => {
    const said = await judge(site, request);
    return show(request, reply, { site, said });
  });

  desk.post<Form>('/admin/proposals/readers/:id', async (request, reply) => {
    const actor = actorOf(visitOf(request).operator);
    const isLet = await letReader(outside, { subscriberId: idOf(request.params.id), actor });
    const said = isLet
      ? { status: 'They may vote and propose again.' }
      : { error: 'They were not stopped.' };
    return show(request, reply, { site, said });
  });
}

async function judge({ outside }: Site, request: FastifyRequest<Form>): Promise<Said> {
  const { body = {} } = request;
  const order = {
    id: idOf(request.params.id),
    reason: textOf(body['reason']).trim(),
    actor: actorOf(visitOf(request).operator),
  };
  const asked = textOf(body['do']);
  const fault = asked === 'down' || asked === 'stop' ? findReasonFault(order.reason) : undefined;
  if (fault) return { error: `The reason ${fault}.` };
  if (asked === 'stop') {
    return (await stopProposer(outside, order))
      ? { status: 'They act no more, and nothing that they proposed is shown.' }
      : { error: 'That proposal is gone.' };
  }
  if (asked !== 'take' && asked !== 'down' && asked !== 'leave') {
    return { error: 'Nothing was chosen.' };
  }
  return (await judgeProposed(outside, { ...order, judgement: asked }))
    ? { status: judgementWords[asked] }
    : { error: 'That proposal is shown no more.' };
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const { proposals } = site.outside.store;
  const listed = await proposals.listToJudge(LISTED);
  const view = {
    ...said,
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    proposals: listed.map(viewJudged),
    stopped: (await proposals.listStopped({ after: 0, most: LISTED })).map((reader) => ({
      id: reader.subscriberId,
      link: `/admin/subscribers/${reader.subscriptionId}`,
      address: maskAddress(reader.address),
      reason: reader.reason,
    })),
  };
  const status = said.error ? 400 : 200;
  const title = 'Proposals';
  return replyWithDesk(request, reply, { site, page: 'desk/proposals', title, view, status });
}

function viewJudged(proposal: Proposal) {
  const { id, title, link, authors, named, votes } = viewProposal(proposal, english);
  const { state, reason, reports, proposedAt } = proposal;
  return {
    id,
    title,
    ...(link ? { link } : {}),
    by: [authors, named ? `named ${named}` : '', `proposed ${timeOf(proposedAt)}`]
      .filter(Boolean)
      .join(' · '),
    votes,
    reports,
    isShown: state === 'shown',
    ...(reason ? { reason } : {}),
  };
}

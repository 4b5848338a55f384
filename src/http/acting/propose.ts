import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OLDEST_DAYS, PROPOSALS_A_DAY, READERS_TO_TAKE } from '../../core/paper/proposals.ts';
import { maskAddress } from '../../core/reader/address.ts';
import {
  actOnProposal,
  type ProposalAct,
  proposePaper,
  type Refusal,
  refuseActing,
} from '../../steps/readers/propose.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { Proposal } from '../../store/readers/proposals.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { viewOwnProposal, viewProposal } from './proposal-view.ts';
import { replyRefused } from './refused.ts';
import { actingOf, askToSignIn, formTokenFor, isOwnForm, visitorOf } from './visitor.ts';

const LISTED = 30;
const LONGEST_TYPED = 2000;
const acts: readonly ProposalAct[] = ['vote', 'unvote', 'report', 'withdraw'];

interface Typed {
  readonly paper: string;
  readonly named: string;
  readonly error?: string;
}
type ProposeRoute = { Body: { paper?: unknown; named?: unknown } | undefined };
type ProposalRoute = { Params: { id: string }; Body: { act?: unknown } | undefined };

/** `/propose`: what a signed-in reader proposes, and does with what others proposed. */
export function registerProposing(app: FastifyInstance, site: Site): void {
  const { outside, prefix } = site;

  app.get('/propose', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, '/propose');
    return show(reply, site, visitor, { paper: '', named: '' });
  });

  app.post<ProposeRoute>('/propose', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, '/propose');
    const typed = {
      paper: textOf(request.body?.paper).slice(0, LONGEST_TYPED),
      named: textOf(request.body?.named).slice(0, LONGEST_TYPED),
    };
    if (!isOwnForm(request, visitor)) return show(reply, site, visitor, typed);
    const acting = actingOf(visitor, request);
    const refused = await refuseActing(outside, acting);
    if (refused) return refuse(reply, speakTo(site, visitor.reader), refused);
    const made = await proposePaper(outside, acting, typed);
    if ('wait' in made) return replyTooOften(reply, site, made.wait);
    if ('fault' in made) return show(reply, site, visitor, { ...typed, error: made.fault });
    return reply.redirect(`${prefix}/propose`, 303);
  });

  app.get<ProposalRoute>('/propose/:id', async (request, reply) => {
    const proposal = await findProposal(site, request);
    if (proposal?.state !== 'shown') return replyWithMessage(reply, site, 404);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/propose/${proposal.id}`);
    return showOne(reply, site, visitor, proposal);
  });

  app.post<ProposalRoute>('/propose/:id', async (request, reply) => {
    const proposal = await findProposal(site, request);
    const act = acts.find((each) => each === request.body?.act);
    if (!proposal || !act) return replyWithMessage(reply, site, proposal ? 400 : 404);
    const here = `/propose/${proposal.id}`;
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, here);
    if (!isOwnForm(request, visitor)) return reply.redirect(`${prefix}${here}`, 303);
    const acting = actingOf(visitor, request);
    const refused = await refuseActing(outside, acting);
    const spoken = speakTo(site, visitor.reader);
    if (refused) return refuse(reply, spoken, refused);
    const fault = await actOnProposal(outside, acting, { id: proposal.id, act });
    if (fault) return replyRefused(reply, spoken, fault.fault);
    if (act === 'withdraw') return reply.redirect(`${prefix}/propose`, 303);
    const after = await outside.store.proposals.find(proposal.id);
    if (!after) return replyWithMessage(reply, site, 404);
    return showOne(reply, site, visitor, after, act);
  });
}

async function findProposal({ outside }: Site, request: FastifyRequest<ProposalRoute>) {
  const { id } = request.params;
  return /^\d{1,15}$/.test(id) ? outside.store.proposals.find(Number(id)) : undefined;
}

function refuse(reply: FastifyReply, site: Site, refused: Refusal): FastifyReply {
  return 'wait' in refused
    ? replyTooOften(reply, site, refused.wait)
    : replyRefused(reply, site, refused.fault);
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  { error: fault, ...typed }: Typed,
): Promise<FastifyReply> {
  const { reader } = visitor;
  const site = speakTo(unspoken, reader);
  const { words, prefix } = site;
  const own = await site.outside.store.proposals.listOfSubscriber(reader.subscriberId, LISTED);
  const ids = own.flatMap(({ paperId }) => paperId ?? []);
  const isPublic = new Set(
    (await site.outside.store.publicPapers.listByIds(ids)).map(({ id }) => id),
  );
  const view = {
    ...typed,
    ...(fault ? { error: words.translate(fault) } : {}),
    maskedAddress: maskAddress(reader.address),
    formToken: formTokenFor(visitor),
    most: PROPOSALS_A_DAY,
    oldest: OLDEST_DAYS,
    readers: READERS_TO_TAKE,
    own: own.map((proposal) => viewOwnProposal(proposal, { words, prefix, isPublic })),
  };
  const status = fault ? 400 : 200;
  const title = words.say('propose.title');
  return replyWithPage(reply, site, { page: 'propose', title, view, status });
}

async function showOne(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  proposal: Proposal,
  done?: ProposalAct,
): Promise<FastifyReply> {
  const { subscriberId } = visitor.reader;
  const site = speakTo(unspoken, visitor.reader);
  const hasVoted = await site.outside.store.proposals.hasVoted({ id: proposal.id, subscriberId });
  const view = {
    ...viewProposal(proposal, site.words),
    formToken: formTokenFor(visitor),
    contact: site.outside.config.site.contact,
    isShown: proposal.state === 'shown',
    isTaken: proposal.state === 'taken',
    isOwn: proposal.subscriberId === subscriberId,
    hasVoted,
    isReported: done === 'report',
  };
  const title = site.words.say('proposal.title');
  return replyWithPage(reply, site, { page: 'proposal', title, view });
}

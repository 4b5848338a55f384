import type { FastifyInstance } from 'fastify';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { refuseActing } from '../../steps/readers/propose.ts';
import { recordOwnVote } from '../../steps/readers/vote.ts';
import type { Way } from '../../store/readers/votes.ts';
import { replyWithMessage } from '../errors.ts';
import { answerInTurn, replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { replyRefused } from './refused.ts';
import { actingOf, askToSignIn, formTokenFor, isOwnForm, visitorOf } from './visitor.ts';

interface VoteRoute {
  Params: { paper: string };
  Querystring: { way?: unknown };
  Body: { way?: unknown } | undefined;
}

/** `/votes/:paper`: a reader's vote on a paper that everybody may see, from any page that shows it. */
export function registerWebVotes(app: FastifyInstance, site: Site): void {
  const { prefix } = site;
  const { store } = site.outside;

  app.get<VoteRoute>('/votes/:paper', async (request, reply) => {
    const paper = await findPaper(site, request.params.paper);
    if (!paper) return replyWithMessage(reply, site, 404);
    const visitor = await visitorOf(site, request);
    const asked = wayOf(request.query.way);
    if (!visitor) return askToSignIn(reply, site, placeOf(paper.id, asked));
    const votes = await store.votes.listExamples(visitor.reader.subscriberId);
    const stands = votes.find(({ paperId }) => paperId === paper.id)?.kind;
    const spoken = speakTo(site, visitor.reader);
    const authors = nameAuthors(paper.authors, spoken.words);
    return replyWithPage(reply, spoken, {
      page: 'web-vote',
      title: spoken.words.say('webVote.title'),
      view: {
        title: paper.title,
        ...(authors ? { authors } : {}),
        link: `${spoken.prefix}${paperPath(paper.id, paper.title)}`,
        action: `${spoken.prefix}/votes/${paper.id}`,
        formToken: formTokenFor(visitor),
        isMore: stands === 'more',
        isLess: stands === 'less',
        isAsked: stands === undefined,
        isLessFirst: stands === undefined && asked === 'less',
      },
    });
  });

  app.post<VoteRoute>('/votes/:paper', async (request, reply) => {
    const paper = await findPaper(site, request.params.paper);
    if (!paper) return replyWithMessage(reply, site, 404);
    const pressed = request.body?.way;
    const way = wayOf(pressed);
    if (way === undefined && pressed !== 'none') return replyWithMessage(reply, site, 400);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, placeOf(paper.id, way));
    if (!isOwnForm(request, visitor))
      return reply.redirect(`${prefix}${placeOf(paper.id, way)}`, 303);
    const refused = await refuseActing(site.outside, actingOf(visitor, request));
    const { reader } = visitor;
    if (refused && 'wait' in refused) return replyTooOften(reply, site, refused.wait);
    if (refused) return replyRefused(reply, speakTo(site, reader), refused.fault);
    const { subscriberId } = reader;
    return answerInTurn(site, { request, reply, subscriberId }, async () => {
      await recordOwnVote(site.outside, { subscriberId, paperId: paper.id }, way);
      return reply.redirect(`${prefix}${placeOf(paper.id)}`, 303);
    });
  });
}

async function findPaper({ outside }: Site, text: string) {
  return /^\d{1,15}$/.test(text) ? outside.store.publicPapers.find(Number(text)) : undefined;
}

function wayOf(text: unknown): Way | undefined {
  return text === 'more' || text === 'less' ? text : undefined;
}

/** The page of one's vote, with the press that was meant before signing in. */
function placeOf(paperId: number, way?: Way): string {
  return `/votes/${paperId}${way ? `?way=${way}` : ''}`;
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { citationForms, toCited } from '../../core/paper/citations.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { MOST_KEPT } from '../../core/reader/kept.ts';
import { keepPaper, unkeepPaper } from '../../steps/readers/keep.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { answerInTurn } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { LONGEST_QUERY, showKept, splitQuery } from './kept-list.ts';
import { askToSignIn, formTokenFor, isOwnForm, visitorOf } from './visitor.ts';

type ListRoute = { Querystring: { q?: unknown; before?: unknown } };
type FileRoute = { Params: { ending: string }; Querystring: { q?: unknown } };
type PaperRoute = {
  Params: { paper: string };
  Body: { act?: unknown; q?: unknown } | undefined;
};

const HERE = '/my-papers';

/** `/my-papers`: what a signed-in reader keeps; and keeping a paper from any page that shows it. */
export function registerMyPapers(app: FastifyInstance, site: Site): void {
  const { outside, prefix } = site;

  app.get<ListRoute>(HERE, async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, HERE);
    const query = textOf(request.query.q).slice(0, LONGEST_QUERY);
    const before = readId(textOf(request.query.before));
    const { subscriberId } = visitor.reader;
    return answerInTurn(site, { request, reply, subscriberId }, () =>
      showKept(reply, speakTo(site, visitor.reader), visitor, { query, before }),
    );
  });

  app.post<{ Body: { act?: unknown } | undefined }>(`${HERE}/weekly`, async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, HERE);
    const act = request.body?.act;
    if (isOwnForm(request, visitor) && (act === 'begin' || act === 'end')) {
      await outside.store.kept.recordWeekly(visitor.reader.subscriberId, act === 'begin');
    }
    return reply.redirect(`${prefix}${HERE}`, 303);
  });

  app.get<FileRoute>(`${HERE}/papers.:ending`, async (request, reply) => {
    const form = citationForms.find(({ ending }) => ending === request.params.ending);
    if (!form) return replyWithMessage(reply, site, 404);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, HERE);
    const { subscriberId } = visitor.reader;
    return answerInTurn(site, { request, reply, subscriberId }, async () => {
      const words = splitQuery(textOf(request.query.q).slice(0, LONGEST_QUERY));
      const papers = await outside.store.kept.listPlain({ subscriberId, words }, MOST_KEPT);
      const text = await outside.threads.run('cite', [form.ending, papers.map(toCited)]);
      const name = `my-papers.${form.ending}`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      return reply.type(form.type).send(text);
    });
  });

  app.get<PaperRoute>(`${HERE}/:paper`, async (request, reply) => {
    const found = await findPaper(site, request);
    if (!found) return replyWithMessage(reply, site, 404);
    const { visitor, paperId } = found;
    if (!visitor) return askToSignIn(reply, site, `${HERE}/${paperId}`);
    return showPaper(reply, site, { ...found, visitor });
  });

  app.post<PaperRoute>(`${HERE}/:paper`, async (request, reply) => {
    const found = await findPaper(site, request);
    if (!found) return replyWithMessage(reply, site, 404);
    const { visitor, paperId } = found;
    const here = `${HERE}/${paperId}`;
    if (!visitor) return askToSignIn(reply, site, here);
    if (!isOwnForm(request, visitor)) return reply.redirect(`${prefix}${here}`, 303);
    const kept = { subscriberId: visitor.reader.subscriberId, paperId };
    const act = request.body?.act;
    if (act === 'keep') {
      const came = await keepPaper(outside, kept, { isByMail: false });
      if (came === 'full') return showPaper(reply, site, { ...found, visitor, isFull: true });
    } else if (act === 'remove' || act === 'drop') await unkeepPaper(outside, kept);
    else return replyWithMessage(reply, site, 400);
    const q = textOf(request.body?.q).slice(0, LONGEST_QUERY);
    const list = `${HERE}${q ? `?${new URLSearchParams({ q })}` : ''}`;
    return reply.redirect(`${prefix}${act === 'drop' ? list : here}`, 303);
  });
}

/** A paper before somebody who may keep it, or has kept it before an editor hid it. */
interface Found {
  readonly visitor: Visitor | undefined;
  readonly paperId: number;
  readonly isKept: boolean;
  readonly isPublic: boolean;
}

async function findPaper(
  site: Site,
  request: FastifyRequest<PaperRoute>,
): Promise<Found | undefined> {
  const { publicPapers, kept } = site.outside.store;
  const paperId = readId(request.params.paper);
  if (paperId === undefined) return undefined;
  const visitor = await visitorOf(site, request);
  const isPublic = (await publicPapers.listByIds([paperId])).length > 0;
  const { subscriberId } = visitor?.reader ?? {};
  const isKept = subscriberId !== undefined && (await kept.has({ subscriberId, paperId }));
  return isPublic || isKept ? { visitor, paperId, isKept, isPublic } : undefined;
}

async function showPaper(
  reply: FastifyReply,
  unspoken: Site,
  found: Found & { readonly visitor: Visitor; readonly isFull?: boolean },
): Promise<FastifyReply> {
  const { visitor, paperId, isKept, isPublic, isFull = false } = found;
  const site = speakTo(unspoken, visitor.reader);
  const { words, prefix } = site;
  const [paper] = await site.outside.store.papers.listByIds([paperId]);
  if (!paper) return replyWithMessage(reply, site, 404);
  const authors = nameAuthors(paper.authors, words);
  const link = isPublic ? `${prefix}${paperPath(paperId, paper.title)}` : paper.link;
  const view = {
    title: paper.title,
    ...(authors ? { authors } : {}),
    ...(link ? { link } : {}),
    action: `${prefix}${HERE}/${paperId}`,
    formToken: formTokenFor(visitor),
    isKept,
    ...(isFull ? { full: MOST_KEPT } : {}),
    all: `${prefix}${HERE}`,
  };
  const title = words.say(isKept ? 'keep.kept' : 'keep.ask');
  return replyWithPage(reply, site, { page: 'keep', title, view, status: isFull ? 409 : 200 });
}

function readId(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

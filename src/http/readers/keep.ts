import type { FastifyInstance, FastifyReply } from 'fastify';
import { MOST_KEPT } from '../../core/reader/kept.ts';
import { keepPaper, unkeepPaper } from '../../steps/readers/keep.ts';
import { replyWithMessage } from '../errors.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { showLeaving } from './leave.ts';
import { findSentPaper, type SentPaper } from './sent-paper.ts';

interface KeepRoute {
  Params: { token: string; paper: string };
  Body: { act?: string } | undefined;
}

/** `/keep/:token/:paper`: asks on GET, keeps on POST, since programs open the links of a mail too. */
export function registerKeeping(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.get<KeepRoute>('/keep/:token/:paper', async (request, reply) => {
    const visit = await findSentPaper(site, 'keep', request.params);
    if (typeof visit === 'number') return replyWithMessage(reply, site, visit);
    if (visit.reader.state !== 'active') return showLeft(reply, site, visit);
    return show(reply, site, visit);
  });

  app.post<KeepRoute>('/keep/:token/:paper', async (request, reply) => {
    const visit = await findSentPaper(site, 'keep', request.params);
    if (typeof visit === 'number') return replyWithMessage(reply, site, visit);
    if (visit.reader.state !== 'active') return showLeft(reply, site, visit);
    const act = request.body?.act;
    if (act !== 'keep' && act !== 'remove') return replyWithMessage(reply, site, 400);
    const kept = { subscriberId: visit.reader.subscriberId, paperId: visit.paperId };
    const came =
      act === 'keep'
        ? await keepPaper(outside, kept, { isByMail: true })
        : await unkeepPaper(outside, kept);
    return show(reply, site, visit, { isFull: came === 'full' });
  });
}

function showLeft(reply: FastifyReply, site: Site, { reader }: SentPaper): FastifyReply {
  return showLeaving(reply, site, { reader, isDone: true });
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  { reader, paper, paperId, here }: SentPaper,
  { isFull }: { readonly isFull: boolean } = { isFull: false },
): Promise<FastifyReply> {
  const site = speakTo(unspoken, reader);
  const { subscriberId } = reader;
  const isKept = await site.outside.store.kept.has({ subscriberId, paperId });
  const view = {
    ...paper,
    action: here,
    isKept,
    ...(isFull ? { full: MOST_KEPT } : {}),
    all: `${site.prefix}/my-papers`,
  };
  const title = site.words.say(isKept ? 'keep.kept' : 'keep.ask');
  return replyWithPage(reply, site, { page: 'keep', title, view, status: isFull ? 409 : 200 });
}

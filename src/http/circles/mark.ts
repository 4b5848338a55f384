import type { FastifyInstance, FastifyReply } from 'fastify';
import { LONGEST_LINE, NOTES_A_DAY } from '../../core/circles/circle.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { sayOfPaper } from '../../steps/circles/say.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { PublicPaper } from '../../store/papers/public-papers.ts';
import { refuseVisitor } from '../acting/refused.ts';
import { actingOf, askToSignIn, formTokenFor, isOwnForm, visitorOf } from '../acting/visitor.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';

interface MarkRoute {
  Params: { paper: string };
  Body: { circle?: unknown; line?: unknown } | undefined;
}
interface Typed {
  readonly line: string;
  readonly circle?: number;
  readonly error?: string;
  readonly done?: { readonly name: string; readonly link: string };
}

/** `/circles/for/:paper`: marks a paper that everybody may see for a circle, from any page or mail that shows it. */
export function registerMarking(app: FastifyInstance, site: Site): void {
  app.get<MarkRoute>('/circles/for/:paper', async (request, reply) => {
    const paper = await findPaper(site, request.params.paper);
    if (!paper) return replyWithMessage(reply, site, 404);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/circles/for/${paper.id}`);
    return show(reply, site, visitor, { paper, line: '' });
  });

  app.post<MarkRoute>('/circles/for/:paper', async (request, reply) => {
    const paper = await findPaper(site, request.params.paper);
    if (!paper) return replyWithMessage(reply, site, 404);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/circles/for/${paper.id}`);
    const line = textOf(request.body?.line);
    const circle = numberOf(request.body?.circle);
    const typed = { paper, line, ...(circle === undefined ? {} : { circle }) };
    if (!isOwnForm(request, visitor)) return show(reply, site, visitor, typed);
    if (circle === undefined) return replyWithMessage(reply, site, 400);
    const refused = await refuseVisitor(site, request, reply, visitor);
    if (refused) return refused;
    const said = { circleId: circle, paper: { paperId: paper.id }, line };
    const marked = await sayOfPaper(site.outside, actingOf(visitor, request), said);
    if ('fault' in marked) return show(reply, site, visitor, { ...typed, error: marked.fault });
    const name = (await site.outside.store.circles.find(circle))?.name ?? '';
    const done = { name, link: `${site.prefix}/circles/${circle}` };
    return show(reply, site, visitor, { paper, line: '', done });
  });
}

async function findPaper({ outside }: Site, text: string) {
  const id = numberOf(text);
  return id === undefined ? undefined : outside.store.publicPapers.find(id);
}

/** A row's number as it stands in an address or a form. */
export function numberOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  { paper, line, circle, error, done }: Typed & { readonly paper: PublicPaper },
): Promise<FastifyReply> {
  const site = speakTo(unspoken, visitor.reader);
  const { words, prefix, outside } = site;
  const own = await outside.store.circles.listOf(visitor.reader.subscriberId);
  const open = own.filter(({ leftAt, closedAt }) => leftAt === null && closedAt === null);
  const authors = nameAuthors(paper.authors, words);
  const view = {
    title: paper.title,
    ...(authors ? { authors } : {}),
    link: `${prefix}${paperPath(paper.id, paper.title)}`,
    action: `${prefix}/circles/for/${paper.id}`,
    formToken: formTokenFor(visitor),
    circles: done
      ? []
      : open.map(({ id, name }) => ({
          id,
          name,
          isChosen: id === circle || (circle === undefined && open.length === 1),
        })),
    line: line.slice(0, 2 * LONGEST_LINE),
    ...(error ? { error: words.translate(error) } : {}),
    ...(done ? { done } : {}),
    notesADay: NOTES_A_DAY,
    longestLine: LONGEST_LINE,
  };
  const title = words.say('mark.title');
  const status = error ? 400 : 200;
  return replyWithPage(reply, site, { page: 'circle-mark', title, view, status });
}

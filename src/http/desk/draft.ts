import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { tellDraft } from '../../core/edition/edition.ts';
import { type Mark, MOST_PICKS, marks } from '../../core/edition/marks.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { shortenText } from '../../core/text/text.ts';
import { english } from '../../core/words/words.ts';
import { readDraft } from '../../steps/editions/draft.ts';
import { type MarkOrder, markPapers } from '../../steps/editions/mark.ts';
import { DRAFT } from '../../steps/editions/test.ts';
import type { DraftPaper } from '../../store/papers/marks.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { refusalOf, test } from './editions.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';

const LISTED = 100;
const LONGEST_ABSTRACT = 1_500;

const markWords: Readonly<Record<Mark, string>> = {
  picked: 'picked',
  hidden: 'hidden',
  postponed: 'next edition',
};

type Query = Readonly<Record<string, string | undefined>>;
type Form = { Body: Record<string, unknown> | undefined; Querystring: Query };
interface Said {
  readonly status?: string;
  readonly error?: string;
}

/** `/admin/editions/draft`: what waits for the next cut, and what its editors say of it. */
export function registerDraft(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.get<{ Querystring: Query }>('/admin/editions/draft', (request, reply) =>
    show(request, reply, { site }),
  );

  desk.post<Form>('/admin/editions/draft/marks', async (request, reply) => {
    const order = readOrder(request.body ?? {});
    if (order.papers.length === 0) {
      return show(request, reply, { site, said: { error: 'Choose a paper first.' } });
    }
    const actor = actorOf(visitOf(request).operator);
    const error = await refusalOf(() => markPapers(outside, { ...order, actor }));
    if (error) return show(request, reply, { site, said: { error } });
    const asked = new URLSearchParams(queryOf(request.query));
    return reply.redirect(`/admin/editions/draft?${asked}`, 303);
  });

  desk.post<Form>('/admin/editions/draft/test', async (request, reply) => {
    const said = await test(site, request, DRAFT);
    return show(request, reply, { site, said });
  });
}

/** What is said of the chosen papers; or the one pick that moves up, with its new place. */
function readOrder(body: Record<string, unknown>): Omit<MarkOrder, 'actor'> {
  const [up, place] = textOf(body['up']).split(' ');
  if (up) return { papers: readPapers(up), mark: 'picked', place: Math.max(1, Number(place) || 1) };
  const mark = marks.find((known) => known === body['mark']) ?? null;
  return { papers: readPapers(body['papers']), mark };
}

function readPapers(given: unknown): number[] {
  const all = Array.isArray(given) ? given : [given];
  return all.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
}

function queryOf(query: Query): Record<string, string> {
  const kept = ['words', 'mark', 'after'].flatMap((name) => {
    const value = textOf(query[name]).slice(0, 200);
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(kept);
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const query = queryOf(request.query as Query);
  const { operator } = visitOf(request);
  const mark = marks.find((known) => known === query['mark']) ?? null;
  const [place, id] = (query['after'] ?? '').split('.').map(Number);
  const after = id && Number.isSafeInteger(id) ? { place: place || null, id } : undefined;
  const asked = { words: query['words'] ?? '', mark, after, most: LISTED };
  const draft = await readDraft(site.outside, asked);
  const { papers, picked, hidden, postponed } = draft.counts;
  const last = draft.papers.length === LISTED ? draft.papers.at(-1) : undefined;
  const more = new URLSearchParams({ ...query, after: `${last?.place ?? 0}.${last?.id}` });
  const view = {
    ...said,
    formToken: formTokenFor(request),
    mayOperate: mayUse(operator, 'operate'),
    query: new URLSearchParams(query).toString(),
    lead: `${tellDraft({ papers, cutDueAt: draft.cutDueAt }, site.outside.now())}; ${picked} of at most ${MOST_PICKS} picked, ${hidden} hidden, ${postponed} for the next edition.`,
    words: asked.words,
    marks: [
      { value: '', label: 'any', isChosen: mark === null },
      ...marks.map((value) => ({
        value,
        label: markWords[value],
        isChosen: value === mark,
      })),
    ],
    papers: draft.papers.map(viewDraftPaper),
    ...(last ? { moreLink: `/admin/editions/draft?${more}` } : {}),
    to: operator.address ?? '',
  };
  const status = said.error ? 409 : 200;
  const title = 'The draft';
  return replyWithDesk(request, reply, { site, page: 'desk/draft', title, view, status });
}

function viewDraftPaper(paper: DraftPaper) {
  const { id, title, authors, abstract, link, feeds, mark, place, firstSeenAt } = paper;
  return {
    id,
    title: shortenText(title, 300),
    ...(link ? { link } : {}),
    by: [nameAuthors(authors, english), feeds.join(', '), `seen ${timeOf(firstSeenAt)}`]
      .filter(Boolean)
      .join(' · '),
    abstract: shortenText(abstract, LONGEST_ABSTRACT),
    ...(mark ? { mark: mark === 'picked' ? `pick ${place}` : markWords[mark] } : {}),
    ...(place !== null && place > 1 ? { upTo: place - 1 } : {}),
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayUse } from '../../core/desk/operator.ts';
import { buildFeedAddress } from '../../core/feed/feed.ts';
import { PAPER_KINDS } from '../../core/paper/kinds.ts';
import { countOf } from '../../core/text/words.ts';
import { listFeedDays } from '../../steps/feeds/feed-days.ts';
import { tellOutcome } from '../../steps/feeds/tell-run.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder, type Order } from './order.ts';
import { idOf } from './sign-in.ts';

const DAYS = 7;
const RUNS = 20;

type ById = { Params: { id: string } };
type Query = { Querystring: Record<string, string | undefined> };
type Form = { Body: Record<string, unknown> | undefined };

const statuses: Readonly<Record<string, string>> = {
  added: 'It is watched from now on, and asked within a minute.',
  saved: 'Saved.',
};

/** `/admin/feeds/:id`: its days, its runs, what was refused, and what can be changed of it. */
export function registerFeed(desk: FastifyInstance, site: Site): void {
  const order = async (
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    { build, next }: { build: (name: string) => Order; next: string },
  ) => {
    const id = idOf(request.params.id);
    const feed = await findFeed(site, id);
    if (!feed) return replyWithMessage(reply, site, 404);
    const done = await giveOrder(site, request, build(feed.name));
    if ('error' in done) return showFeed(request, reply, { site, id, said: done });
    return reply.redirect(next, 303);
  };
  const saved = (id: string) => `/admin/feeds/${idOf(id)}?done=saved`;

  desk.get<ById & Query>('/admin/feeds/:id', (request, reply) => {
    const status = statuses[request.query['done'] ?? ''];
    const said = status ? { status } : {};
    return showFeed(request, reply, { site, id: idOf(request.params.id), said });
  });

  desk.post<ById & Form>('/admin/feeds/:id/rename', (request, reply) => {
    const as = textOf(request.body?.['name']).trim();
    const build = (name: string): Order => ({ name: 'feeds rename', args: { name, as } });
    return order(request, reply, { build, next: saved(request.params.id) });
  });

  desk.post<ById & Form>('/admin/feeds/:id/without', (request, reply) => {
    const kinds = [request.body?.['kinds'] ?? []].flat();
    const build = (name: string): Order => ({ name: 'feeds without', args: { name, kinds } });
    return order(request, reply, { build, next: saved(request.params.id) });
  });

  desk.post<ById>('/admin/feeds/:id/remove', (request, reply) => {
    const build = (name: string): Order => ({ name: 'feeds remove', args: { name } });
    return order(request, reply, { build, next: '/admin/feeds' });
  });
}

async function findFeed({ outside }: Site, id: number): Promise<FeedRow | undefined> {
  return (await outside.store.feeds.list()).find((row) => row.id === id);
}

/** Answers with the page of a feed, and what was just done with it. */
export async function showFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  given: { site: Site; id: number; said?: { status?: string; error?: string } },
): Promise<FastifyReply> {
  const { site, id, said = {} } = given;
  const { outside } = site;
  const { store } = outside;
  const feed = await findFeed(site, id);
  if (!feed) return replyWithMessage(reply, site, 404);
  const runs = await store.feeds.listRuns(id, RUNS);
  const refusing = runs.find(({ refused }) => refused > 0);
  const { papers } = await store.feeds.countPapers(id);
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    here: `/admin/feeds/${id}`,
    ...said,
    name: feed.name,
    facts: factsOf(feed, papers),
    kinds: PAPER_KINDS.filter((kind) => kind !== 'paper' && kind !== 'matter').map((kind) => ({
      value: kind,
      label: kind,
      isChosen: feed.leavesOut.includes(kind),
    })),
    removal: `It is not asked any more, and its days and runs are forgotten. ${countOf(papers, 'paper')} that it listed stay: those of the draft come with the next cut, and what readers got is as it was. A feed that is added again begins anew.`,
    days: await listFeedDays(outside, id, DAYS),
    runs: runs.map((run) => ({ when: timeOf(run.startedAt), outcome: tellOutcome(run) })),
    refusals: refusing?.refusals ?? [],
  };
  const page = 'desk/feed';
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page, title: feed.name, view, status });
}

function factsOf(feed: FeedRow, papers: number) {
  const { createdAt, lastAnswerAt, nextFetchAt, failures, lastError } = feed;
  return [
    { name: 'Address', value: buildFeedAddress(feed) },
    { name: 'Watched since', value: timeOf(createdAt) },
    { name: 'Last answer', value: lastAnswerAt ? timeOf(lastAnswerAt) : 'none yet' },
    { name: 'Next fetch', value: timeOf(nextFetchAt) },
    { name: 'Papers', value: String(papers) },
    ...(failures > 0 ? [{ name: 'Failed since', value: `${failures} times` }] : []),
    ...(lastError ? [{ name: 'Last problem', value: lastError }] : []),
  ];
}

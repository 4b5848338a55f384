import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FeedsPage } from '../../core/desk/feed-pages.ts';
import { mayUse } from '../../core/desk/operator.ts';
import { buildFeedAddress } from '../../core/feed/feed.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { countOf } from '../../core/text/words.ts';
import { judgeFeeds } from '../../steps/feeds/judge-feeds.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { registerFeed, showFeed } from './feed.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder } from './order.ts';

type Form = { Body: Record<string, unknown> | undefined };

/** What the page of all feeds says beside them. */
type Said = Pick<FeedsPage, 'error' | 'found'> & { readonly typed?: string };

const found = z.object({
  address: z.string(),
  title: z.string(),
  how: z.string(),
  papers: z.number(),
  titles: z.array(z.string()),
});

/** `/admin/feeds`: the feeds, how each is, and what can be done with them. */
export function registerFeeds(desk: FastifyInstance, site: Site): void {
  const { store } = site.outside;
  registerFeed(desk, site);

  desk.get('/admin/feeds', (request, reply) => showFeeds(request, reply, { site }));

  desk.post<Form>('/admin/feeds/find', async (request, reply) => {
    const typed = textOf(request.body?.['feed']).trim();
    const said = await find(site, request, typed);
    return showFeeds(request, reply, { site, said: { ...said, typed } });
  });

  desk.post<Form>('/admin/feeds/add', async (request, reply) => {
    const address = textOf(request.body?.['feed']).trim();
    const name = textOf(request.body?.['name']).trim();
    const args = { feed: address, ...(name ? { name } : {}) };
    const done = await giveOrder(site, request, { name: 'feeds add', args });
    if ('error' in done) {
      return showFeeds(request, reply, { site, said: { error: done.error, typed: address } });
    }
    const added = z.object({ id: z.number() }).parse(done.answer.data);
    return reply.redirect(`/admin/feeds/${added.id}?done=added`, 303);
  });

  desk.post<Form>('/admin/feeds/fetch', async (request, reply) => {
    const name = textOf(request.body?.['name']);
    const feed = await store.feeds.findByName(name);
    if (!feed) return replyWithMessage(reply, site, 404);
    const done = await giveOrder(site, request, { name: 'feeds fetch', args: { name } });
    const said =
      'error' in done ? { error: done.error } : { status: tellCame(name, done.answer.lines) };
    return showFeed(request, reply, { site, id: feed.id, said });
  });
}

/** What came of a fetch, without the name that stands above it already. */
function tellCame(name: string, lines: readonly string[]): string {
  const said = lines.map((line) => line.replace(`${name}: `, ''));
  return `It was asked just now: ${said.join('; ')}.`;
}

async function find(site: Site, request: FastifyRequest, feed: string): Promise<Said> {
  if (!feed) return { error: 'Type what to find.' };
  const done = await giveOrder(site, request, { name: 'feeds find', args: { feed } });
  if ('error' in done) return { error: done.error };
  const { address, title, how, papers, titles } = found.parse(done.answer.data);
  const has = papers === 0 ? 'it has no papers now' : `it has ${countOf(papers, 'paper')}`;
  return {
    found: { address, name: (title || address).slice(0, 80), how: `${how}; ${has}`, titles },
  };
}

async function showFeeds(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const { outside } = site;
  const judged = await judgeFeeds(outside, dateIn(outside.config.cut.zone, outside.now()));
  const rows = await outside.store.feeds.list();
  const feeds = rows.map((feed) => {
    const day = judged.find(({ id }) => id === feed.id);
    const { state, reason } = day ?? { state: 'quiet', reason: 'it is asked soon' };
    return { id: feed.id, name: feed.name, address: buildFeedAddress(feed), state, reason };
  });
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    typed: '',
    ...said,
    feeds,
  };
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/feeds', title: 'Feeds', view, status });
}

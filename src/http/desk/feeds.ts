import type { FastifyInstance } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { buildFeedAddress } from '../../core/feed/feed.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { listFeedDays } from '../../steps/feeds/feed-days.ts';
import { judgeFeeds } from '../../steps/feeds/judge-feeds.ts';
import { tellOutcome } from '../../steps/feeds/tell-run.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';

const DAYS = 7;
const RUNS = 20;

/** `/admin/feeds`: how each feed is, what its runs came to and what was refused. */
export function registerFeeds(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const { store, config } = outside;

  desk.get('/admin/feeds', async (request, reply) => {
    const judged = await judgeFeeds(outside, dateIn(config.cut.zone, outside.now()));
    const rows = await store.feeds.list();
    const feeds = rows.map((feed) => {
      const day = judged.find(({ id }) => id === feed.id);
      const { state, reason } = day ?? { state: 'quiet', reason: 'it is asked soon' };
      return { id: feed.id, name: feed.name, address: buildFeedAddress(feed), state, reason };
    });
    const page = 'desk/feeds';
    return replyWithDesk(request, reply, { site, page, title: 'Feeds', view: { feeds } });
  });

  desk.get<{ Params: { id: string } }>('/admin/feeds/:id', async (request, reply) => {
    const id = idOf(request.params.id);
    const feed = (await store.feeds.list()).find((row) => row.id === id);
    if (!feed) return replyWithMessage(reply, site, 404);
    const runs = await store.feeds.listRuns(id, RUNS);
    const refusing = runs.find(({ refused }) => refused > 0);
    const view = {
      formToken: formTokenFor(request),
      mayOperate: mayUse(visitOf(request).operator, 'operate'),
      name: feed.name,
      facts: factsOf(feed),
      days: await listFeedDays(outside, id, DAYS),
      runs: runs.map((run) => ({ when: timeOf(run.startedAt), outcome: tellOutcome(run) })),
      refusals: refusing?.refusals ?? [],
    };
    const page = 'desk/feed';
    return replyWithDesk(request, reply, { site, page, title: feed.name, view });
  });

  desk.post<{ Body: { name?: unknown } | undefined }>(
    '/admin/feeds/fetch',
    async (request, reply) => {
      const feed = await store.feeds.findByName(textOf(request.body?.name));
      if (!feed) return replyWithMessage(reply, site, 404);
      const at = outside.now();
      const actor = actorOf(visitOf(request).operator);
      const entry = { at, actor, action: 'fetch', subject: `feed ${feed.name}`, detail: {} };
      await store.records.recordAudit(entry);
      await outside.queue.enqueue('ingest', { feedId: feed.id });
      return reply.redirect(`/admin/feeds/${feed.id}`, 303);
    },
  );
}

function factsOf(feed: FeedRow) {
  const { createdAt, lastAnswerAt, nextFetchAt, failures, lastError } = feed;
  return [
    { name: 'Address', value: buildFeedAddress(feed) },
    { name: 'Watched since', value: timeOf(createdAt) },
    { name: 'Last answer', value: lastAnswerAt ? timeOf(lastAnswerAt) : 'none yet' },
    { name: 'Next fetch', value: timeOf(nextFetchAt) },
    ...(failures > 0 ? [{ name: 'Failed since', value: `${failures} times` }] : []),
    ...(lastError ? [{ name: 'Last problem', value: lastError }] : []),
  ];
}

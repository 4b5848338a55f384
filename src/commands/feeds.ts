import { z } from 'zod';
import { buildFeedAddress, parseFeedAddress } from '../core/feed/feed.ts';
import { dateIn } from '../core/reader/schedule.ts';
import { ingestFeeds } from '../steps/feeds/ingest.ts';
import { judgeFeeds } from '../steps/feeds/judge-feeds.ts';
import { tellRun } from '../steps/feeds/tell-run.ts';
import type { Outside } from '../steps/steps.ts';
import { addFeed, noFeed } from './add-feed.ts';
import { recordChange } from './audit.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { showTime } from './feed-show.ts';

export const feedsAdd = defineCommand({
  args: z.object({ feed: z.string(), name: z.string().min(1).max(80).optional() }),
  async run(outside, { feed, name }, { actor }) {
    const address = parseFeedAddress(feed);
    const added = await addFeed(outside, {
      name: name ?? buildFeedAddress(address),
      address,
      actor,
    });
    if ('refused' in added) throw new CommandError(added.refused);
    return {
      lines: [
        `added the feed ${added.name}; it is fetched within a minute, or now: paperround feeds fetch "${added.name}"`,
      ],
      data: added,
    };
  },
});

export const feedsList = defineCommand({
  args: z.object({}),
  async run(outside) {
    const { store, config, now } = outside;
    const feeds = await store.feeds.list();
    const judged = await judgeFeeds(outside, dateIn(config.cut.zone, now()));
    const today = new Map(judged.map(({ name, state, reason }) => [name, { state, reason }]));
    const rows = feeds.map(({ name, kind, lastAnswerAt }) => [
      name,
      kind,
      today.get(name)?.state ?? '',
      lastAnswerAt ? showTime(lastAnswerAt) : 'never',
      today.get(name)?.reason ?? '',
    ]);
    const none = 'There are no feeds. Add one: paperround feeds add arxiv:cs.CL+cs.LG';
    const head = ['FEED', 'KIND', 'TODAY', 'ANSWERED', 'WHY'];
    const data = feeds.map((feed) => ({ ...feed, today: today.get(feed.name) }));
    return { lines: buildTable(head, rows, none), data };
  },
});

export const feedsRemove = defineCommand({
  args: z.object({ name: z.string() }),
  async run(outside, { name }, { actor }) {
    if (!(await outside.store.feeds.remove(name))) throw noFeed(name);
    await recordChange(outside, { actor, action: 'remove', subject: `feed ${name}` });
    return { lines: [`removed the feed ${name}; its papers stay`], data: { removed: name } };
  },
});

export const feedsFetch = defineCommand({
  args: z.object({ name: z.string().optional() }),
  async run(outside, { name }) {
    const reports = await ingestFeeds(outside, await listFeeds(outside, name));
    const lines = reports.map(tellRun);
    if (reports.length > 0 && reports.every(({ error }) => error !== null)) {
      throw new CommandError(lines.join('\n'));
    }
    return { lines: lines.length > 0 ? lines : ['There are no feeds.'], data: reports };
  },
});

async function listFeeds({ store }: Pick<Outside, 'store'>, name: string | undefined) {
  if (name === undefined) return store.feeds.list();
  const feed = await store.feeds.findByName(name);
  if (!feed) throw noFeed(name);
  return [feed];
}

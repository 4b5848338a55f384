import { z } from 'zod';
import { buildFeedAddress, parseFeedAddress } from '../core/feed.ts';
import { ingestFeed } from '../steps/ingest.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

export const feedsAdd = defineCommand({
  args: z.object({ feed: z.string(), name: z.string().min(1).max(80).optional() }),
  async run({ store, now }, { feed, name }) {
    const { kind, address } = parseFeedAddress(feed);
    const called = name ?? buildFeedAddress({ kind, address });
    const row = await store.feeds.insert({ name: called, kind, address, at: now() });
    if (!row) throw new CommandError(`the feed ${called} is there already`);
    return {
      lines: [
        `added the feed ${row.name}; it is fetched within a minute, or now: paperround feeds fetch ${row.name}`,
      ],
      data: row,
    };
  },
});

export const feedsList = defineCommand({
  args: z.object({}),
  async run({ store }) {
    const feeds = await store.feeds.list();
    const rows = feeds.map((feed) => [
      feed.name,
      feed.kind,
      feed.lastAnswerAt?.toISOString().slice(0, 16) ?? 'never',
      feed.lastError ?? '',
    ]);
    const none = 'There are no feeds. Add one: paperround feeds add arxiv:cs.CL+cs.LG';
    return { lines: buildTable(['FEED', 'KIND', 'ANSWERED', 'PROBLEM'], rows, none), data: feeds };
  },
});

export const feedsRemove = defineCommand({
  args: z.object({ name: z.string() }),
  async run({ store }, { name }) {
    if (!(await store.feeds.remove(name))) throw noFeed(name);
    return { lines: [`removed the feed ${name}; its papers stay`], data: { removed: name } };
  },
});

export const feedsFetch = defineCommand({
  args: z.object({ name: z.string().optional() }),
  async run(outside, { name }) {
    const feeds = await listFeeds(outside, name);
    const reports = [];
    for (const feed of feeds) reports.push(await ingestFeed(outside, feed.id));
    const lines = reports.flatMap((report) => {
      if (!report) return [];
      const { feed, status, fetched, kept, merged, refused, error } = report;
      if (error) return [`${feed}: failed: ${error}`];
      if (status === 'unchanged') return [`${feed}: nothing new`];
      return [
        `${feed}: ${fetched} items, ${kept} new papers, ${merged} merged, ${refused} refused`,
      ];
    });
    if (reports.length > 0 && reports.every((report) => report?.error)) {
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

function noFeed(name: string): CommandError {
  return new CommandError(`there is no feed ${name}: "paperround feeds list" shows them`);
}

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
import { keyHint } from './feed-find.ts';
import { showTime } from './feed-show.ts';
import { feed, feedReport, feedState, paperKind } from './shapes/feed.ts';

const feedName = z.string().min(1).max(80).describe('What to call it.');

export const feedsAdd = defineCommand({
  right: 'operate',
  args: z.object({
    feed: z
      .string()
      .describe('Such as arxiv:cs.CL+cs.LG, crossref:2167-8359, pubmed:gulls[tiab] or a URL.'),
    name: feedName.optional(),
  }),
  answers: feed,
  async run(outside, { feed: asked, name }, { actor }) {
    const address = parseFeedAddress(asked);
    const added = await addFeed(outside, {
      name: name ?? buildFeedAddress(address),
      address,
      actor,
    });
    if ('refused' in added) throw new CommandError(added.refused, 'conflict');
    return {
      lines: [
        `added the feed ${added.name}; it is fetched within a minute, or now: paperround feeds fetch "${added.name}"`,
        ...keyHint(outside, address.kind),
      ],
      data: added,
    };
  },
});

export const feedsList = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({
    items: z.array(
      feed.extend({ today: z.object({ state: feedState, reason: z.string() }).optional() }),
    ),
  }),
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
    const items = feeds.map((row) => ({ ...row, today: today.get(row.name) }));
    return { lines: buildTable(head, rows, none), data: { items } };
  },
});

export const feedsRemove = defineCommand({
  right: 'operate',
  args: z.object({ name: z.string() }),
  answers: z.object({ removed: z.string() }),
  async run(outside, { name }, { actor }) {
    if (!(await outside.store.feeds.remove(name))) throw noFeed(name);
    await recordChange(outside, { actor, action: 'remove', subject: `feed ${name}` });
    return { lines: [`removed the feed ${name}; its papers stay`], data: { removed: name } };
  },
});

export const feedsRename = defineCommand({
  right: 'operate',
  args: z.object({ name: z.string(), as: feedName }),
  answers: feed,
  async run(outside, { name, as }, { actor }) {
    const { store } = outside;
    const found = await store.feeds.findByName(name);
    if (!found) throw noFeed(name);
    if (!(await store.feeds.rename(found.id, as))) {
      throw new CommandError(`the name ${as} is there already, for another feed`, 'conflict');
    }
    const change = { actor, action: 'rename', subject: `feed ${as}`, detail: { was: name } };
    await recordChange(outside, change);
    return { lines: [`the feed ${name} is called ${as} now`], data: { ...found, name: as } };
  },
});

export const feedsWithout = defineCommand({
  right: 'operate',
  args: z.object({
    name: z.string(),
    kinds: z.array(paperKind).describe('Kinds of text not to take from it any more; none for all.'),
  }),
  answers: z.object({ name: z.string(), leavesOut: z.array(paperKind) }),
  async run(outside, { name, kinds }, { actor }) {
    const found = await outside.store.feeds.findByName(name);
    if (!found) throw noFeed(name);
    if (kinds.includes('paper')) throw new CommandError('a feed without papers is none: remove it');
    const leavesOut = [...new Set(kinds)];
    await outside.store.feeds.recordLeftOut(found.id, leavesOut);
    const what = leavesOut.length > 0 ? leavesOut.join(', ') : 'nothing';
    const subject = `feed ${name}: ${what}`;
    await recordChange(outside, { actor, action: 'leave out', subject });
    return { lines: [`the feed ${name} leaves out: ${what}`], data: { name, leavesOut } };
  },
});

export const feedsFetch = defineCommand({
  right: 'operate',
  args: z.object({ name: z.string().optional() }),
  answers: z.object({
    feeds: z.array(z.string()).describe('Which feeds are asked.'),
    reports: z.array(feedReport).describe('What came of it, of those that have answered.'),
  }),
  async run(outside, { name }, { actor, isHasty, progress }) {
    const feeds = await listFeeds(outside, name);
    const names = feeds.map((row) => row.name);
    const subject = name === undefined ? 'feeds' : `feed ${name}`;
    await recordChange(outside, { actor, action: 'fetch', subject });
    if (isHasty) {
      for (const { id } of feeds) await outside.queue.enqueue('ingest', { feedId: id });
      return { lines: [], data: { feeds: names, reports: [] }, goesOn: true };
    }
    const reports = await ingestFeeds(outside, feeds, (done) =>
      progress?.(done, feeds.length, 'feeds'),
    );
    const lines = reports.map(tellRun);
    if (reports.length > 0 && reports.every(({ error }) => error !== null)) {
      throw new CommandError(lines.join('\n'));
    }
    return {
      lines: lines.length > 0 ? lines : ['There are no feeds.'],
      data: { feeds: names, reports },
    };
  },
});

async function listFeeds({ store }: Pick<Outside, 'store'>, name: string | undefined) {
  if (name === undefined) return store.feeds.list();
  const found = await store.feeds.findByName(name);
  if (!found) throw noFeed(name);
  return [found];
}

import { z } from 'zod';
import { buildFeedAddress, type Refusal } from '../core/feed/feed.ts';
import { type ListedItem, tellLacking } from '../core/paper/reading.ts';
import { listFeedDays } from '../steps/feeds/feed-days.ts';
import { tellOutcome } from '../steps/feeds/tell-run.ts';
import type { FeedRow, FeedRun } from '../store/papers/feeds.ts';
import { noFeed } from './add-feed.ts';
import { CommandError, defineCommand } from './command.ts';
import { tellItem } from './feed-item.ts';
import { feedDay, feedRun, feed as feedShape, listedItem } from './shapes/feed.ts';
import { count } from './shapes/shape.ts';

const SHOWN_RUNS = 10;
const SHOWN_DAYS = 7;
const SHOWN_ITEMS = 3;

export const feedsShow = defineCommand({
  right: 'look',
  args: z.object({
    name: z.string(),
    item: z
      .int()
      .min(1)
      .optional()
      .describe('Also how this item of its newest answer was read, counted from 1.'),
  }),
  answers: feedShape.extend({
    days: z.array(feedDay).describe('Its last days, today first.'),
    papers: count,
    crosses: count,
    runs: z.array(feedRun),
    item: listedItem.optional(),
  }),
  async run(outside, { name, item: number }) {
    const { store } = outside;
    const feed = await store.feeds.findByName(name);
    if (!feed) throw noFeed(name);
    const listing = (await store.feeds.findListing(feed.id)) ?? [];
    const item = number === undefined ? undefined : findItem(feed, listing, number);
    const runs = await store.feeds.listRuns(feed.id, SHOWN_RUNS);
    const counts = await store.feeds.countPapers(feed.id);
    const [today, ...before] = await listFeedDays(outside, feed.id, SHOWN_DAYS);
    const lacking = tellLacking(listing);
    const refusing = runs.find(({ refused }) => refused > 0);
    return {
      lines: item
        ? tellItem(item, number ?? 0)
        : [
            `${feed.name} (${buildFeedAddress(feed)})`,
            ...(today ? [`Today: ${today.state}: ${today.reason}`] : []),
            ...tellTimes(feed),
            ...(feed.lastError ? [`Last problem: ${feed.lastError}`] : []),
            `Papers: ${counts.papers}${counts.crosses > 0 ? `, ${counts.crosses} of them from other fields` : ''}`,
            ...(lacking ? [lacking] : []),
            ...(feed.leavesOut.length > 0 ? [`Left out: ${feed.leavesOut.join(', ')}`] : []),
            ...(before.length > 0 ? ['', 'Days before:'] : []),
            ...before.map(({ date, state, reason }) => `  ${date}  ${state}: ${reason}`),
            '',
            runs.length > 0 ? 'Last runs:' : 'No run yet.',
            ...runs.map(
              (run) => `  ${showTime(run.startedAt)}  ${tellOutcome(run)}${tellBatch(run)}`,
            ),
            ...(refusing ? tellRefusals(refusing) : []),
          ],
      data: { ...feed, days: today ? [today, ...before] : before, ...counts, runs, item },
    };
  },
});

function findItem(feed: FeedRow, listing: readonly ListedItem[], number: number): ListedItem {
  const item = listing[number - 1];
  if (item) return item;
  const what =
    listing.length > 0
      ? `its newest answer has the items 1 to ${listing.length}`
      : feed.kind === 'feed'
        ? 'nothing of an answer is kept yet: fetch it first'
        : 'this kind of feed has a field for everything, so that nothing is taken away';
  throw new CommandError(`the feed ${feed.name} has no item ${number}: ${what}`, 'missing');
}

/** `2026-03-03 12:00 UTC`. */
export function showTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function tellTimes(feed: FeedRow): string[] {
  const { createdAt, lastAnswerAt, readUntil, nextFetchAt, failures, isBehind } = feed;
  const tries = failures > 0 ? `, after ${failures} failed ${failures > 1 ? 'tries' : 'try'}` : '';
  return [
    `Watched since: ${showTime(createdAt)}`,
    `Last answer: ${lastAnswerAt ? showTime(lastAnswerAt) : 'none yet'}`,
    ...(readUntil
      ? [`Read up to: ${showTime(readUntil)}${isBehind ? ', not all of it' : ''}`]
      : []),
    `Next fetch: ${showTime(nextFetchAt)}${tries}`,
  ];
}

function tellBatch({ batchDate }: FeedRun): string {
  return batchDate ? ` (batch of ${batchDate})` : '';
}

/** Grouped by reason, the most frequent first; each with its first items. */
function tellRefusals({ startedAt, refused, refusals }: FeedRun): string[] {
  const byReason = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    byReason.set(refusal.reason, [...(byReason.get(refusal.reason) ?? []), refusal]);
  }
  const reasons = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  return [
    '',
    `Refused in the run of ${showTime(startedAt)}: ${refused}${refused > refusals.length ? `, of these the first ${refusals.length}` : ''}`,
    ...reasons.flatMap(([reason, items]) => [
      `  ${items.length} × ${reason}`,
      ...items.slice(0, SHOWN_ITEMS).map(({ item }) => `      ${item}`),
      ...(items.length > SHOWN_ITEMS ? [`      and ${items.length - SHOWN_ITEMS} more`] : []),
    ]),
  ];
}

import { z } from 'zod';
import { buildFeedAddress, type Refusal } from '../core/feed/feed.ts';
import { listFeedDays } from '../steps/feeds/feed-days.ts';
import { tellOutcome } from '../steps/feeds/tell-run.ts';
import type { FeedRow, FeedRun } from '../store/papers/feeds.ts';
import { noFeed } from './add-feed.ts';
import { defineCommand } from './command.ts';
import { feedDay, feedRun, feed as feedShape } from './shapes/feed.ts';
import { count } from './shapes/shape.ts';

const SHOWN_RUNS = 10;
const SHOWN_DAYS = 7;
const SHOWN_ITEMS = 3;

export const feedsShow = defineCommand({
  right: 'look',
  args: z.object({ name: z.string() }),
  answers: feedShape.extend({
    days: z.array(feedDay).describe('Its last days, today first.'),
    papers: count,
    crosses: count,
    runs: z.array(feedRun),
  }),
  async run(outside, { name }) {
    const { store } = outside;
    const feed = await store.feeds.findByName(name);
    if (!feed) throw noFeed(name);
    const runs = await store.feeds.listRuns(feed.id, SHOWN_RUNS);
    const counts = await store.feeds.countPapers(feed.id);
    const [today, ...before] = await listFeedDays(outside, feed.id, SHOWN_DAYS);
    const refusing = runs.find(({ refused }) => refused > 0);
    return {
      lines: [
        `${feed.name} (${buildFeedAddress(feed)})`,
        ...(today ? [`Today: ${today.state}: ${today.reason}`] : []),
        ...tellTimes(feed),
        ...(feed.lastError ? [`Last problem: ${feed.lastError}`] : []),
        `Papers: ${counts.papers}${counts.crosses > 0 ? `, ${counts.crosses} of them from other fields` : ''}`,
        ...(before.length > 0 ? ['', 'Days before:'] : []),
        ...before.map(({ date, state, reason }) => `  ${date}  ${state}: ${reason}`),
        '',
        runs.length > 0 ? 'Last runs:' : 'No run yet.',
        ...runs.map((run) => `  ${showTime(run.startedAt)}  ${tellOutcome(run)}${tellBatch(run)}`),
        ...(refusing ? tellRefusals(refusing) : []),
      ],
      data: { ...feed, days: today ? [today, ...before] : before, ...counts, runs },
    };
  },
});

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

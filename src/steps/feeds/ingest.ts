import { FeedError } from '../../core/feed/feed.ts';
import { findProgress, isPaged, leaveStuckCursor } from '../../core/feed/feed-progress.ts';
import { buildWindow, findMissed, findStaleWindow } from '../../core/feed/feed-window.ts';
import type { FeedRequest, FeedWindow, FetchedFeed } from '../../feeds/fetched.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import type { Outside } from '../steps.ts';
import { catchUp } from './catch-up.ts';
import { type OwnAnswer, readOwnAnswers, recordListed } from './own-answers.ts';
import { type IngestReport, recordFailed, recordFetched } from './record-run.ts';

type IngestOutside = Pick<Outside, 'store' | 'feeds' | 'config' | 'now'>;

// Far longer than a run takes; one that died is taken up again after it.
const CLAIM_MS = 15 * 60_000;

/** Fetches a feed if it is due, with all of arXiv's that are; nothing where another process does. */
export async function ingestDue(outside: IngestOutside, feedId: number): Promise<IngestReport[]> {
  const now = outside.now();
  const until = new Date(now.getTime() + CLAIM_MS);
  return ingestFeeds(outside, await outside.store.feeds.claimDue(feedId, { now, until }));
}

/**
 * Fetches feeds now and stores their papers in the open draft; all of arXiv's in one
 * request. What fails is recorded and asked again later. One report a run; `onDone` hears how
 * many feeds have answered.
 */
export async function ingestFeeds(
  outside: IngestOutside,
  feeds: readonly FeedRow[],
  onDone: (feeds: number) => void = () => {},
): Promise<IngestReport[]> {
  const reports: IngestReport[] = [];
  let done = 0;
  for (const group of groupByRequest(feeds.map(leaveStuckCursor))) {
    reports.push(...(await ingestGroup(outside, group)));
    done += group.length;
    onDone(done);
  }
  return reports;
}

/** Feeds that share a request: those of arXiv, in a steady order. */
function groupByRequest(feeds: readonly FeedRow[]): FeedRow[][] {
  const arxiv = feeds.filter(({ kind }) => kind === 'arxiv').toSorted((a, b) => a.id - b.id);
  const others = feeds.filter(({ kind }) => kind !== 'arxiv').map((feed) => [feed]);
  return arxiv.length > 0 ? [arxiv, ...others] : others;
}

async function ingestGroup(
  outside: IngestOutside,
  group: readonly FeedRow[],
): Promise<IngestReport[]> {
  const { feeds, config, now } = outside;
  const [first] = group;
  if (!first) return [];
  const startedAt = now();
  const window = buildWindow(first, startedAt, config.feeds.maxAgeDays);
  let fetched: FetchedFeed;
  try {
    fetched = await feeds.fetchFeed(buildRequest(first, group), window);
  } catch (error) {
    // One wrong category spoils the whole request: alone, each feed answers for itself.
    if (group.length > 1 && isRefused(error)) return ingestOneByOne(outside, group);
    return recordGroupFailed(outside, { group, startedAt, error: error as Error });
  }
  return recordGroup(outside, { group, startedAt, fetched });
}

async function ingestOneByOne(outside: IngestOutside, group: readonly FeedRow[]) {
  const reports: IngestReport[] = [];
  for (const feed of group) reports.push(...(await ingestGroup(outside, [feed])));
  return reports;
}

async function recordGroupFailed(
  outside: IngestOutside,
  run: { group: readonly FeedRow[]; startedAt: Date; error: Error },
): Promise<IngestReport[]> {
  const { group, startedAt, error } = run;
  const reports: IngestReport[] = [];
  for (const feed of group) {
    reports.push(await recordFailed(outside, { feed, startedAt, error, isCatchUp: false }));
  }
  return reports;
}

async function recordGroup(
  outside: IngestOutside,
  run: { group: readonly FeedRow[]; startedAt: Date; fetched: FetchedFeed },
): Promise<IngestReport[]> {
  const { group, startedAt: askedAt, fetched } = run;
  const { store, config, now } = outside;
  const owing: { answer: OwnAnswer; missed: FeedWindow }[] = [];
  const reports = await store.transaction(async (tx) => {
    const recorded: IngestReport[] = [];
    for (const answer of await readOwnAnswers(tx, group, fetched)) {
      const { feed, fetched: own, isStale } = answer;
      const missed = findOwed(answer, askedAt, config.feeds.maxAgeDays);
      if (missed) owing.push({ answer, missed });
      const isOwing = missed !== undefined;
      const times = { askedAt, at: now(), isOwing };
      const progress = findProgress(feed, { ...own, isStale }, times);
      const mine = { feed, startedAt: askedAt, isCatchUp: false, fetched: own, progress };
      recorded.push(await recordFetched(outside, tx, mine));
      await recordListed(tx, answer);
    }
    return recorded;
  });
  for (const { answer, missed } of owing) {
    const { feed, isStale, fetched: own } = answer;
    const debt = { missed, batchDate: own.batchDate, isStale: isStale || wasStale(answer) };
    reports.push(await catchUp(outside, feed, debt));
  }
  return reports;
}

/** The days that a feed must be asked for by itself, beside what it answered. */
function findOwed(answer: OwnAnswer, askedAt: Date, maxAgeDays: number): FeedWindow | undefined {
  const { feed, fetched } = answer;
  const { status, batchDate } = fetched;
  if (answer.isStale || wasStale(answer)) return findStaleWindow(feed, askedAt, maxAgeDays);
  return status === 'fetched' ? findMissed(feed, { askedAt, batchDate }, maxAgeDays) : undefined;
}

/** Whether the list is still the stale one that came before. */
function wasStale({ feed, fetched }: OwnAnswer): boolean {
  return fetched.status === 'unchanged' && feed.isBehind;
}

/** One request for all feeds of a group, conditional only where all of them saw the same answer. */
function buildRequest(first: FeedRow, group: readonly FeedRow[]): FeedRequest {
  const { kind, etag, lastModified, cursor } = first;
  const isShared = group.every((feed) => feed.etag === etag && feed.lastModified === lastModified);
  const categories = new Set(group.flatMap(({ address }) => address.split('+')));
  return {
    kind,
    address: group.length > 1 ? [...categories].join('+') : first.address,
    ...(isShared && etag !== null && { etag }),
    ...(isShared && lastModified !== null && { lastModified }),
    ...(isPaged(kind) && cursor !== null && { cursor }),
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof FeedError && (error.code === 'source-error' || error.status === 400);
}

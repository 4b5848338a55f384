import { announcementFor, isListedIn } from '../../core/feed/arxiv-category.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { findProgress, isPaged, leaveStuckCursor } from '../../core/feed/feed-progress.ts';
import { buildWindow, findMissed } from '../../core/feed/feed-window.ts';
import { isFreshAnnouncement } from '../../core/paper/paper.ts';
import type { FeedRequest, FetchedFeed } from '../../feeds/fetched.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import type { Outside } from '../steps.ts';
import { catchUp } from './catch-up.ts';
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
  const { group, startedAt, fetched } = run;
  const { store, config, now } = outside;
  const { batchDate } = fetched;
  const answer = { askedAt: startedAt, batchDate };
  const owing = group.flatMap((feed) => {
    const missed =
      fetched.status === 'fetched' && findMissed(feed, answer, config.feeds.maxAgeDays);
    return missed ? [{ feed, missed }] : [];
  });
  const reports = await store.transaction(async (tx) => {
    const recorded: IngestReport[] = [];
    for (const feed of group) {
      const isOwing = owing.some((debt) => debt.feed === feed);
      const progress = findProgress(feed, fetched, { askedAt: startedAt, at: now(), isOwing });
      const own = group.length > 1 ? selectFor(feed, fetched) : fetched;
      const mine = { feed, startedAt, isCatchUp: false, fetched: own, progress };
      recorded.push(await recordFetched(outside, tx, mine));
    }
    return recorded;
  });
  for (const { feed, missed } of owing) {
    reports.push(await catchUp(outside, feed, { missed, batchDate }));
  }
  return reports;
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

/** Of a shared answer, what one feed's categories list, announced as they would have announced it. */
function selectFor(feed: FeedRow, fetched: FetchedFeed): FetchedFeed {
  const asked = feed.address.split('+');
  const papers = fetched.papers
    .filter(({ categories }) => categories.length === 0 || isListedIn(categories, asked))
    .map((paper) => {
      const isReplaced = !isFreshAnnouncement(paper);
      const announcement = announcementFor(paper.categories, asked, isReplaced);
      return { ...paper, announcement };
    });
  return { ...fetched, papers };
}

function isRefused(error: unknown): boolean {
  return error instanceof FeedError && (error.code === 'source-error' || error.status === 400);
}

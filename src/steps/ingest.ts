import { isFreshAnnouncement, type Paper } from '../core/paper.ts';
import { nextCut } from '../core/schedule.ts';
import type { FetchedFeed } from '../feeds/fetched.ts';
import type { FeedRow } from '../store/feeds.ts';
import type { Arrival } from '../store/papers.ts';
import type { Store } from '../store/store.ts';
import type { Outside } from './steps.ts';

/** What one run over a feed came to. */
export interface IngestReport {
  readonly feed: string;
  readonly status: 'fetched' | 'unchanged' | 'failed';
  readonly fetched: number;
  readonly kept: number;
  readonly merged: number;
  readonly refused: number;
  readonly error?: string;
}

const HOUR = 3_600_000;
const FETCH_EVERY = HOUR;
const FIRST_RETRY = 5 * 60_000;
const WINDOW = 48 * HOUR;

/**
 * Fetches a feed and stores its papers in the open draft. A feed that fails is recorded
 * and asked again later, sooner at first; undefined where the feed is gone.
 */
export async function ingestFeed(
  outside: Pick<Outside, 'store' | 'feeds' | 'config' | 'now'>,
  feedId: number,
): Promise<IngestReport | undefined> {
  const { store, feeds, now } = outside;
  const feed = await store.feeds.find(feedId);
  if (!feed) return undefined;
  const startedAt = now();
  try {
    const window = { from: new Date(startedAt.getTime() - WINDOW), to: startedAt };
    const fetched = await feeds.fetchFeed(
      {
        kind: feed.kind,
        address: feed.address,
        ...(feed.etag ? { etag: feed.etag } : {}),
        ...(feed.lastModified ? { lastModified: feed.lastModified } : {}),
        ...(feed.cursor ? { cursor: feed.cursor } : {}),
      },
      window,
    );
    return await recordFetched(outside, { feed, fetched, startedAt });
  } catch (error) {
    return recordFailed(outside, { feed, error: error as Error, startedAt });
  }
}

async function recordFetched(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  run: { feed: FeedRow; fetched: FetchedFeed; startedAt: Date },
): Promise<IngestReport> {
  const { feed, fetched, startedAt } = run;
  const fresh = fetched.papers.filter(isFreshAnnouncement);
  const at = now();
  const counts = await store.transaction(async (tx) => {
    const arrivals = await storePapers(tx, fresh, { cut: config.cut, at, feedId: feed.id });
    await tx.feeds.recordAnswer(feed.id, {
      at,
      nextFetchAt: new Date(at.getTime() + (fetched.complete ? FETCH_EVERY : FIRST_RETRY)),
      etag: fetched.etag,
      lastModified: fetched.lastModified,
      cursor: fetched.cursor,
    });
    const counts = {
      fetched: fetched.papers.length + fetched.refusals.length,
      kept: arrivals.filter((arrival) => arrival === 'kept').length,
      merged: arrivals.filter((arrival) => arrival === 'merged').length,
      refused: fetched.refusals.length,
    };
    await tx.feeds.recordRun({
      feedId: feed.id,
      startedAt,
      endedAt: at,
      status: fetched.status,
      isComplete: fetched.complete,
      batchDate: fetched.batchDate ?? null,
      ...counts,
      refusals: fetched.refusals,
      error: null,
    });
    return counts;
  });
  return { feed: feed.name, status: fetched.status, ...counts };
}

async function recordFailed(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  run: { feed: FeedRow; error: Error; startedAt: Date },
): Promise<IngestReport> {
  const { feed, error, startedAt } = run;
  const at = now();
  const wait = Math.min(FETCH_EVERY, FIRST_RETRY * 2 ** feed.failures);
  const counts = { fetched: 0, kept: 0, merged: 0, refused: 0 };
  await store.transaction(async (tx) => {
    await tx.feeds.recordFailure(feed.id, {
      nextFetchAt: new Date(at.getTime() + wait),
      error: error.message,
    });
    await tx.feeds.recordRun({
      feedId: feed.id,
      startedAt,
      endedAt: at,
      status: 'failed',
      isComplete: false,
      batchDate: null,
      ...counts,
      refusals: [],
      error: error.message,
    });
  });
  return { feed: feed.name, status: 'failed', ...counts, error: error.message };
}

/** Stores papers in the open draft; one arrival a paper, in their order. Needs a transaction. */
export async function storePapers(
  tx: Store,
  papers: readonly Paper[],
  place: { cut: { minuteOfDay: number; zone: string }; at: Date; feedId?: number },
): Promise<Arrival[]> {
  const { at, cut, feedId } = place;
  const draft = await tx.editions.lockDraft({ at, cutDueAt: nextCut(cut, at) });
  const arrivals: Arrival[] = [];
  for (const paper of papers) {
    arrivals.push(
      await tx.papers.upsert(paper, {
        editionId: draft.id,
        isSample: false,
        at,
        ...(feedId === undefined ? {} : { feedId }),
      }),
    );
  }
  return arrivals;
}

import { findCaughtUp } from '../../core/feed/feed-progress.ts';
import type { Window } from '../../core/feed/feed-window.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import type { Outside } from '../steps.ts';
import { type IngestReport, recordFailed, recordFetched } from './record-run.ts';

/**
 * Fetches what a feed announced in days that nobody read it, after its newest answer of
 * `batchDate` was stored. Where that fails or is cut off, the feed stays behind and the next
 * run goes on.
 */
export async function catchUp(
  outside: Pick<Outside, 'store' | 'feeds' | 'config' | 'now'>,
  feed: FeedRow,
  answer: { missed: Window; batchDate: string | undefined; isStale: boolean },
): Promise<IngestReport> {
  const { store, feeds, now } = outside;
  const { missed, batchDate, isStale } = answer;
  const { kind, address, cursor } = feed;
  const run = { feed, startedAt: now(), isCatchUp: true };
  try {
    const request = { kind, address, ...(cursor !== null && { cursor }) };
    const fetched = await feeds.fetchMissed(request, missed);
    const askedAt = missed.to;
    const progress = findCaughtUp(feed, fetched, { askedAt, at: now(), batchDate, isStale });
    return await store.transaction(async (tx) => {
      if (fetched.cursor === undefined) await tx.feeds.recordCaughtUp(feed.id, now());
      return recordFetched(outside, tx, { ...run, fetched, progress });
    });
  } catch (error) {
    return recordFailed(outside, { ...run, error: error as Error });
  }
}

import { z } from 'zod';
import { FEED_KINDS } from '../../core/feed/feed.ts';
import { count, shape, time } from './shape.ts';

const kind = z.enum(FEED_KINDS);
export const feedState = z.enum(['fresh', 'quiet', 'stale', 'partial', 'broken']);

const day = { state: feedState, reason: z.string() };

/** A feed as it stands, without what it keeps for its next request. */
export const feed = shape(
  'Feed',
  z.object({
    id: z.int(),
    name: z.string(),
    kind,
    address: z.string(),
    createdAt: time,
    lastAnswerAt: time.nullable(),
    readUntil: time.nullable(),
    nextFetchAt: time,
    failures: count,
    isBehind: z.boolean(),
    lastError: z.string().nullable(),
  }),
);

/** How a feed was on one day. */
export const feedDay = shape('FeedDay', z.object({ date: z.string(), ...day }));

/** How a feed is today. */
export const judgedFeed = shape('JudgedFeed', z.object({ id: z.int(), name: z.string(), ...day }));

const run = {
  status: z.enum(['fetched', 'unchanged', 'failed']),
  isComplete: z.boolean(),
  isCatchUp: z.boolean(),
  batchDate: z.string().nullable(),
  fetched: count.describe('Items; each is kept, merged, known, replaced or refused.'),
  kept: count,
  merged: count,
  known: count,
  replaced: count,
  refused: count,
  refusals: z.array(z.object({ item: z.string(), reason: z.string() })),
  error: z.string().nullable(),
};

/** What one fetch came to. */
export const feedRun = shape('FeedRun', z.object({ startedAt: time, endedAt: time, ...run }));

/** What a fetch that was asked for came to. */
export const feedReport = shape('FeedReport', z.object({ feed: z.string(), ...run }));

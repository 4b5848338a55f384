import { z } from 'zod';
import { FEED_KINDS } from '../../core/feed/feed.ts';
import { PAPER_KINDS } from '../../core/paper/kinds.ts';
import { count, shape, time } from './shape.ts';

const kind = z.enum(FEED_KINDS);
/** What a text is. */
export const paperKind = z.enum(PAPER_KINDS);
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
    leavesOut: z.array(paperKind).describe('Kinds of text that are not taken from it.'),
  }),
);

/** An item of a feed's newest answer as it was read. */
export const listedItem = shape(
  'FeedItem',
  z.object({
    name: z.string(),
    refusal: z.string().optional().describe('Why it became no paper.'),
    kind: paperKind,
    title: z.string().optional(),
    authors: z.array(z.string()).optional(),
    abstract: z.string().optional().describe('Its first thousand characters.'),
    publishedAt: z.string().optional(),
    link: z.string().optional(),
    ids: z
      .object({
        arxiv: z.string().optional(),
        doi: z.string().optional(),
        pmid: z.string().optional(),
      })
      .optional(),
    reading: z.object({
      from: z.string().optional().describe('The element that gave the abstract.'),
      raw: z
        .array(z.object({ element: z.string(), text: z.string() }))
        .describe('What the feed wrote in its elements.'),
      removed: z
        .array(z.object({ text: z.string(), why: z.string() }))
        .describe('What stood there and is none of it.'),
      notes: z.array(z.string()),
    }),
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

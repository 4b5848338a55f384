import { announcementFor, listCategories } from '../core/feed/arxiv-category.ts';
import { FeedError } from '../core/feed/feed.ts';
import type { Paper } from '../core/paper/paper.ts';
import { toArxivPaper } from './arxiv-paper.ts';
import type { FetchedBytes } from './fetch.ts';
import {
  type Batch,
  conditions,
  type FeedRequest,
  type FetchedFeed,
  type Source,
  toPapers,
  unchanged,
  validators,
} from './fetched.ts';

import { nameOf, type RawFeed } from './raw-feed.ts';
import { readDate } from './texts/dates.ts';
import { brokenItems, parseFeedBytes } from './xml.ts';

// Source: arXiv RSS help. A list of this length was cut, and says so nowhere.
const MAX_ROWS = 2000;

/** One day's announcements as one feed gives them. */
export interface ArxivBatch extends Batch {
  readonly batchDate?: string;
  readonly isWhole: boolean;
}

/**
 * Fetches the newest announcements in some categories, all in one request; an archive by its
 * categories. Where they are more than arXiv lists at once, of which it leaves out new ones
 * first, the categories are asked for in halves, and how a paper was announced is told anew
 * for the whole set. Source: info.arxiv.org/help/rss_specifications.
 */
export async function fetchArxiv(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const categories = listCategories(feed.address.split('+'));
  const answer = await fetchRss(categories, conditions(feed), source);
  if (answer.isUnchanged) return unchanged(answer);
  const batch = await parseArxiv(answer.bytes, answer.contentType);
  const { papers, refusals, isWhole, batchDate } = isFull(batch)
    ? await fetchHalves(categories, batch, source)
    : batch;
  return {
    status: 'fetched',
    papers,
    refusals,
    complete: isWhole,
    ...validators(answer),
    ...(batchDate !== undefined && { batchDate }),
  };
}

/** Reads an arXiv RSS or Atom feed. Throws FeedError `source-error` for a feed that is an error. */
export async function parseArxiv(bytes: Uint8Array, contentType = ''): Promise<ArxivBatch> {
  const raw = await parseFeedBytes(bytes, contentType);
  if (/^feed error/i.test(raw.title)) {
    const reason = raw.description || raw.title;
    throw new FeedError('source-error', `arXiv says: ${reason.slice(0, 500)}`);
  }
  const { papers, refusals } = await toPapers(raw.entries, nameOf, toArxivPaper);
  const batchDate = readBatchDate(raw, papers);
  return {
    papers,
    refusals: [...refusals, ...brokenItems(raw)],
    isWhole: raw.isWhole,
    ...(batchDate !== undefined && { batchDate }),
  };
}

async function fetchRss(
  categories: readonly string[],
  validators: ReturnType<typeof conditions>,
  { fetch, bases }: Source,
): Promise<FetchedBytes> {
  const url = `${bases.arxivRss}/rss/${categories.join('+')}`;
  const answer = await fetch({
    url,
    accept: 'application/rss+xml',
    alsoStatus: 400,
    ...validators,
  });
  if (answer.status !== 400) return answer;
  // Throws with arXiv's own reason where the body has one.
  await parseArxiv(answer.bytes, answer.contentType);
  throw new FeedError('status', 'arXiv answered with HTTP 400.', { status: 400 });
}

function isFull({ papers, refusals }: Batch): boolean {
  return papers.length + refusals.length >= MAX_ROWS;
}

async function fetchHalves(
  categories: readonly string[],
  batch: ArxivBatch,
  source: Source,
): Promise<ArxivBatch> {
  if (categories.length === 1) {
    const reason = `arXiv lists ${MAX_ROWS} papers at most; the rest of the day is missing.`;
    const cut = { item: categories[0] ?? '', reason };
    return { ...batch, refusals: [...batch.refusals, cut], isWhole: false };
  }
  const middle = Math.ceil(categories.length / 2);
  const papers = new Map<string | undefined, Paper>();
  const refusals = [];
  let isWhole = true;
  for (const half of [categories.slice(0, middle), categories.slice(middle)]) {
    const part = await fetchPart(half, source);
    for (const paper of part.papers) papers.set(paper.ids.arxiv, announceAnew(paper, categories));
    refusals.push(...part.refusals);
    isWhole &&= part.isWhole;
  }
  return { ...batch, papers: [...papers.values()], refusals, isWhole };
}

async function fetchPart(categories: readonly string[], source: Source): Promise<ArxivBatch> {
  const answer = await fetchRss(categories, {}, source);
  const batch = await parseArxiv(answer.bytes, answer.contentType);
  return isFull(batch) ? fetchHalves(categories, batch, source) : batch;
}

function announceAnew(paper: Paper, asked: readonly string[]): Paper {
  const isReplaced = paper.announcement?.startsWith('replace') ?? false;
  return { ...paper, announcement: announcementFor(paper.categories, asked, isReplaced) };
}

/** The day of the announcement: feeds are dated by arXiv's own clock, midnight in New York. */
function readBatchDate(raw: RawFeed, papers: readonly Paper[]): string | undefined {
  const date = readDate(raw.date) ?? papers[0]?.publishedAt;
  return date && NEW_YORK_DAY.format(date);
}

const NEW_YORK_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });

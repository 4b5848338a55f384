import { announcementFor } from '../core/feed/arxiv-category.ts';
import { FeedError } from '../core/feed/feed.ts';
import type { Paper } from '../core/paper/paper.ts';
import { toArxivPaper } from './arxiv-paper.ts';
import type { FeedRequest, FeedWindow, FetchedFeed, Source } from './fetched.ts';
import { toPapers } from './fetched.ts';
import { EmptyPage, fetchPages, type Page } from './pages.ts';
import { nameOf, type RawFeed, textOf } from './raw-feed.ts';
import { brokenItems, parseFeedBytes } from './xml.ts';

// Source: arXiv API user's manual: 2,000 entries a request, 30,000 a search.
const PAGE_SIZE = 500;
const MAX_RESULTS = 30_000;
// From the cut-off on Friday 14:00 to the announcement on Monday or, after a holiday, Tuesday.
const LONGEST_WAIT_MS = 5 * 24 * 3_600_000;

/**
 * Fetches an arXiv search, newest submissions first, as far back as the window and the days
 * that a submission may wait for its announcement; or the papers of an `id_list`, whatever
 * their age. Source: info.arxiv.org/help/api/user-manual.
 */
export function fetchArxivQuery(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  const ids = /^id_list=(.*)$/.exec(feed.address)?.[1];
  return fetchPages(feed, window, (start, { from, to }) => {
    if (ids !== undefined) return fetchPage({ id_list: ids }, start, source);
    const search = `(${feed.address}) AND ${submittedIn({ from, to })}`;
    return fetchPage({ search_query: search }, start, source);
  });
}

/**
 * Papers by their ids, in no order; what arXiv does not know is missing. One id that it cannot read
 * spoils the request, so each half is asked for then.
 */
export async function fetchArxivIds(ids: readonly string[], source: Source): Promise<Paper[]> {
  try {
    return [...(await fetchPage({ id_list: ids.join(',') }, 0, source)).papers];
  } catch (error) {
    const isAboutIds = error instanceof FeedError && error.code === 'source-error';
    if (!isAboutIds) throw error;
    if (ids.length < 2) return [];
    const middle = Math.ceil(ids.length / 2);
    const first = await fetchArxivIds(ids.slice(0, middle), source);
    return [...first, ...(await fetchArxivIds(ids.slice(middle), source))];
  }
}

/**
 * Fetches by the search what was announced in some categories while nobody read the feed.
 * Submissions wait up to five days for their announcement, so papers announced shortly
 * before the window come too. Replacements do not.
 */
export function fetchMissedArxiv(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  const categories = feed.address.split('+');
  const anyOf = categories.flatMap(searchTerms).join(' OR ');
  return fetchPages(feed, window, async (start, asked) => {
    const search_query = `(${anyOf}) AND ${submittedIn(asked)}`;
    const page = await fetchPage({ search_query }, start, source);
    const papers = page.papers.map((paper) => ({
      ...paper,
      announcement: announcementFor(paper.categories, categories, false),
    }));
    return { ...page, papers };
  });
}

/** A whole archive is itself, as it was before it had subjects, and all its subjects. */
function searchTerms(category: string): string[] {
  return category.includes('.') ? [`cat:${category}`] : [`cat:${category}`, `cat:${category}.*`];
}

function submittedIn({ from, to }: FeedWindow): string {
  const earliest = new Date(from.getTime() - LONGEST_WAIT_MS);
  return `submittedDate:[${toMinute(earliest)} TO ${toMinute(to)}]`;
}

/** `202609251200`, in GMT. */
function toMinute(date: Date): string {
  return date.toISOString().replace(/\D/g, '').slice(0, 12);
}

async function fetchPage(
  query: Readonly<Record<string, string>>,
  start: number,
  { fetch, bases }: Source,
): Promise<Page> {
  const params = new URLSearchParams({
    ...query,
    start: String(start),
    max_results: String(PAGE_SIZE),
    sortBy: 'submittedDate',
    sortOrder: 'descending',
  });
  const url = `${bases.arxivApi}/api/query?${params}`;
  const answer = await fetch({ url, accept: 'application/atom+xml', alsoStatus: 400 });
  const page = await parseArxivQuery(answer.bytes, start);
  if (answer.status !== 400) return page;
  throw new FeedError('status', 'arXiv answered with HTTP 400.', { status: 400 });
}

/**
 * Reads one page of the query API that began at `start`. Throws FeedError `source-error` for
 * an error that arrives as an entry, and EmptyPage for one in the middle of a list, which the
 * API sends now and then.
 */
export async function parseArxivQuery(bytes: Uint8Array, start = 0): Promise<Page> {
  const raw = await parseFeedBytes(bytes, 'application/atom+xml');
  const error = raw.entries.find((entry) => /\/api\/errors\b/.test(textOf(entry, 'id')));
  if (error)
    throw new FeedError('source-error', `arXiv says: ${textOf(error, 'summary', 'title')}`);
  const total = Math.min(raw.total ?? 0, MAX_RESULTS);
  const end = start + raw.entries.length + raw.broken.length;
  if (end === start && start < total) {
    const message = `arXiv sent an empty page at ${start} of ${total} papers.`;
    throw new EmptyPage(message, { size: PAGE_SIZE, total });
  }
  const { papers, refusals } = await toPapers(raw.entries, nameOf, toArxivPaper);
  const cut = end >= MAX_RESULTS && (raw.total ?? 0) > end ? [tooMany(raw)] : [];
  return {
    papers,
    refusals: [...refusals, ...brokenItems(raw), ...cut],
    ...(end < total && { next: end }),
  };
}

function tooMany({ total = 0 }: RawFeed): { item: string; reason: string } {
  const reason = `arXiv gives ${MAX_RESULTS} papers of a search at most.`;
  return { item: `(papers ${MAX_RESULTS} to ${total})`, reason };
}

import type { Refusal } from '../core/feed/feed.ts';
import type { Paper } from '../core/paper/paper.ts';
import {
  type Batch,
  type FeedRequest,
  type FeedWindow,
  type FetchedFeed,
  reasonOf,
} from './fetched.ts';

/** One page of a paged feed; `next` is where the following one starts, absent on the last. */
export interface Page extends Batch {
  readonly next?: number;
}

// Some 10,000 papers or more at once; the cursor says where to go on.
const MAX_PAGES = 100;

/**
 * Reads a paged feed to its end. The cursor of a run that was cut off carries the window it
 * had, so that the next run goes on in the same list. A failure on the first page throws;
 * a later one keeps what was read and says where to go on.
 */
export async function fetchPages(
  feed: FeedRequest,
  window: FeedWindow,
  fetchPage: (start: number, window: FeedWindow) => Promise<Page>,
): Promise<FetchedFeed> {
  const first = parseCursor(feed.cursor) ?? { start: 0, window };
  const papers: Paper[] = [];
  const refusals: Refusal[] = [];
  let start: number | undefined = first.start;
  for (let pages = 0; start !== undefined && pages < MAX_PAGES; pages += 1) {
    const page: Page | undefined = await fetchPage(start, first.window).catch((error: unknown) => {
      if (pages === 0) throw error;
      refusals.push({ item: `(everything from number ${start} on)`, reason: reasonOf(error) });
      return undefined;
    });
    if (!page) break;
    papers.push(...page.papers);
    refusals.push(...page.refusals);
    start = page.next;
  }
  const cursor = start === undefined ? {} : { cursor: buildCursor(start, first.window) };
  return { status: 'fetched', papers, refusals, complete: start === undefined, ...cursor };
}

function buildCursor(start: number, { from, to }: FeedWindow): string {
  return `${start} ${from.toISOString()} ${to.toISOString()}`;
}

function parseCursor(cursor = ''): { start: number; window: FeedWindow } | undefined {
  const [, start, from, to] = /^(\d{1,9}) (\S+Z) (\S+Z)$/.exec(cursor) ?? [];
  if (!start || !from || !to) return undefined;
  const window = { from: new Date(from), to: new Date(to) };
  const isValid = !Number.isNaN(window.from.getTime()) && !Number.isNaN(window.to.getTime());
  return isValid ? { start: Number(start), window } : undefined;
}

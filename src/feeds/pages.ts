import { FeedError, type Refusal } from '../core/feed/feed.ts';
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
  /** What the source calls that place, where it is asked for by a name of its own. */
  readonly token?: string;
}

/** A page with nothing on it, of a list that says that it goes on. */
export class EmptyPage extends FeedError {
  /** How many papers such a page has when it has any, and how many the list. */
  readonly size: number;
  readonly total: number;

  constructor(message: string, { size, total }: { size: number; total: number }) {
    super('source-error', message);
    this.size = size;
    this.total = total;
  }
}

// Some 10,000 papers or more at once; the cursor says where to go on.
const MAX_PAGES = 100;

/**
 * Reads a paged feed to its end. The cursor of a run that was cut off carries the window it
 * had, so that the next run goes on in the same list. A failure on the first page throws; a
 * later one keeps what was read and says where to go on. An empty page is stepped over, since
 * sources give one for days at one place; what it hid is not read then, and there is no cursor:
 * the next run begins anew.
 */
export async function fetchPages(
  feed: FeedRequest,
  window: FeedWindow,
  fetchPage: (start: number, window: FeedWindow, token?: string) => Promise<Page>,
): Promise<FetchedFeed> {
  const first: Cursor = parseCursor(feed.cursor) ?? { start: 0, window };
  const { start: next, token } = first;
  const reading: Reading = { papers: [], refusals: [], next, token, hasHole: false };
  for (let pages = 0; reading.next !== undefined && pages < MAX_PAGES; pages += 1) {
    const start = reading.next;
    try {
      takePage(reading, await fetchPage(start, first.window, reading.token));
    } catch (error) {
      if (error instanceof EmptyPage && start > 0) stepOver(reading, start, error);
      else if (pages === 0) throw error;
      else {
        const item = `(everything from number ${start} on)`;
        reading.refusals.push({ item, reason: reasonOf(error) });
        break;
      }
    }
  }
  return endReading(reading, first.window);
}

function endReading(reading: Reading, window: FeedWindow): FetchedFeed {
  const { papers, refusals, next: start, token, hasHole } = reading;
  const complete = start === undefined && !hasHole;
  const isCutOff = start !== undefined && !hasHole;
  const cursor = isCutOff ? { cursor: buildCursor({ start, token, window }) } : {};
  return { status: 'fetched', papers, refusals, complete, ...cursor };
}

/** How far a list is read. */
interface Reading {
  readonly papers: Paper[];
  readonly refusals: Refusal[];
  next: number | undefined;
  token: string | undefined;
  hasHole: boolean;
  /** Where the next page is, if the last one was empty: a second empty page ends the list. */
  afterHole?: number;
}

function takePage(reading: Reading, page: Page): void {
  reading.papers.push(...page.papers);
  reading.refusals.push(...page.refusals);
  reading.next = page.next;
  reading.token = page.token;
}

function stepOver(reading: Reading, start: number, page: EmptyPage): void {
  const next = start + page.size;
  const isSecond = reading.afterHole === start;
  if (!isSecond) {
    reading.refusals.push({ item: `(the page at number ${start})`, reason: page.message });
  }
  reading.next = isSecond || next >= page.total ? undefined : next;
  reading.afterHole = next;
  reading.hasHole = true;
}

/** Where a list goes on, and which list it is. */
interface Cursor {
  readonly start: number;
  readonly token?: string | undefined;
  readonly window: FeedWindow;
}

function buildCursor({ start, token, window: { from, to } }: Cursor): string {
  const place = `${start} ${from.toISOString()} ${to.toISOString()}`;
  return token === undefined ? place : `${place} ${token}`;
}

function parseCursor(cursor = ''): Cursor | undefined {
  const [, start, from, to, token] = CURSOR.exec(cursor) ?? [];
  if (!start || !from || !to) return undefined;
  const window = { from: new Date(from), to: new Date(to) };
  const isValid = !Number.isNaN(window.from.getTime()) && !Number.isNaN(window.to.getTime());
  return isValid ? { start: Number(start), token, window } : undefined;
}

const CURSOR = /^(\d{1,9}) (\S+Z) (\S+Z)(?: (\S+))?$/;

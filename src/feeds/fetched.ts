import { setImmediate as breathe } from 'node:timers/promises';
import type { FeedAddress, Refusal } from '../core/feed/feed.ts';
import type { ApiKind } from '../core/feed/sources.ts';
import type { Paper } from '../core/paper/paper.ts';
import type { ReadItem } from '../core/paper/reading.ts';
import type { FetchedBytes, FetchRequest } from './fetch.ts';

/** A feed with what the last run left: validators of its answer, or where it was cut off. */
export interface FeedRequest extends FeedAddress {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly cursor?: string;
}

/** The time that is asked for, where a feed can be asked for a time; both ends belong to it. */
export interface FeedWindow {
  readonly from: Date;
  readonly to: Date;
}

export interface FetchedFeed {
  /** `unchanged`: the feed says that nothing is new since the validators given. */
  readonly status: 'fetched' | 'unchanged';
  /** What the feed calls itself, as plain text; absent where it is of a known kind. */
  readonly title?: string;
  readonly papers: readonly Paper[];
  /** Items that became no paper, and what was cut off, each with the reason. */
  readonly refusals: readonly Refusal[];
  /** How the first items were read, in their order, where that is worth telling. */
  readonly items?: readonly ReadItem[];
  readonly etag?: string;
  readonly lastModified?: string;
  /** Where the run was cut off; given back with the feed, the next run goes on from there. */
  readonly cursor?: string;
  /** False where the feed has more than was read. */
  readonly complete: boolean;
  /** The feed's own date of its batch, YYYY-MM-DD, where it tells. */
  readonly batchDate?: string;
}

/** Where the known feeds are; tests play them on loopback. */
export interface FeedBases extends Readonly<Record<ApiKind, string>> {
  readonly arxivRss: string;
  readonly arxivApi: string;
  readonly huggingface: string;
  readonly biorxiv: string;
  readonly zotero: string;
}

/** What an adapter may use: one fetch under the room's rules, the bases, and who we are. */
export interface Source {
  readonly fetch: (request: FetchRequest) => Promise<FetchedBytes>;
  readonly bases: FeedBases;
  /** Of the sources that give one. */
  readonly keys: SourceKeys;
  /** How their operators reach ours: a URL or mail address. */
  readonly contact: string;
}

export type SourceKeys = { readonly [kind in ApiKind]?: string };

export interface Batch {
  readonly papers: readonly Paper[];
  readonly refusals: readonly Refusal[];
}

/** Far more than any feed has; what is beyond is not read. */
export const MAX_ITEMS = 10_000;
const ITEMS_A_BREATH = 100;

/**
 * Makes papers of items one by one, so that one that cannot be read costs itself only; lets
 * the rest of the process breathe in between.
 */
export async function toPapers<Item>(
  items: readonly Item[],
  nameItem: (item: Item, index: number) => string,
  toPaper: (item: Item) => Paper,
): Promise<Batch> {
  const papers: Paper[] = [];
  const refusals: Refusal[] = [];
  for (const [index, item] of items.slice(0, MAX_ITEMS).entries()) {
    if (index % ITEMS_A_BREATH === ITEMS_A_BREATH - 1) await breathe();
    try {
      papers.push(toPaper(item));
    } catch (error) {
      refusals.push({ item: nameItem(item, index), reason: reasonOf(error) });
    }
  }
  if (items.length > MAX_ITEMS) {
    refusals.push({ item: '(the rest)', reason: `Only ${MAX_ITEMS} items of a feed are read.` });
  }
  return { papers, refusals };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an unchanged feed gives. */
export function unchanged(answer: FetchedBytes): FetchedFeed {
  return { status: 'unchanged', papers: [], refusals: [], complete: true, ...validators(answer) };
}

/** The validators to keep for the next conditional request. */
export function validators(answer: FetchedBytes): Pick<FetchedFeed, 'etag' | 'lastModified'> {
  const { etag, lastModified } = answer;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/** The validators of the last answer, as a request takes them. */
export function conditions(feed: FeedRequest): Pick<FetchRequest, 'etag' | 'lastModified'> {
  const { etag, lastModified } = feed;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

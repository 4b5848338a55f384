import type { LookupFunction } from 'node:net';
import type { AskedWork, CitedAnswer } from '../core/citations/asked.ts';
import type { AuthorId, FoundAuthor } from '../core/citations/author.ts';
import type { CitationSource } from '../core/citations/sources.ts';
import type { LookUpScheme } from '../core/feed/look-ups.ts';
import { API_BASES } from '../core/feed/sources.ts';
import { ZOTERO } from '../core/library/zotero.ts';
import type { Named } from '../core/paper/named.ts';
import type { Paper } from '../core/paper/paper.ts';
import { type ReadMail, readAlertMail } from './alerts/read-mail.ts';
import { fetchArxiv } from './arxiv.ts';
import { fetchArxivQuery, fetchMissedArxiv } from './arxiv-query.ts';
import { fetchBiorxiv } from './biorxiv.ts';
import { askCitations, countRequests } from './citations/ask-citations.ts';
import { fetchAuthorWorks } from './citations/author-works.ts';
import { createDispatcher } from './connect.ts';
import { fetchPlainFeed } from './feed.ts';
import { type FetchLimits, type FetchRules, fetchBytes, type Turn } from './fetch.ts';
import type {
  FeedBases,
  FeedRequest,
  FeedWindow,
  FetchedFeed,
  Source,
  SourceKeys,
} from './fetched.ts';
import { fetchHuggingface, fetchMissedHuggingface } from './huggingface.ts';
import { lookUpNamed, lookUpPapers } from './look-up.ts';
import { fetchSource } from './sources/sources.ts';
import { readWebPage, type WebPage } from './web-page.ts';
import { type AskedLibrary, type FetchedLibrary, fetchZotero } from './zotero.ts';
import {
  findZoteroKey,
  listZoteroDeleted,
  type OwnLibrary,
  type Written,
  writeZotero,
  type ZoteroKey,
} from './zotero-write.ts';

export interface FeedsOptions {
  readonly version: string;
  /** How a source's operators reach ours: a URL or mail address, shown in the User-Agent. */
  readonly contact: string;
  /** Awaited before every request, retries and redirects too; here the caller spaces them. */
  readonly turn?: (host: string, mostWaitMs?: number) => Promise<Turn | undefined>;
  /** Whether feeds of private networks and this machine may be read. */
  readonly allowPrivate?: boolean;
  readonly bases?: Partial<FeedBases>;
  readonly keys?: SourceKeys;
  readonly limits?: Partial<FetchLimits>;
  readonly lookup?: LookupFunction;
}

export interface Feeds {
  /**
   * Fetches what a feed has now; kinds that can be asked for a time give the window's.
   * Items that cannot be read are in `refusals`; throws FeedError where the feed cannot.
   */
  fetchFeed(feed: FeedRequest, window: FeedWindow, signal?: AbortSignal): Promise<FetchedFeed>;
  /** Fetches what a feed had in a past window, where its source can tell; nothing for a plain feed. */
  fetchMissed(feed: FeedRequest, window: FeedWindow, signal?: AbortSignal): Promise<FetchedFeed>;
  /** The papers that a source has under some ids, by them; what it does not know is missing. Throws FeedError. */
  lookUp(
    scheme: LookUpScheme,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Paper>>;
  /** The paper that somebody names without an id, where a source has surely that one. Throws FeedError. */
  findNamed(named: Named, signal?: AbortSignal): Promise<Paper | undefined>;
  /**
   * What a source says cites some works, one answer a work; `onRequest` is called before each
   * request. Throws FeedError where it cannot be asked, or gave less than a whole answer.
   */
  askCitations(
    kind: CitationSource,
    works: readonly AskedWork[],
    onRequest: () => void,
  ): Promise<readonly CitedAnswer[]>;
  /** The newest works that OpenAlex says are an author's; `onRequest` as above. Throws FeedError. */
  fetchAuthorWorks(author: AuthorId, onRequest: () => void): Promise<FoundAuthor>;
  /** Reads what a page for people says of its feeds. Throws FeedError where it gives none. */
  readPage(address: string, signal?: AbortSignal): Promise<WebPage>;
  /** Reads a library at Zotero, or what changed in it; undefined where nothing did. Throws FeedError. */
  fetchLibrary(asked: AskedLibrary, signal?: AbortSignal): Promise<FetchedLibrary | undefined>;
  /** Says whose a key at Zotero is. Throws FeedError, with the status 401 where it is none. */
  findZoteroKey(key: string): Promise<ZoteroKey>;
  /** Makes items or collections in a library at Zotero. Throws FeedError, as `findZoteroKey` does. */
  writeZotero(
    library: OwnLibrary,
    what: 'items' | 'collections',
    objects: readonly object[],
  ): Promise<Written>;
  /** Lists what was deleted in a library at Zotero since a version of it. Throws FeedError likewise. */
  listZoteroDeleted(library: OwnLibrary, since: number): Promise<readonly string[]>;
  /** Reads what an alert mail names, without asking anybody. Rejects where it is no mail. */
  readAlertMail(raw: Uint8Array): Promise<ReadMail>;
  /** Closes the connections. */
  close(): Promise<void>;
}

const BASES: FeedBases = {
  arxivRss: 'https://rss.arxiv.org',
  arxivApi: 'https://export.arxiv.org',
  huggingface: 'https://huggingface.co',
  biorxiv: 'https://api.biorxiv.org',
  zotero: ZOTERO.base,
  ...API_BASES,
};

/** A request takes no longer than this, from its turn to its last byte. */
export const REQUEST_TIMEOUT_MS = 60_000;

const LIMITS: FetchLimits = {
  timeoutMs: REQUEST_TIMEOUT_MS,
  chunkTimeoutMs: 20_000,
  maxBytes: 20_000_000,
  maxRedirects: 5,
  attempts: 3,
  backoffMs: 5000,
  maxWaitMs: 120_000,
};

const CONNECT_TIMEOUT_MS = 10_000;

/** The room's one entry: reads feeds of all kinds, politely and within bounds. */
export function createFeeds(options: FeedsOptions): Feeds {
  const limits = { ...LIMITS, ...options.limits };
  const allowPrivate = options.allowPrivate ?? false;
  const dispatcher = createDispatcher({
    allowPrivate,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    maxBytes: limits.maxBytes,
    ...(options.lookup && { lookup: options.lookup }),
  });
  const rules: FetchRules = {
    ...limits,
    allowPrivate,
    dispatcher,
    turn: options.turn ?? (async () => undefined),
    userAgent: `Paperround/${options.version} (+${options.contact})`,
  };
  const bases = { ...BASES, ...options.bases };
  const source = (signal?: AbortSignal): Source => ({
    bases,
    keys: options.keys ?? {},
    contact: options.contact,
    fetch: (request) => fetchBytes(request, rules, signal),
  });
  return {
    fetchFeed: (feed, window, signal) => fetchNow(feed, window, source(signal)),
    fetchMissed: (feed, window, signal) => fetchPast(feed, window, source(signal)),
    lookUp: (scheme, ids, signal) => lookUpPapers(scheme, ids, source(signal)),
    findNamed: (named, signal) => lookUpNamed(named, source(signal)),
    askCitations: (kind, works, onRequest) =>
      askCitations(kind, works, { source: source(), onRequest }),
    fetchAuthorWorks: (author, onRequest) =>
      fetchAuthorWorks(author, countRequests(source(), onRequest)),
    readPage: async (url, signal) => {
      const { fetch } = source(signal);
      const { bytes, contentType } = await fetch({ url, accept: 'text/html, */*;q=0.5' });
      return readWebPage(bytes, contentType, url);
    },
    fetchLibrary: (asked, signal) => fetchZotero(asked, source(signal)),
    findZoteroKey: (key) => findZoteroKey(key, source()),
    writeZotero: (library, what, objects) => writeZotero(library, what, objects, source()),
    listZoteroDeleted: (library, since) => listZoteroDeleted(library, since, source()),
    readAlertMail,
    close: () => dispatcher.close(),
  };
}

async function fetchNow(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  switch (feed.kind) {
    case 'arxiv':
      return fetchArxiv(feed, source);
    case 'arxiv-query':
      return fetchArxivQuery(feed, window, source);
    case 'huggingface':
      return fetchHuggingface(feed, source);
    case 'biorxiv':
    case 'medrxiv':
      return fetchBiorxiv(feed, window, source);
    case 'feed':
      return fetchPlainFeed(feed, source);
    default:
      return fetchSource({ ...feed, kind: feed.kind }, window, source);
  }
}

async function fetchPast(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  const hasNoPast = feed.kind === 'feed' || feed.kind === 'eprint' || feed.kind === 'nep';
  if (hasNoPast) return { status: 'fetched', papers: [], refusals: [], complete: true };
  if (feed.kind === 'arxiv') return fetchMissedArxiv(feed, window, source);
  if (feed.kind === 'huggingface') return fetchMissedHuggingface(feed, window, source);
  return fetchNow(feed, window, source);
}

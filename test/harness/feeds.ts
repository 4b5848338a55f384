import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseFeedAddress } from '../../src/core/feed/feed.ts';
import { API_KINDS, APIS } from '../../src/core/feed/sources.ts';
import { ingestFeeds } from '../../src/steps/feeds/ingest.ts';
import type { Outside } from '../../src/steps/steps.ts';
import type { FeedServer } from './feed-server.ts';

/** The environment in which all known sources are a server of the test's. */
export function playedBy({ url }: FeedServer): Record<string, string> {
  return {
    ARXIV_RSS_URL: url,
    ARXIV_API_URL: url,
    HUGGINGFACE_URL: url,
    BIORXIV_URL: url,
    ZOTERO_URL: url,
    ...Object.fromEntries(API_KINDS.map((kind) => [APIS[kind].setting, url])),
  };
}

/** Answers as the real sources do: with an ETag of the body, and 304 where the caller has it. */
export function answerWith(
  body: string | Buffer,
): (request: IncomingMessage, response: ServerResponse) => void {
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  return (request, response) => {
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(body);
  };
}

/** Watches a feed from now on, under its own address unless it gets a name. */
export async function watch({ store, now }: Outside, text: string, name = text) {
  const feed = await store.feeds.insert({ name, ...parseFeedAddress(text), at: now() });
  if (!feed) throw new Error(`${text} is there already`);
  return feed;
}

/** Fetches all feeds, or those named, now. */
export async function fetchNow(outside: Outside, ...names: string[]) {
  const feeds = await outside.store.feeds.list();
  return ingestFeeds(
    outside,
    feeds.filter(({ name }) => names.length === 0 || names.includes(name)),
  );
}

/** The feed as it stands. */
export async function findFeed({ store }: Outside, name: string) {
  const feed = await store.feeds.findByName(name);
  if (!feed) throw new Error(`no feed ${name}`);
  return feed;
}

/** The titles in the open draft, in the order they came. */
export async function draftTitles({ store }: Outside): Promise<string[]> {
  const draft = await store.editions.findDraft();
  const papers = draft ? await store.papers.listOfEdition(draft.id) : [];
  return papers.map(({ title }) => title);
}

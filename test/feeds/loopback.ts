import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { API_BASES, API_KINDS } from '../../src/core/feed/sources.ts';
import { createFeeds, type Feeds, type FeedsOptions } from '../../src/feeds/feeds.ts';
import type { FeedBases } from '../../src/feeds/fetched.ts';

export type Play = (request: IncomingMessage, response: ServerResponse) => void;

export interface Loopback {
  readonly base: string;
  /** Method-less paths in the order they were asked for. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
  close(): Promise<void>;
}

/** A server on this machine that plays a feed, well or badly. */
export async function startLoopback(play: Play): Promise<Loopback> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    headers.push(request.headers);
    play(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    base: `http://127.0.0.1:${address.port}`,
    asked,
    headers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const QUICK = {
  timeoutMs: 5000,
  chunkTimeoutMs: 5000,
  maxBytes: 5_000_000,
  attempts: 1,
  backoffMs: 1,
};

/** All known sites at one address. */
export function everywhere(base: string): FeedBases {
  const sources = API_KINDS.map((kind) => [kind, base]);
  const bases = { arxivRss: base, arxivApi: base, huggingface: base, biorxiv: base, zotero: base };
  return { ...API_BASES, ...bases, ...Object.fromEntries(sources) };
}

/** Feeds that may read loopback and find all known sites there. */
export function loopbackFeeds(base: string, options: Partial<FeedsOptions> = {}): Feeds {
  return createFeeds({
    version: '0.0.1',
    contact: 'mailto:operator@host.invalid',
    allowPrivate: true,
    bases: everywhere(base),
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
}

/** A day in July, for feeds that are asked for a time. */
export const WINDOW = {
  from: new Date('2026-07-06T00:00:00Z'),
  to: new Date('2026-07-07T12:00:00Z'),
};

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

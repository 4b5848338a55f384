import type { FeedKind } from '../../../src/core/feed/feed.ts';
import type { Feeds, FeedsOptions } from '../../../src/feeds/feeds.ts';
import type { FetchedFeed } from '../../../src/feeds/fetched.ts';
import { type Loopback, loopbackFeeds, startLoopback, WINDOW } from '../loopback.ts';

/** What a source answers: a text, or a value to be written as JSON. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Played {
  readonly asked: readonly URL[];
  readonly server: Loopback;
  readonly feeds: Feeds;
  fetch(cursor?: string): Promise<FetchedFeed>;
  close(): Promise<void>;
}

/** A source on this machine, and a feed that reads it in the window of a July day. */
export async function playSource(
  [kind, address]: readonly [FeedKind, string],
  answer: (url: URL) => Answer,
  options: Partial<FeedsOptions> = {},
): Promise<Played> {
  const asked: URL[] = [];
  const server = await startLoopback((request, response) => {
    const url = new URL(request.url ?? '', 'http://source');
    asked.push(url);
    const { status = 200, headers = {}, body } = answer(url);
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const feeds = loopbackFeeds(server.base, options);
  return {
    asked,
    server,
    feeds,
    fetch: (cursor) =>
      feeds.fetchFeed({ kind, address, ...(cursor !== undefined && { cursor }) }, WINDOW),
    close: async () => {
      await feeds.close();
      await server.close();
    },
  };
}

export const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

export const count = (length: number, from = 0) =>
  Array.from({ length }, (_, index) => from + index);

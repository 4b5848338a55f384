import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Paper } from '../../src/core/paper/paper.ts';

/** An HTTP server on the loopback that plays feeds: the outside world of a test. */
export interface FeedServer {
  readonly url: string;
  /** Every request, in order. */
  readonly requests: IncomingMessage[];
  /** What the next requests are answered with. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Starts a server that answers 404 until it is told what to play. */
export async function openFeedServer(): Promise<FeedServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    feeds.answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const feeds: FeedServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer: (_request, response) => {
      response.writeHead(404).end();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return feeds;
}

/** A plain RSS 2.0 feed of these papers. */
export function buildRss(papers: readonly Paper[]): string {
  const items = papers.map(
    ({ title, link, abstract }) =>
      `<item><title>${title}</title><link>${link}</link><description>${abstract}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Papers</title>${items.join('')}</channel></rss>`;
}

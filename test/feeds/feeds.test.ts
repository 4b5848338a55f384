import { fixture, type Loopback, loopbackFeeds, startLoopback, WINDOW } from './loopback.ts';

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    response.setHeader('etag', `"${path}"`);
    if (request.headers['if-none-match'] === `"${path}"`) return void response.writeHead(304).end();
    if (path.startsWith('/rss/')) return void response.end(fixture('arxiv-rss.xml'));
    if (path === '/api/daily_papers') return void response.end(fixture('huggingface.json'));
    if (path === '/wiley') return void response.end(fixture('wiley.xml'));
    response.writeHead(404).end();
  });
});
afterAll(() => server.close());

describe('createFeeds', () => {
  const kinds = [
    ['arxiv', 'cs.LG+math.OC', 4, '2026-01-06'],
    ['huggingface', 'daily', 2, '2026-07-07'],
    ['feed', '/wiley', 1, undefined],
  ] as const;

  it.each(kinds)('fetches %s once and then only what is new', async (kind, path, count, date) => {
    const feeds = loopbackFeeds(server.base);
    const address = kind === 'feed' ? server.base + path : path;
    const first = await feeds.fetchFeed({ kind, address }, WINDOW);
    expect([first.status, first.papers.length, first.complete]).toEqual(['fetched', count, true]);
    expect(first.batchDate).toBe(date);
    const again = await feeds.fetchFeed({ kind, address, etag: first.etag ?? '' }, WINDOW);
    expect(again).toMatchObject({ status: 'unchanged', papers: [], etag: first.etag });
    await feeds.close();
  });

  it('waits for its turn before every request', async () => {
    const turns: string[] = [];
    const feeds = loopbackFeeds(server.base, { turn: async (host) => void turns.push(host) });
    await feeds.fetchFeed({ kind: 'arxiv', address: 'cs.LG' }, WINDOW);
    await feeds.fetchMissed({ kind: 'huggingface', address: 'daily' }, WINDOW);
    expect(turns).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(server.headers.at(-1)?.['user-agent']).toBe(
      'Paperround/0.0.1 (+mailto:operator@host.invalid)',
    );
    await feeds.close();
  });

  it('has nothing to catch up in a plain feed', async () => {
    const feeds = loopbackFeeds(server.base);
    const missed = await feeds.fetchMissed({ kind: 'feed', address: 'https://x.example/' }, WINDOW);
    expect(missed).toEqual({ status: 'fetched', papers: [], refusals: [], complete: true });
    await feeds.close();
  });

  it('reads no feed of this machine unless it is allowed to', async () => {
    const feeds = loopbackFeeds(server.base, { allowPrivate: false });
    const asked = server.asked.length;
    for (const address of [`${server.base}/wiley`, server.base.replace('127.0.0.1', 'localhost')]) {
      const fetched = feeds.fetchFeed({ kind: 'feed', address }, WINDOW);
      await expect(fetched).rejects.toMatchObject({ code: 'private-address' });
    }
    expect(server.asked.length).toBe(asked);
    await feeds.close();
  });
});

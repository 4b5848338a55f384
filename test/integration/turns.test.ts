import type { Context } from '../../src/process/context.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivRss } from '../harness/feed-shapes.ts';
import { playedBy } from '../harness/feeds.ts';

const SPACING_MS = 150;
const WINDOW = { from: new Date('2026-07-08T00:00:00Z'), to: new Date('2026-07-09T00:00:00Z') };

// arXiv counts requests and connections over all processes: two contexts stand for two of them.
describe.each(backends)('turns in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let contexts: Context[];

  beforeAll(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    const clock = createClock('2026-07-09T05:00:00Z');
    const env = { ...playedBy(feeds), ARXIV_SPACING_MS: String(SPACING_MS) };
    contexts = [await openContext(place, clock, env)];
    // The embedded database has one process only.
    if (backend === 'service') contexts.push(await openContext(place, clock, env));
  });
  afterAll(async () => {
    for (const context of contexts ?? []) await context.close();
    await feeds?.close();
    await place?.remove();
  });

  it('let one request at a time go to arXiv, and the next a while after its answer', async () => {
    let open = 0;
    const most: number[] = [];
    const times: { from: number; to: number }[] = [];
    const sockets = new Set<unknown>();
    feeds.answer = (request, response) => {
      open += 1;
      most.push(open);
      sockets.add(request.socket);
      const from = performance.now();
      // Slower than the spacing: a start every so often would let two overlap.
      setTimeout(() => {
        open -= 1;
        times.push({ from, to: performance.now() });
        response.end(arxivRss('2026-07-08', [{ id: '2607.00001', categories: ['cs.LG'] }]));
      }, SPACING_MS * 2);
    };
    const asking = [...contexts, ...contexts].map(({ outside }) =>
      outside.feeds.fetchFeed({ kind: 'arxiv', address: 'cs.LG' }, WINDOW),
    );
    const answers = await Promise.all(asking);
    expect(answers.every(({ papers }) => papers.length === 1)).toBe(true);
    expect(Math.max(...most)).toBe(1);
    const gaps = times.slice(1).map(({ from }, index) => from - (times[index]?.to ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SPACING_MS - 20);
    // No connection is kept, so that there is one at a time.
    expect(sockets.size).toBe(asking.length);
  });

  it('are given back by a request that fails', async () => {
    const [context] = contexts;
    const fetch = () =>
      context?.outside.feeds.fetchFeed({ kind: 'arxiv', address: 'cs.LG' }, WINDOW);
    feeds.answer = (_request, response) => response.writeHead(404).end();
    await expect(fetch()).rejects.toThrow('HTTP 404');
    const items = [{ id: '2607.00001', categories: ['cs.LG'] }];
    feeds.answer = (_request, response) => response.end(arxivRss('2026-07-08', items));
    expect((await fetch())?.papers).toHaveLength(1);
  });
});

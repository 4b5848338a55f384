import type { Paper } from '../../src/core/paper/paper.ts';
import { joinPapers } from '../../src/core/paper/paper-join.ts';
import { parseBiorxiv } from '../../src/feeds/biorxiv.ts';
import { type Loopback, loopbackFeeds, startLoopback, WINDOW } from './loopback.ts';

const preprint = (number: number) => ({
  doi: `10.64898/2026.07.06.${100000 + number}`,
  title: `Gulls ${number}`,
  authors: 'Gull, A. B.; van Tern, C.; Seabird Consortium',
  date: '2026-7-6',
  version: number === 2 ? '2' : '1',
  category: 'zoology',
  abstract: 'Gulls &amp; terns.',
  published: 'NA',
  server: 'bioRxiv',
});

const page = (start: number, count: number, total: number | string) => ({
  messages: [{ status: 'ok', count, total, cursor: start }],
  collection: Array.from({ length: count }, (_, index) => preprint(start + index)),
});

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('parseBiorxiv', () => {
  it('reads ids, names in reading order, and dates without padding', async () => {
    const { papers, next } = await parseBiorxiv(bytes(page(1, 2, '3')), 1);
    expect(papers[0]).toEqual({
      title: 'Gulls 1',
      abstract: 'Gulls & terns.',
      authors: [{ name: 'A. B. Gull' }, { name: 'C. van Tern' }, { name: 'Seabird Consortium' }],
      categories: ['zoology'],
      link: 'https://www.biorxiv.org/content/10.64898/2026.07.06.100001v1',
      publishedAt: new Date('2026-07-06T00:00:00Z'),
      announcement: 'new',
      ids: { doi: '10.64898/2026.07.06.100001' },
    });
    expect(papers[1]?.announcement).toBe('replace');
    expect(next).toBeUndefined();
  });

  it('ties a preprint to the article that it became', async () => {
    const collection = [{ ...preprint(1), published: '10.5555/Gull.1' }, preprint(3)];
    const { papers } = await parseBiorxiv(bytes({ messages: [], collection }));
    const [tied, free] = papers;
    expect(tied?.ids).toEqual({ doi: '10.64898/2026.07.06.100001', article: '10.5555/gull.1' });
    expect(free?.ids).toEqual({ doi: '10.64898/2026.07.06.100003' });
    const article = { ...papers[0], title: 'Gulls, at last', ids: { doi: '10.5555/gull.1' } };
    const joining = joinPapers([], [...papers, article as Paper]);
    expect(joining.workOf).toEqual([0, 1, 0]);
  });

  it('tells a withdrawn preprint from a paper, on both servers', async () => {
    const withdrawn = { title: 'WITHDRAWN: Gulls', abstract: 'WITHDRAWAL STATEMENTThis was ours.' };
    const collection = [
      { ...preprint(1), ...withdrawn, type: 'withdrawn', version: '2' },
      { ...preprint(3), ...withdrawn, type: 'PUBLISHAHEADOFPRINT', server: 'medrxiv' },
      { ...preprint(4), type: 'new results' },
    ];
    const { papers } = await parseBiorxiv(bytes({ messages: [], collection }));
    expect(papers.map(({ kind }) => kind)).toEqual(['retraction', 'retraction', undefined]);
    expect(papers[0]?.abstract).toBe('Withdrawal statement: This was ours.');
  });

  it('takes no posts for an empty day', async () => {
    const none = { messages: [{ status: 'no posts found' }], collection: [] };
    expect(await parseBiorxiv(bytes(none))).toEqual({ papers: [], refusals: [] });
  });

  it('refuses an item that is malformed and reads the rest', async () => {
    const collection = [{ ...preprint(1), doi: 'none' }, { title: 'No DOI' }, preprint(3)];
    const { papers, refusals } = await parseBiorxiv(bytes({ messages: [], collection }));
    expect(papers.length).toBe(1);
    expect(refusals).toEqual([
      { item: 'Gulls 1', reason: '"none" is not a DOI.' },
      { item: 'No DOI', reason: expect.stringContaining('doi') },
    ]);
  });
});

describe('fetchBiorxiv', () => {
  let server: Loopback;
  let failAt = -1;
  beforeAll(async () => {
    server = await startLoopback((request, response) => {
      const start = Number(/\/(\d+)\/json/.exec(request.url ?? '')?.[1]);
      if (start === failAt) response.statusCode = 404;
      response.end(JSON.stringify(page(start, Math.min(100, 250 - start), 250)));
    });
  });
  afterAll(() => server.close());

  it('reads all pages, and after a fault goes on where it was cut off', async () => {
    const feeds = loopbackFeeds(server.base);
    const feed = { kind: 'medrxiv', address: 'zoology' } as const;
    failAt = 200;
    const cut = await feeds.fetchFeed(feed, WINDOW);
    expect([cut.papers.length, cut.complete]).toEqual([200, false]);
    failAt = -1;
    const rest = await feeds.fetchMissed({ ...feed, cursor: cut.cursor ?? '' }, WINDOW);
    expect([rest.papers.length, rest.complete, rest.cursor]).toEqual([50, true, undefined]);
    expect(server.asked).toEqual([
      '/details/medrxiv/2026-07-06/2026-07-07/0/json?category=zoology',
      '/details/medrxiv/2026-07-06/2026-07-07/100/json?category=zoology',
      '/details/medrxiv/2026-07-06/2026-07-07/200/json?category=zoology',
      '/details/medrxiv/2026-07-06/2026-07-07/200/json?category=zoology',
    ]);
    await feeds.close();
  });
});

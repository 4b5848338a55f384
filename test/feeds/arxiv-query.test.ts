import { parseArxivQuery } from '../../src/feeds/arxiv-query.ts';
import { fixture, type Loopback, loopbackFeeds, startLoopback, WINDOW } from './loopback.ts';

const entry = (number: number) =>
  `<entry><id>http://arxiv.org/abs/2607.${10000 + number}v1</id><title>T${number}</title><category term="cs.LG"/></entry>`;

function page(start: number, count: number, total: number): string {
  const entries = Array.from({ length: count }, (_, index) => entry(start + index));
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><opensearch:totalResults>${total}</opensearch:totalResults>${entries.join('')}</feed>`;
}

describe('parseArxivQuery', () => {
  it('reads entries with every author, affiliation, category and id', async () => {
    const { papers, refusals, next } = await parseArxivQuery(fixture('arxiv-query.xml'));
    expect(papers).toEqual([
      {
        title: 'Boats in two lines',
        abstract: 'We count boats.',
        authors: [
          { name: 'Ninth Author', affiliations: ['Harbour Institute', 'Boat School'] },
          { name: 'Tenth Author' },
        ],
        categories: ['cs.SY', 'cs.LG'],
        link: 'https://arxiv.org/abs/2607.00008',
        publishedAt: new Date('2026-07-01T15:05:19Z'),
        ids: { arxiv: '2607.00008', doi: '10.5555/boats.8' },
      },
      {
        title: 'Stars over boats',
        abstract: 'Old ids have an archive.',
        authors: [{ name: 'Eleventh Author' }],
        categories: ['astro-ph'],
        link: 'https://arxiv.org/abs/astro-ph/0601009',
        publishedAt: new Date('2006-01-02T14:57:58Z'),
        ids: { arxiv: 'astro-ph/0601009' },
      },
    ]);
    expect([refusals, next]).toEqual([[], undefined]);
  });

  it('tells a withdrawn paper by its comment, or by its abstract', async () => {
    const told = (number: number, more: string) =>
      entry(number).replace('</entry>', `${more}</entry>`);
    const entries = [
      told(
        1,
        '<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">This paper has been withdrawn by the author due to an error in Lemma 2</arxiv:comment><summary>We count boats.</summary>',
      ),
      told(2, '<summary>This paper has been withdrawn.</summary>'),
      told(
        3,
        '<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">7 pages, withdrawn boats in Figure 2</arxiv:comment><summary>We count boats.</summary>',
      ),
    ];
    const xml = page(0, 0, 3).replace('</feed>', `${entries.join('')}</feed>`);
    const { papers } = await parseArxivQuery(Buffer.from(xml));
    expect(papers.map(({ kind }) => kind)).toEqual(['retraction', 'retraction', undefined]);
  });

  it('takes an error that arrives as an entry for an error', async () => {
    await expect(parseArxivQuery(fixture('arxiv-query-error.xml'))).rejects.toMatchObject({
      code: 'source-error',
      message: 'arXiv says: incorrect id format for boat',
    });
  });
});

describe('fetchArxivQuery', () => {
  let server: Loopback;
  let failAt = -1;
  beforeAll(async () => {
    server = await startLoopback((request, response) => {
      const params = new URL(request.url ?? '', 'http://x').searchParams;
      const start = Number(params.get('start'));
      if (start === failAt) response.statusCode = 500;
      response.end(page(start, Math.min(500, 1200 - start), 1200));
    });
  });
  beforeEach(() => {
    failAt = -1;
    server.asked.length = 0;
  });
  afterAll(() => server.close());

  it('reads a search to its end, with the window and the days before an announcement', async () => {
    const feeds = loopbackFeeds(server.base);
    const found = await feeds.fetchFeed({ kind: 'arxiv-query', address: 'abs:tide' }, WINDOW);
    expect([found.papers.length, found.complete, found.cursor]).toEqual([1200, true, undefined]);
    const asked = server.asked.map((path) => new URL(path, 'http://x').searchParams);
    expect(asked.map((params) => params.get('start'))).toEqual(['0', '500', '1000']);
    expect(asked[0]?.get('search_query')).toBe(
      '(abs:tide) AND submittedDate:[202607010000 TO 202607071200]',
    );
    await feeds.close();
  });

  it('says where it was cut off, and goes on from there in the same list', async () => {
    const feeds = loopbackFeeds(server.base);
    const query = { kind: 'arxiv-query', address: 'abs:tide' } as const;
    failAt = 1000;
    const cut = await feeds.fetchFeed(query, WINDOW);
    expect([cut.papers.length, cut.complete]).toEqual([1000, false]);
    expect(cut.refusals).toEqual([
      { item: '(everything from number 1000 on)', reason: '127.0.0.1 answered with HTTP 500.' },
    ]);
    failAt = -1;
    const later = { from: new Date('2026-07-08'), to: new Date('2026-07-09') };
    const rest = await feeds.fetchFeed({ ...query, cursor: cut.cursor ?? '' }, later);
    expect([rest.papers.length, rest.complete]).toEqual([200, true]);
    expect(server.asked.at(-1)).toContain('202607071200');
    await feeds.close();
  });

  it('asks for an id_list without a window', async () => {
    const feeds = loopbackFeeds(server.base);
    await feeds.fetchFeed({ kind: 'arxiv-query', address: 'id_list=2607.00001,x' }, WINDOW);
    const params = new URL(server.asked[0] ?? '', 'http://x').searchParams;
    expect([params.get('id_list'), params.has('search_query')]).toEqual(['2607.00001,x', false]);
    await feeds.close();
  });

  it('catches up missed days of categories and whole archives', async () => {
    const feeds = loopbackFeeds(server.base);
    const missed = await feeds.fetchMissed({ kind: 'arxiv', address: 'cs.CL+math' }, WINDOW);
    const params = new URL(server.asked[0] ?? '', 'http://x').searchParams;
    expect(params.get('search_query')).toBe(
      '(cat:cs.CL OR cat:math OR cat:math.*) AND submittedDate:[202607010000 TO 202607071200]',
    );
    expect(missed.papers.every(({ announcement }) => announcement === 'cross')).toBe(true);
    await feeds.close();
  });

  it('takes an empty page in the middle of a list for an error', async () => {
    const fetched = parseArxivQuery(Buffer.from(page(500, 0, 1200)), 500);
    await expect(fetched).rejects.toThrow('empty page at 500 of 1200');
  });
});

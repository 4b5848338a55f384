import { parseArxiv } from '../../src/feeds/arxiv.ts';
import { fixture, type Loopback, loopbackFeeds, startLoopback, WINDOW } from './loopback.ts';

describe('parseArxiv', () => {
  it('reads RSS: base ids, TeX, affiliations, the kind of announcement', async () => {
    const { papers, refusals, batchDate, isWhole } = await parseArxiv(fixture('arxiv-rss.xml'));
    expect(papers[0]).toEqual({
      title: 'Tide²Net: Learning to forecast < 5% of harbours',
      abstract: 'We forecast tides with an error below 5% when n < m, for étale harbours.',
      authors: [
        { name: 'First Authór', affiliations: ['University of Somewhere, Some City'] },
        { name: 'Second Writer Jr.' },
        { name: 'Tide Collaboration' },
      ],
      categories: ['cs.LG', 'cs.AI'],
      link: 'https://arxiv.org/abs/2601.00002',
      publishedAt: new Date('2026-01-06T05:00:00Z'),
      announcement: 'new',
      ids: { arxiv: '2601.00002' },
    });
    expect(papers.map(({ ids }) => ids)).toEqual([
      { arxiv: '2601.00002' },
      { arxiv: '2512.00003', doi: '10.5555/harbour.3' },
      { arxiv: '2511.00004' },
      { arxiv: 'math/0501005' },
    ]);
    expect(papers.map(({ announcement }) => announcement)).toEqual([
      'new',
      'cross',
      'replace',
      'replace-cross',
    ]);
    expect(papers.map(({ authors }) => authors.length)).toEqual([3, 2, 1, 1]);
    expect(refusals).toEqual([{ item: 'An item without its id', reason: 'It has no arXiv id.' }]);
    expect([batchDate, isWhole]).toEqual(['2026-01-06', true]);
  });

  it('reads Atom in the same way', async () => {
    const { papers, batchDate } = await parseArxiv(fixture('arxiv-atom.xml'));
    expect(papers).toEqual([
      {
        title: 'Ferries in summer',
        abstract: 'We count ferries.',
        authors: [{ name: 'Seventh Author' }, { name: 'Eighth Author' }],
        categories: ['cs.LG', 'cs.AI'],
        link: 'https://arxiv.org/abs/2607.00007',
        publishedAt: new Date('2026-07-07T04:00:00Z'),
        announcement: 'new',
        ids: { arxiv: '2607.00007' },
      },
    ]);
    expect(batchDate).toBe('2026-07-07');
  });

  it('tells the announcement from the text where the second parser lost the element', async () => {
    const { papers, refusals, batchDate } = await parseArxiv(fixture('broken-items.xml'));
    expect(papers.map(({ announcement }) => announcement)).toEqual(['new', 'cross', 'replace']);
    expect(papers[1]).toMatchObject({
      title: 'Research & development at AT&T',
      abstract: 'One bare sign, and an that XML does not know.',
      authors: [{ name: 'First Author' }, { name: 'Second Author' }],
    });
    expect([refusals.length, batchDate]).toEqual([1, '2026-07-07']);
  });
});

describe('fetchArxiv', () => {
  let server: Loopback;
  const item = (id: number, category: string) =>
    `<item><title>T${id}</title><guid>oai:arXiv.org:2607.${10000 + id}v1</guid><category>${category}</category><arxiv:announce_type>new</arxiv:announce_type></item>`;
  const feed = (items: string[]) =>
    `<rss version="2.0"><channel><title>updates</title>${items.join('')}</channel></rss>`;
  const many = (count: number, from: number, category: string) =>
    Array.from({ length: count }, (_, index) => item(from + index, category));

  beforeAll(async () => {
    const answers: Record<string, string | Buffer> = {
      '/rss/cs.LG+math.OC': feed(many(2000, 0, 'cs.LG')),
      '/rss/cs.LG': feed(many(1500, 0, 'cs.LG')),
      '/rss/math.OC': feed([
        ...many(900, 1500, 'math.OC'),
        item(3, 'cs.LG').replace('new', 'cross'),
      ]),
      '/rss/hep-ph': feed(many(2000, 0, 'hep-ph')),
      '/rss/cs.XX': fixture('arxiv-feed-error.xml'),
    };
    server = await startLoopback((request, response) => {
      response.statusCode = request.url === '/rss/cs.XX' ? 400 : 200;
      response.end(answers[request.url ?? '']);
    });
  });
  afterAll(() => server.close());

  it('asks for halves where a list is full, and joins them as one', async () => {
    const feeds = loopbackFeeds(server.base);
    const day = await feeds.fetchFeed({ kind: 'arxiv', address: 'cs.LG+math.OC' }, WINDOW);
    expect(server.asked).toEqual(['/rss/cs.LG+math.OC', '/rss/cs.LG', '/rss/math.OC']);
    expect([day.papers.length, day.complete]).toEqual([2400, true]);
    expect(day.papers.every(({ announcement }) => announcement === 'new')).toBe(true);
    await feeds.close();
  });

  it('asks for a whole archive by its categories, so that a day over the limit is whole', async () => {
    // As arXiv lists it: replacements first, what is new last, and the end is cut.
    const subjects = ['AP', 'CO', 'ME', 'ML', 'OT', 'TH'];
    const days = subjects.map((subject, index) => [
      ...many(350, 1000 * index, `stat.${subject}`).map((old) => old.replace('>new<', '>replace<')),
      ...many(50, 1000 * index + 500, `stat.${subject}`),
    ]);
    const isNew = (entry: string) => Number(entry.includes('>new<'));
    const archive = await startLoopback((request, response) => {
      const asked = request.url?.replace('/rss/', '').split('+') ?? [];
      const listed = days.flatMap((day, index) =>
        asked.some((name) => `stat.${subjects[index]}`.startsWith(name)) ? day : [],
      );
      const sorted = listed.toSorted((a, b) => isNew(a) - isNew(b));
      response.end(feed(sorted.slice(0, 2000)));
    });
    const feeds = loopbackFeeds(archive.base);
    const day = await feeds.fetchFeed({ kind: 'arxiv', address: 'stat' }, WINDOW);
    const fresh = day.papers.filter(({ announcement }) => announcement === 'new');
    expect([day.papers.length, fresh.length, day.complete]).toEqual([2400, 300, true]);
    expect(archive.asked).toEqual([
      '/rss/stat.AP+stat.CO+stat.ME+stat.ML+stat.OT+stat.TH',
      '/rss/stat.AP+stat.CO+stat.ME',
      '/rss/stat.ML+stat.OT+stat.TH',
    ]);
    await feeds.close();
    await archive.close();
  });

  it('says that one full category was cut', async () => {
    const feeds = loopbackFeeds(server.base);
    const day = await feeds.fetchFeed({ kind: 'arxiv', address: 'hep-ph' }, WINDOW);
    expect([day.papers.length, day.complete]).toEqual([2000, false]);
    expect(day.refusals).toEqual([{ item: 'hep-ph', reason: expect.stringContaining('2000') }]);
    await feeds.close();
  });

  it('takes a feed that is an error for an error', async () => {
    const feeds = loopbackFeeds(server.base);
    const fetched = feeds.fetchFeed({ kind: 'arxiv', address: 'cs.XX' }, WINDOW);
    await expect(fetched).rejects.toMatchObject({
      code: 'source-error',
      message: "arXiv says: Bad archive 'cs.XX'.",
    });
    await feeds.close();
  });
});

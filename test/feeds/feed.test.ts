import { execFileSync } from 'node:child_process';
import { parsePlainFeed } from '../../src/feeds/feed.ts';
import { fixture } from './loopback.ts';

const read = (name: string) => parsePlainFeed(fixture(name));
const names = (authors: readonly { name: string }[] = []) => authors.map(({ name }) => name);

describe('parsePlainFeed', () => {
  it("reads bioRxiv's RDF", async () => {
    const { papers } = await read('biorxiv.rdf');
    expect(papers).toEqual([
      {
        title: 'Moss on harbour walls',
        abstract: 'Moss grows on walls where n < m and p > q.',
        authors: [
          'M. Kaur',
          'A. B. Shukla',
          'H.-X. Lin',
          'S. C. M. van Wees',
          'The Moss Consortium',
        ].map((name) => ({ name })),
        categories: [],
        link: 'http://biorxiv.org/cgi/content/short/999901v1',
        publishedAt: new Date('2026-07-07T00:00:00Z'),
        ids: { doi: '10.1101/999901' },
      },
    ]);
  });

  it("reads PubMed's whole abstract, all names and ids", async () => {
    const { papers } = await read('pubmed.xml');
    expect(papers[0]).toEqual({
      title: 'Walking by the harbour: a trial',
      abstract:
        'BACKGROUND: Walking is < 5 km. CONCLUSION: Walking by the harbour makes people glad.',
      authors: [{ name: 'First Q Walker' }, { name: 'Second Walker' }, { name: 'Third Walker' }],
      categories: [],
      link: 'https://pubmed.ncbi.nlm.nih.gov/99990001/',
      publishedAt: new Date('2026-07-06T10:00:00Z'),
      ids: { doi: '10.5555/jhm.57', pmid: '99990001' },
    });
    expect(papers[1]).toMatchObject({ abstract: '', ids: { pmid: '99990002' } });
  });

  it("reads Wiley's abstract beside its description, and the right hour", async () => {
    const { papers, refusals } = await read('wiley.xml');
    expect(papers[0]).toMatchObject({
      abstract: 'Quays are walls.',
      publishedAt: new Date('2026-07-06T07:09:28Z'),
      link: 'https://onlinelibrary.wiley.com/doi/10.5555/quay.1',
      categories: ['RESEARCH ARTICLE'],
      ids: { doi: '10.5555/quay.1' },
    });
    expect(papers[0]?.title).toMatch(/^Quays of Mytilus and H(2|₂)O$/);
    expect(names(papers[0]?.authors)).toEqual(['First Mason', 'Second Mason']);
    expect([papers.length, refusals]).toEqual([
      1,
      [
        {
          item: 'Issue Information',
          reason: 'It is no paper but matter of an issue: cover, contents, board or the like.',
        },
      ],
    ]);
  });

  it("reads OUP's author line and escaped abstract", async () => {
    const { papers } = await read('oup.xml');
    expect(papers[0]).toMatchObject({
      abstract: 'Piers stand in water.',
      authors: [{ name: 'C Chen' }, { name: 'Y Zhou' }, { name: 'H Watanabe' }],
      ids: { doi: '10.5555/piers/kab123' },
    });
  });

  it("finds ScienceDirect's authors in its description, which is no abstract", async () => {
    const { papers } = await read('sciencedirect.xml');
    expect(papers[0]).toMatchObject({
      title: 'Dry docks compared',
      abstract: '',
      authors: [{ name: 'First Docker' }, { name: 'Second Docker' }],
      ids: {},
    });
  });

  it('reads JSON Feed, and refuses an item without a title', async () => {
    const { papers, refusals } = await read('feed.json');
    expect(papers).toEqual([
      {
        title: 'A note with a preprint',
        abstract: 'We wrote this.',
        authors: [{ name: 'First Noter' }, { name: 'Second Noter' }],
        categories: ['notes'],
        link: 'https://lab.example/notes/1',
        publishedAt: new Date('2026-07-06T09:00:00Z'),
        ids: {},
      },
    ]);
    expect(refusals).toEqual([{ item: '2', reason: 'It has no title.' }]);
  });

  it('knows a paper by any id that its links and identifiers hold', async () => {
    const item = (link: string, identifier = '') =>
      `<item><title>T</title><link>${link}</link><dc:identifier>${identifier}</dc:identifier></item>`;
    const items = [
      item('https://www.biorxiv.org/content/10.1101/2026.07.06.123456v2?rss=1'),
      item('https://www.biorxiv.org/content/10.64898/2026.07.06.123456v2.full'),
      item('https://arxiv.org/abs/2607.00001v3'),
      item('https://x.example/', 'doi:10.48550/arXiv.2607.00001'),
      item('https://www.tandfonline.com/doi/abs/10.1080/123%2845%29?af=R'),
      item('https://x.example/abs/2607.00001'),
      item('javascript:alert(1)'),
    ];
    const xml = `<rss version="2.0"><channel>${items.join('')}</channel></rss>`;
    const { papers } = await parsePlainFeed(Buffer.from(xml));
    expect(papers.map(({ ids }) => ids)).toEqual([
      { doi: '10.1101/2026.07.06.123456' },
      { doi: '10.64898/2026.07.06.123456' },
      { arxiv: '2607.00001' },
      { arxiv: '2607.00001' },
      { doi: '10.1080/123(45)' },
      {},
      {},
    ]);
    expect(papers.at(-1)).not.toHaveProperty('link');
  });

  it('reads dates in UTC where they name no zone, and goes without where there is none', async () => {
    const dates = [
      '2026-7-6',
      '2026-06-31',
      '2026-07-06T10:00:00',
      'Mon, 06 Jul 2026 10:00:00',
      'soon',
    ];
    const items = dates.map((date) => `<item><title>T</title><pubDate>${date}</pubDate></item>`);
    const xml = `<rss version="2.0"><channel>${items.join('')}</channel></rss>`;
    const { papers } = await parsePlainFeed(Buffer.from(xml));
    expect(papers.map(({ publishedAt }) => publishedAt?.toISOString())).toEqual([
      '2026-07-06T00:00:00.000Z',
      undefined,
      '2026-07-06T10:00:00.000Z',
      '2026-07-06T10:00:00.000Z',
      undefined,
    ]);
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles'])(
    'reads the same dates where it runs in %s',
    (TZ) => {
      const texts = [
        'Jul 6, 2026',
        'Mon, 6 July 2026',
        '07-06-2026',
        '2026/07/06',
        '2026-07-06',
        'Jul 6, 2026 10:00 PM',
        'Mon, 06 Jul 2026 10:00:00 +0200 (CEST)',
        'Mon, 06 Jul 2026 10:00:00 EST',
        '2026-07-06T10:00:00+02:00',
      ];
      const code = `import { readDate } from './src/feeds/texts/dates.ts';
      console.log(JSON.stringify(${JSON.stringify(texts)}.map((text) => readDate(text))));`;
      const call = ['--import', 'tsx', '--input-type=module', '--eval', code];
      const said = execFileSync(process.execPath, call, { env: { ...process.env, TZ } });
      expect(JSON.parse(String(said))).toEqual([
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T22:00:00.000Z',
        '2026-07-06T08:00:00.000Z',
        '2026-07-06T15:00:00.000Z',
        '2026-07-06T08:00:00.000Z',
      ]);
    },
  );
});

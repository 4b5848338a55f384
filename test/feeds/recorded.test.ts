import { existsSync, readFileSync } from 'node:fs';
import type { Paper } from '../../src/core/paper/paper.ts';
import { parseArxiv } from '../../src/feeds/arxiv.ts';
import { parseArxivQuery } from '../../src/feeds/arxiv-query.ts';
import { parsePlainFeed } from '../../src/feeds/feed.ts';
import type { Batch } from '../../src/feeds/fetched.ts';
import { parseHuggingface } from '../../src/feeds/huggingface.ts';

// Recorded answers of the real feeds lie beside the repository where they may be used.
const folder = new URL('../../../shared/feeds/', import.meta.url);
const isPresent = existsSync(folder);
if (!isPresent) console.info('skipped: the recorded feeds of ../shared/feeds are not here');
const describeRecorded = isPresent ? describe : describe.skip;
const bytes = (name: string) => readFileSync(new URL(name, folder));

/** Papers, authors, categories, arXiv ids, DOIs, dates, links, abstracts. */
function count({ papers }: Batch): number[] {
  const sum = (measure: (paper: Paper) => number) =>
    papers.reduce((total, paper) => total + measure(paper), 0);
  return [
    papers.length,
    sum(({ authors }) => authors.length),
    sum(({ categories }) => categories.length),
    sum(({ ids }) => (ids.arxiv ? 1 : 0)),
    sum(({ ids }) => (ids.doi ? 1 : 0)),
    sum(({ publishedAt }) => (publishedAt ? 1 : 0)),
    sum(({ link }) => (link ? 1 : 0)),
    sum(({ abstract }) => (abstract ? 1 : 0)),
  ];
}

const days = ({ papers }: Batch) => [
  ...new Set(papers.map(({ publishedAt }) => publishedAt?.toISOString().slice(0, 10))),
];

describeRecorded('recorded feeds', () => {
  it('arXiv RSS', async () => {
    const batch = await parseArxiv(
      bytes('arxiv-rss2.0__DERIVED-from-arxiv-feed-serializer-and-docs.xml'),
    );
    expect(count(batch)).toEqual([4, 16, 9, 4, 3, 4, 4, 4]);
    expect([batch.refusals, batch.batchDate, days(batch)]).toEqual([
      [],
      '2026-09-25',
      ['2026-09-25'],
    ]);
    expect(batch.papers.map(({ ids, announcement }) => [ids.arxiv, announcement])).toEqual([
      ['2609.28553', 'new'],
      ['2402.10149', 'cross'],
      ['2608.16658', 'replace'],
      ['2203.01250', 'replace-cross'],
    ]);
    expect(batch.papers[2]?.title).toMatch(/^X²Localizer: /);
    expect(batch.papers[2]?.authors).toEqual([
      { name: 'Alberto Hernández-Espinosa', affiliations: ['Universidad Nacional, México City'] },
      { name: 'Felipe S. Abrahão' },
      { name: 'H1 Collaboration' },
    ]);
  });

  it('arXiv RSS on a Saturday', async () => {
    const batch = await parseArxiv(bytes('arxiv-rss2.0-EMPTY-weekend__DERIVED.xml'));
    expect([batch.papers, batch.refusals, batch.batchDate]).toEqual([[], [], '2026-09-26']);
  });

  it('arXiv Atom', async () => {
    const batch = await parseArxiv(
      bytes('arxiv-atom-feed__sakshamchitkara-dotcom-paper-forge__arxiv_rss.xml'),
    );
    expect(count(batch)).toEqual([3, 14, 8, 3, 2, 3, 3, 3]);
    expect([batch.refusals, batch.batchDate]).toEqual([[], '2026-09-25']);
    expect(batch.papers.map(({ announcement }) => announcement)).toEqual([
      'new',
      'cross',
      'replace',
    ]);
    expect(batch.papers.map(({ categories }) => categories[0])).toEqual([
      'cs.LG',
      'hep-ph',
      'cs.LG',
    ]);
  });

  it('arXiv query API', async () => {
    const page = await parseArxivQuery(
      bytes('arxiv-query-api-atom__lukasschwab-arxiv.py__q_testing_10.xml'),
    );
    expect(count(page)).toEqual([10, 35, 15, 10, 6, 10, 10, 10]);
    expect([page.refusals, page.next]).toEqual([[], 10]);
    expect(page.papers.map(({ ids }) => ids.arxiv)).toEqual([
      ...['2202.12139', '2405.13786', '2005.14124', '2204.08348', '2302.03287'],
      ...['1202.4527', '2503.05378', '1205.1866', '2502.07719', '1812.11470'],
    ]);
    // The recording itself was written in the wrong charset; its names come out right.
    expect(page.papers[1]?.authors.map(({ name }) => name)).toEqual([
      ...['Aurora Ramírez', 'Mario Berrios', 'José Raúl Romero', 'Robert Feldt'],
    ]);
    expect(page.papers[2]?.publishedAt).toEqual(new Date('2020-05-28T16:19:50Z'));
  });

  it('arXiv query API, an old id', async () => {
    const page = await parseArxivQuery(
      bytes('arxiv-query-api-atom__lukasschwab-arxiv.py__old-style-id.xml'),
    );
    expect(count(page)).toEqual([1, 4, 1, 1, 0, 1, 1, 1]);
    expect(page.papers[0]).toMatchObject({
      ids: { arxiv: 'astro-ph/0601001' },
      link: 'https://arxiv.org/abs/astro-ph/0601001',
      authors: [{ affiliations: ['Ohio State'] }, {}, { affiliations: ['CfA'] }, {}],
    });
  });

  it('arXiv query API, an error', async () => {
    const name = 'arxiv-query-api-ERROR-400__lukasschwab-arxiv.py__id_abc.xml';
    await expect(parseArxivQuery(bytes(name))).rejects.toThrow('incorrect id format for abc');
  });

  it('an arXiv mail is no feed', async () => {
    const mail = parsePlainFeed(bytes('arxiv-daily-email__plaintext-format-excerpt.txt'));
    await expect(mail).rejects.toMatchObject({ code: 'not-a-feed' });
  });

  it('bioRxiv RDF', async () => {
    const batch = await parsePlainFeed(bytes('biorxiv-rss1-rdf__NetNewsWire__bio.rdf'));
    expect(count(batch)).toEqual([30, 258, 0, 0, 30, 30, 30, 30]);
    expect(batch.refusals).toEqual([]);
    expect(days(batch)).toEqual([
      ...['2019-08-27', '2019-08-24', '2019-08-22', '2019-08-21', '2019-08-20', '2019-08-19'],
      ...['2019-08-18', '2019-08-16', '2019-08-15', '2019-08-14'],
    ]);
    expect(batch.papers[0]?.ids).toEqual({ doi: '10.1101/743294' });
    expect(batch.papers[5]?.authors.map(({ name }) => name)).toEqual([
      ...['R. Hickman', 'M. Pereira Mendes', 'M. C. Van Verk', 'A. J. H. Van Dijken'],
      ...['J. Di Sora', 'K. Denby', 'C. C. M. J. Pieterse', 'S. C. M. Van Wees'],
    ]);
  });

  it('Hugging Face daily papers', async () => {
    const batch = await parseHuggingface(bytes('hf-daily_papers-api.json'));
    expect(count(batch)).toEqual([12, 71, 0, 12, 0, 12, 12, 12]);
    expect([batch.refusals, batch.batchDate]).toEqual([[], '2026-06-12']);
    expect(batch.papers.map(({ upvotes }) => upvotes)).toEqual([
      0, 5, 3, 2, 2, 2, 8, 2, 1, 2, 13, 2,
    ]);
    expect(batch.papers[0]?.publishedAt).toEqual(new Date('2026-05-30T00:00:00Z'));
  });

  it('Wiley RSS', async () => {
    const batch = await parsePlainFeed(bytes('journal-wiley-rss__rdmpage-biorss__2021-12-21.xml'));
    expect(count(batch)).toEqual([65, 1277, 65, 0, 65, 65, 65, 28]);
    expect(batch.refusals.map(({ item }) => item)).toEqual(['Issue Information']);
    expect(days(batch).length).toBe(13);
    expect(batch.papers[0]).toMatchObject({
      ids: { doi: '10.1002/tax.12650' },
      publishedAt: new Date('2021-12-20T08:09:28Z'),
      categories: ['RESEARCH ARTICLE'],
    });
    expect(batch.papers[0]?.abstract).toMatch(/^Leptospermum is an ecologically/);
    expect(
      batch.papers.filter(({ authors }) => authors.length === 0).map(({ title }) => title),
    ).toEqual([
      'Typifications appearing in Taxon 70 (6)',
      'Nomenclatural novelties appearing in Taxon 70 (6)',
    ]);
  });
});

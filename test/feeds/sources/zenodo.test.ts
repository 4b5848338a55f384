import { parseZenodo } from '../../../src/feeds/sources/zenodo.ts';
import { bytes, count, playSource } from './play.ts';

const record = (id: number, metadata: object = {}) => ({
  id,
  created: '2026-07-06T13:33:18.199105+00:00',
  doi: `10.5281/zenodo.${id}`,
  conceptdoi: `10.5281/zenodo.${id - 1}`,
  conceptrecid: String(id - 1),
  metadata: {
    title: `Gulls ${id}`,
    publication_date: '2026-07-05',
    resource_type: { title: 'Journal article', type: 'publication', subtype: 'article' },
    ...metadata,
  },
});
const list = (hits: readonly unknown[], total = hits.length) => ({ hits: { hits, total } });

describe('parseZenodo', () => {
  it('reads a record under the DOI of all its versions', async () => {
    const found = record(8, {
      description: '<p>Gulls &amp; terns.</p>',
      creators: [{ name: 'Gull, Ann', affiliation: null }, { name: 'Seabird Group' }],
    });
    const { papers } = await parseZenodo(bytes(list([found])));
    expect(papers).toEqual([
      {
        title: 'Gulls 8',
        abstract: 'Gulls & terns.',
        authors: [{ name: 'Ann Gull' }, { name: 'Seabird Group' }],
        categories: [],
        ids: { doi: '10.5281/zenodo.7' },
        link: 'https://zenodo.org/records/8',
        publishedAt: new Date('2026-07-05T00:00:00Z'),
        announcedAt: new Date('2026-07-06T13:33:18.199Z'),
        announcement: 'new',
      },
    ]);
  });

  it('takes version 162 for no news, and a data set for no paper', async () => {
    const later = record(8, { relations: { version: [{ index: 162, is_last: true }] } });
    const figures = record(9, { resource_type: { type: 'dataset' } });
    const { papers, refusals } = await parseZenodo(bytes(list([later, figures])));
    expect(papers.map(({ announcement }) => announcement)).toEqual(['replace']);
    expect(refusals).toEqual([{ item: 'Gulls 9', reason: 'It is no paper: its type is dataset.' }]);
  });
});

describe('fetchZenodo', () => {
  it('does not wait for a retry-after that stands in a 200', async () => {
    const source = await playSource(['zenodo', 'biosyslit'], (url) => {
      const start = (Number(url.searchParams.get('page')) - 1) * 25;
      const hits = count(Math.min(25, 40 - start), 10 + start).map((at) => record(at));
      return { headers: { 'retry-after': '600' }, body: list(hits, 40) };
    });
    expect((await source.fetch()).papers.length).toBe(40);
    const [first] = source.asked;
    expect(first?.searchParams.get('communities')).toBe('biosyslit');
    expect(first?.searchParams.get('q')).toBe('created:[2026-07-06 TO 2026-07-07]');
    await source.close();
  });
});

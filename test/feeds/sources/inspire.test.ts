import { parseInspire } from '../../../src/feeds/sources/inspire.ts';
import { bytes, count, playSource } from './play.ts';

const hit = (number: number, metadata: object = {}) => ({
  id: String(number),
  created: '2026-07-06T10:00:00.000000+00:00',
  updated: '2026-07-07T10:00:00.000000+00:00',
  metadata: { control_number: number, titles: [{ title: `Gulls ${number}` }], ...metadata },
});
const list = (hits: readonly unknown[], total = hits.length) => ({ hits: { hits, total } });

describe('parseInspire', () => {
  it('takes one of two spellings, and names in reading order', async () => {
    const found = hit(7, {
      titles: [
        { source: 'arXiv', title: 'Gulls of $A_{4}$' },
        { source: 'Springer', title: 'Gulls of $A_4$' },
      ],
      abstracts: [{ source: 'arXiv', value: 'We see $\\alpha$.' }, { value: 'We see alpha.' }],
      authors: [{ full_name: 'Gull, Ann B.' }, { full_name: 'Seabird Collaboration' }],
      dois: [{ value: '10.5555/Gull.7' }, { value: '10.5555/Gull.7' }],
      arxiv_eprints: [{ value: '2607.00007', categories: ['hep-ph', 'hep-ex'] }],
      earliest_date: '2026-07-04',
      document_type: ['article'],
    });
    const { papers } = await parseInspire(bytes(list([found])));
    expect(papers).toEqual([
      {
        title: 'Gulls of A₄',
        abstract: 'We see α.',
        authors: [{ name: 'Ann B. Gull' }, { name: 'Seabird Collaboration' }],
        categories: ['hep-ph', 'hep-ex'],
        ids: { arxiv: '2607.00007', doi: '10.5555/gull.7' },
        link: 'https://arxiv.org/abs/2607.00007',
        publishedAt: new Date('2026-07-04T00:00:00Z'),
        announcedAt: new Date('2026-07-06T10:00:00Z'),
      },
    ]);
  });

  it.each([
    ['2026-07', '2026-07-06T10:00:00Z', true],
    ['2026', '2026-07-06T10:00:00Z', true],
    ['2018-10-13', '2018-10-13T00:00:00Z', false],
  ])('dates a record of %s', async (earliest_date, publishedAt, isNews) => {
    const { papers } = await parseInspire(bytes(list([hit(1, { earliest_date })])));
    expect(papers[0]?.publishedAt).toEqual(new Date(publishedAt));
    expect(papers[0]?.announcedAt !== undefined).toBe(isNews);
    expect(papers[0]?.link).toBe('https://inspirehep.net/literature/1');
  });

  it('names a record that it cannot read', async () => {
    const { refusals } = await parseInspire(
      bytes(list([{ metadata: {} }, hit(2, { titles: [] })])),
    );
    expect(refusals).toEqual([
      { item: '(number 1 of its page)', reason: expect.stringContaining('id') },
      { item: '(number 2 of its page)', reason: 'It has no title.' },
    ]);
  });
});

describe('fetchInspire', () => {
  it('asks for what was entered in the window, with the people’s names alone', async () => {
    const source = await playSource(['inspire', 't neutrino or t muon'], (url) => {
      const start = (Number(url.searchParams.get('page')) - 1) * 100;
      return {
        body: list(
          count(Math.min(100, 150 - start), start).map((at) => hit(at)),
          150,
        ),
      };
    });
    expect((await source.fetch()).papers.length).toBe(150);
    const [first] = source.asked;
    expect(first?.pathname).toBe('/api/literature');
    expect(first?.searchParams.get('q')).toBe('(t neutrino or t muon) and da >= 2026-07-06');
    expect(first?.searchParams.get('fields')).toContain('authors.full_name');
    await source.close();
  });
});

import { parseEuropepmc } from '../../../src/feeds/sources/europepmc.ts';
import { bytes, count, playSource } from './play.ts';

const record = (number: number, more: object = {}) => ({
  id: String(number),
  source: 'MED',
  pmid: String(number),
  title: `Gulls ${number}.`,
  firstIndexDate: '2026-07-06',
  firstPublicationDate: '2027-01-01',
  ...more,
});
const list = (result: readonly unknown[], more: object = {}) => ({
  hitCount: result.length,
  resultList: { result },
  ...more,
});
const read = async (more: object) =>
  (await parseEuropepmc(bytes(list([record(7, more)])))).papers[0];

describe('parseEuropepmc', () => {
  it('reads a record whose headings touch their text and whose group comes first', async () => {
    expect(
      await read({
        doi: '10.5555/gull.7',
        pmcid: 'PMC77',
        title: '[Antibiotic use of <i>Larus</i>.]',
        abstractText: '<h4>Background</h4>Gulls.<h4>Results</h4>They fly.',
        authorList: {
          author: [
            { collectiveName: 'Seabird Group' },
            { fullName: 'Gull A', firstName: 'Ann', lastName: 'Gull', initials: 'A' },
          ],
        },
      }),
    ).toEqual({
      title: 'Antibiotic use of Larus',
      abstract: 'Background: Gulls. Results: They fly.',
      authors: [{ name: 'Seabird Group' }, { name: 'Ann Gull' }],
      categories: [],
      ids: { doi: '10.5555/gull.7', pmid: '7', pmcid: 'PMC77' },
      link: 'https://doi.org/10.5555/gull.7',
      publishedAt: new Date('2026-07-06T00:00:00Z'),
      announcedAt: new Date('2026-07-06T00:00:00Z'),
    });
  });

  it('keeps keywords', async () => {
    const paper = await read({ keywordList: { keyword: ['Gulls', 'Tin roofs'] } });
    expect(paper?.keywords).toEqual(['Gulls', 'Tin roofs']);
  });

  it('reads a preprint without abstract, journal or PMID', async () => {
    const paper = await read({
      id: 'PPR7',
      source: 'PPR',
      pmid: undefined,
      title: 'Gulls – Preliminary Report',
      doi: '10.1101/2026.07.06.26100001',
      pubTypeList: { pubType: ['Preprint'] },
    });
    expect(paper?.ids).toEqual({ doi: '10.1101/2026.07.06.26100001' });
    expect([paper?.title, paper?.kind]).toEqual(['Gulls – Preliminary Report', undefined]);
  });

  it('takes nothing for what it is', async () => {
    expect(await parseEuropepmc(bytes({ hitCount: 0, resultList: { result: [] } }))).toEqual({
      papers: [],
      refusals: [],
    });
  });
});

describe('fetchEuropepmc', () => {
  const mark = (start: number) => `AoII+${start}/==`;
  const startOf = (url: URL) =>
    url.searchParams.get('cursorMark') === '*'
      ? 0
      : Number(/\d+/.exec(url.searchParams.get('cursorMark') ?? '')?.[0]);

  it('goes on by the marks, and from where it was cut off', async () => {
    let failAt = 200;
    const source = await playSource(['europepmc', 'ISSN:"1234-5679"'], (url) => {
      const start = startOf(url);
      if (start === failAt) return { status: 500, body: '' };
      const rows = count(Math.min(100, 250 - start), start).map((at) => record(at));
      const nextCursorMark = mark(start + rows.length);
      return { body: { ...list(rows), hitCount: 250, nextCursorMark } };
    });
    const cut = await source.fetch();
    expect([cut.papers.length, cut.complete]).toEqual([200, false]);
    failAt = -1;
    const rest = await source.fetch(cut.cursor);
    expect([rest.papers.length, rest.complete, rest.cursor]).toEqual([50, true, undefined]);
    expect(source.asked.map((url) => url.searchParams.get('cursorMark'))).toEqual([
      '*',
      mark(100),
      mark(200),
      mark(200),
    ]);
    expect(source.asked[0]?.searchParams.get('query')).toBe(
      '(ISSN:"1234-5679") AND FIRST_IDATE:[2026-07-06 TO 2026-07-07]',
    );
    await source.close();
  });

  it('ends where the mark stands still', async () => {
    const source = await playSource(['europepmc', 'gulls'], () => ({
      body: { ...list(count(100).map((at) => record(at))), hitCount: 900, nextCursorMark: mark(1) },
    }));
    const { papers } = await source.fetch();
    expect([papers.length, source.asked.length]).toEqual([200, 2]);
    await source.close();
  });
});

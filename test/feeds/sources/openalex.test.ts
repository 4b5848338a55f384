import { parseOpenalex, unfoldIndex } from '../../../src/feeds/sources/openalex.ts';
import { bytes, count, playSource } from './play.ts';

const work = (number: number, more: object = {}) => ({
  id: `https://openalex.org/W${number}`,
  doi: `https://doi.org/10.5555/gull.${number}`,
  title: `Gulls ${number}`,
  type: 'article',
  publication_date: '2026-07-01',
  created_date: '2026-07-06T00:00:00',
  ...more,
});
const list = (results: readonly unknown[], total = results.length) => ({
  meta: { count: total, page: 1, per_page: 100 },
  results,
});

describe('parseOpenalex', () => {
  it('reads a work whose abstract is an index and whose lists are short of names', async () => {
    const { papers } = await parseOpenalex(
      bytes(
        list([
          work(7, {
            ids: {
              openalex: 'https://openalex.org/W7',
              pmid: 'https://pubmed.ncbi.nlm.nih.gov/77',
            },
            authorships: [
              { author: { id: null, display_name: 'Ann Gull' }, raw_author_name: 'A. Gull' },
              { author: { display_name: null }, raw_author_name: 'Bo Tern' },
              { author: null, raw_author_name: null },
            ],
            abstract_inverted_index: { fly: [1, 3], Gulls: [0], and: [2], constructor: [4] },
            primary_location: null,
          }),
        ]),
      ),
    );
    expect(papers).toEqual([
      {
        title: 'Gulls 7',
        abstract: 'Gulls fly and fly constructor',
        authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
        categories: [],
        ids: { doi: '10.5555/gull.7', pmid: '77' },
        link: 'https://doi.org/10.5555/gull.7',
        publishedAt: new Date('2026-07-01T00:00:00Z'),
        announcedAt: new Date('2026-07-06T00:00:00Z'),
      },
    ]);
  });

  it('keeps keywords, and tells what was retracted', async () => {
    const gone = work(8, { is_retracted: true, keywords: [{ display_name: 'Gulls', score: 0.7 }] });
    const { papers } = await parseOpenalex(bytes(list([gone, work(9, { is_retracted: false })])));
    expect(papers.map(({ kind, keywords }) => [kind, keywords])).toEqual([
      ['retraction', ['Gulls']],
      [undefined, undefined],
    ]);
  });

  it('takes a day on which the index was rebuilt for no news of old works', async () => {
    const old = work(1, { publication_date: '1996-06-01', created_date: '2026-07-06T00:00:00' });
    const { papers } = await parseOpenalex(bytes(list([old])));
    expect(papers[0]).toMatchObject({ publishedAt: new Date('1996-06-01T00:00:00Z') });
    expect(papers[0]?.announcedAt).toBeUndefined();
  });

  it('refuses empty titles, reviews of peers and paratext', async () => {
    const works = [
      work(1, { title: '' }),
      work(2, { type: 'peer-review' }),
      work(3, { title: null }),
    ];
    const { refusals } = await parseOpenalex(bytes(list(works)));
    expect(refusals.map(({ reason }) => reason)).toEqual([
      'It has no title.',
      'It is no paper: its type is peer-review.',
      'It has no title.',
    ]);
  });
});

describe('unfoldIndex', () => {
  it('leaves out places that were never given, and places of no abstract', () => {
    expect(unfoldIndex({ Gulls: [0], fly: [7], far: [900_000_000, -1] })).toBe('Gulls fly');
  });
});

describe('fetchOpenalex', () => {
  const play = (options = {}) =>
    playSource(
      ['openalex', 'gull vision'],
      (url) => {
        const start = (Number(url.searchParams.get('page')) - 1) * 100;
        return {
          body: list(
            count(Math.min(100, 900 - start), start).map((at) => work(at)),
            900,
          ),
        };
      },
      options,
    );

  it('reads the newest within the budget of a day, and says where it stopped', async () => {
    const source = await play({ keys: { openalex: 'secret-key' } });
    const { papers, refusals } = await source.fetch();
    expect([papers.length, source.asked.length]).toEqual([200, 2]);
    expect(refusals).toEqual([
      {
        item: '(papers 200 to 900)',
        reason: 'Of one search in OpenAlex, 200 papers are read at most.',
      },
    ]);
    expect(Object.fromEntries(source.asked[0]?.searchParams ?? [])).toEqual({
      filter: 'from_publication_date:2026-06-06,to_publication_date:2026-07-07',
      search: 'gull vision',
      sort: 'publication_date:desc',
      'per-page': '100',
      page: '1',
      mailto: 'operator@host.invalid',
      api_key: 'secret-key',
    });
    await source.close();
  });

  it('passes on a filter of its own', async () => {
    const source = await playSource(['openalex', 'filter=authorships.author.id:A1'], () => ({
      body: list([]),
    }));
    await source.fetch();
    expect(source.asked[0]?.searchParams.get('filter')).toMatch(
      /^authorships\.author\.id:A1,from_publication_date:/,
    );
    expect(source.asked[0]?.searchParams.has('search')).toBe(false);
    await source.close();
  });

  it.each([401, 403, 429])('says with a %i that a key is needed', async (status) => {
    const source = await playSource(['openalex', 'gulls'], () => ({
      status,
      body: { error: 'Rate limit exceeded', message: 'Get a key.' },
    }));
    await expect(source.fetch()).rejects.toThrow(
      'OPENALEX_KEY is not set: a key is needed since February 2026',
    );
    await source.close();
  });
});

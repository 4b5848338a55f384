import { parseOsf } from '../../../src/feeds/sources/osf.ts';
import { bytes, count, playSource } from './play.ts';

const person = (full_name: string, more: object = {}) => ({
  attributes: { index: 0, bibliographic: true, unregistered_contributor: null, ...more },
  embeds: { users: { data: { attributes: { full_name, given_name: '', employment: ['Pier'] } } } },
});
const preprint = (id: string, more: object = {}, people: readonly unknown[] = []) => ({
  id,
  type: 'preprints',
  attributes: {
    title: `Gulls ${id}`,
    description: 'Gulls <a,x> & terns.',
    doi: null,
    date_published: '2026-07-06T09:18:51.172431',
    date_withdrawn: null,
    version: 1,
    subjects: [[{ text: 'Social and Behavioral Sciences' }, { text: 'Bird Psychology' }]],
    ...more,
  },
  links: { preprint_doi: `https://doi.org/10.31234/osf.io/${id}` },
  embeds: { contributors: { data: people } },
});
const list = (data: readonly unknown[], next: string | null = null) => ({
  data,
  links: { first: null, next, meta: { total: 99, per_page: 50 } },
});

describe('parseOsf', () => {
  it('reads the names of people and nothing else of them', async () => {
    const people = [
      person('Ann Gull'),
      person('Not Printed', { bibliographic: false }),
      { attributes: { bibliographic: true, unregistered_contributor: 'Bo Tern' } },
    ];
    const { papers } = await parseOsf(bytes(list([preprint('a73hb_v1', {}, people)])));
    expect(papers).toEqual([
      {
        title: 'Gulls a73hb_v1',
        abstract: 'Gulls <a,x> & terns.',
        authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
        categories: ['Bird Psychology'],
        ids: { doi: '10.31234/osf.io/a73hb' },
        link: 'https://doi.org/10.31234/osf.io/a73hb_v1',
        publishedAt: new Date('2026-07-06T09:18:51.172Z'),
        announcedAt: new Date('2026-07-06T09:18:51.172Z'),
        announcement: 'new',
      },
    ]);
  });

  it('takes a later version for one, and ties it to its article', async () => {
    const later = preprint('2s7pw_v2', { version: 2, doi: '10.5555/Gull.7' });
    const { papers } = await parseOsf(bytes(list([later])));
    expect(papers[0]?.announcement).toBe('replace');
    expect(papers[0]?.ids).toEqual({ doi: '10.31234/osf.io/2s7pw', article: '10.5555/gull.7' });
  });

  it('takes what was withdrawn for a retraction of it, and for no news', async () => {
    const gone = preprint('aaaaa_v1', { date_withdrawn: '2026-07-06T10:00:00' });
    const { papers, refusals } = await parseOsf(bytes(list([gone])));
    expect(papers.map(({ kind, announcement }) => [kind, announcement])).toEqual([
      ['retraction', 'replace'],
    ]);
    expect(refusals).toEqual([]);
  });
});

describe('fetchOsf', () => {
  it('goes on as long as the source says so, and leaves the last day open', async () => {
    const source = await playSource(['osf', 'psyarxiv'], (url) => {
      const page = Number(url.searchParams.get('page'));
      const ids = count(page === 3 ? 20 : 50, page * 100).map((at) => `gull${at}_v1`);
      return {
        body: list(
          ids.map((id) => preprint(id)),
          page === 3 ? null : url.href,
        ),
      };
    });
    const { papers, complete } = await source.fetch();
    expect([papers.length, complete]).toEqual([120, true]);
    expect(Object.fromEntries(source.asked[0]?.searchParams ?? [])).toEqual({
      'filter[provider]': 'psyarxiv',
      'filter[date_created][gte]': '2026-07-06',
      embed: 'contributors',
      'page[size]': '50',
      page: '1',
    });
    expect(source.asked[0]?.pathname).toBe('/v2/preprints/');
    await source.close();
  });
});

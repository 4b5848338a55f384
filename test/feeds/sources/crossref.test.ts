import { parseCrossref } from '../../../src/feeds/sources/crossref.ts';
import { bytes, count, playSource } from './play.ts';

const work = (number: number, more: object = {}) => ({
  DOI: `10.5555/Gull.${number}`,
  type: 'journal-article',
  title: [`Gulls ${number}`],
  created: { 'date-time': '2026-07-06T08:00:00Z' },
  ...more,
});
const list = (items: readonly unknown[], total = items.length) => ({
  message: { 'total-results': total, items },
});
const read = async (more: object) => {
  const { papers, refusals } = await parseCrossref(bytes(list([work(1, more)])));
  return { paper: papers[0], reason: refusals[0]?.reason };
};

describe('parseCrossref', () => {
  it('reads a work with JATS, a broken title, groups and one-named people', async () => {
    const { paper } = await read({
      title: ['CO<sub>2</sub> in\n                    <i>Larus</i> &amp;amp; terns'],
      abstract:
        '<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>Gulls &amp;lt; terns.</jats:p></jats:sec><jats:sec><jats:title>Results.</jats:title>\n<jats:p>They <jats:italic>fly</jats:italic>.</jats:p></jats:sec>',
      author: [
        { given: 'Ann B.', family: 'Gull', sequence: 'first' },
        { name: 'The Seabird Staff' },
        { family: 'Sudesiqin' },
        { given: 'Cy', family: 'Tern', suffix: 'Jr.' },
      ],
      'published-online': { 'date-parts': [[2026, 7, 4]] },
      issued: { 'date-parts': [[2026, 12]] },
    });
    expect(paper).toEqual({
      title: 'CO₂ in Larus & terns',
      abstract: 'Background: Gulls < terns. Results: They fly.',
      authors: ['Ann B. Gull', 'The Seabird Staff', 'Sudesiqin', 'Cy Tern Jr.'].map((name) => ({
        name,
      })),
      categories: [],
      ids: { doi: '10.5555/gull.1' },
      link: 'https://doi.org/10.5555/Gull.1',
      publishedAt: new Date('2026-07-04T00:00:00Z'),
      announcedAt: new Date('2026-07-06T08:00:00Z'),
    });
  });

  it('reads an abstract without a prefix, and drops the title above one', async () => {
    const plain = await read({ abstract: '<p>H<sub>2</sub>O as seen.</p>' });
    expect(plain.paper?.abstract).toBe('H₂O as seen.');
    const twice = await read({
      abstract: '<jats:title>Gulls 1</jats:title><jats:p>We see.</jats:p>',
    });
    expect(twice.paper?.abstract).toBe('We see.');
  });

  it.each([
    [{ issued: { 'date-parts': [[null]] } }, '2026-07-06T08:00:00Z', true],
    [{ issued: { 'date-parts': [[2026]] } }, '2026-07-06T08:00:00Z', true],
    // The cover of an issue to come.
    [{ issued: { 'date-parts': [[2027, 1, 1]] } }, '2026-07-06T08:00:00Z', true],
    // A journal that enters its past is no news.
    [{ issued: { 'date-parts': [[2012, 5]] } }, '2012-05-01T00:00:00Z', false],
  ])('dates %j', async (more, publishedAt, isNews) => {
    const { paper } = await read(more);
    expect(paper?.publishedAt).toEqual(new Date(publishedAt));
    expect(paper?.announcedAt !== undefined).toBe(isNews);
  });

  it('tells corrections and retractions, and takes no new version for one', async () => {
    const kindOf = async (type: string, DOI = '10.5555/tern.1') =>
      (await read({ 'update-to': [{ DOI, type }] })).paper?.kind;
    expect(await kindOf('correction')).toBe('correction');
    expect(await kindOf('retraction')).toBe('retraction');
    expect(await kindOf('new_version', '10.5555/gull.1')).toBeUndefined();
    expect((await read({ title: ['Correction: Gulls'] })).paper?.kind).toBe('correction');
  });

  it('ties a preprint to its article and takes a later version for one', async () => {
    const { paper } = await read({
      DOI: '10.21203/rs.3.rs-1/v2',
      type: 'posted-content',
      subtype: 'preprint',
      relation: { 'is-preprint-of': [{ id: '10.5555/Gull.9', 'asserted-by': 'subject' }] },
    });
    expect(paper?.ids).toEqual({ doi: '10.21203/rs.3.rs-1', article: '10.5555/gull.9' });
    expect(paper?.announcement).toBe('replace');
  });

  it.each([
    [{ type: 'component', title: undefined }, 'It is no paper: its type is component.'],
    [{ type: 'posted-content', subtype: 'blog' }, 'It is no paper: its type is blog.'],
    [{ title: [] }, 'It has no title.'],
    [{ title: [null] }, 'It has no title.'],
    [{ title: null }, 'It has no title.'],
    [{ DOI: 'none' }, '"none" is not a DOI.'],
  ])('refuses %j and says why', async (more, reason) => {
    expect((await read(more)).reason).toBe(reason);
  });
});

describe('fetchCrossref', () => {
  it('asks by the day of entry, newest first, and goes through all pages', async () => {
    const source = await playSource(['crossref', '1234-5679'], (url) => {
      const start = Number(url.searchParams.get('offset'));
      return {
        body: list(
          count(Math.min(100, 250 - start), start).map((at) => work(at)),
          250,
        ),
      };
    });
    const { papers, complete, cursor } = await source.fetch();
    expect([papers.length, complete, cursor]).toEqual([250, true, undefined]);
    expect(source.asked.map((url) => url.searchParams.get('offset'))).toEqual(['0', '100', '200']);
    expect(source.asked[0]?.pathname).toBe('/journals/1234-5679/works');
    expect(Object.fromEntries(source.asked[0]?.searchParams ?? [])).toMatchObject({
      filter: expect.stringMatching(
        /^from-created-date:2026-07-06,until-created-date:2026-07-07,type:journal-article,type:posted-content,/,
      ),
      sort: 'created',
      order: 'desc',
      mailto: 'operator@host.invalid',
    });
    await source.close();
  });

  it('steps over a page that is empty in the middle, and reads anew the next time', async () => {
    const source = await playSource(['crossref', 'funder/10.13039/100000001'], (url) => {
      const start = Number(url.searchParams.get('offset'));
      const items =
        start === 100 ? [] : count(Math.min(100, 250 - start), start).map((at) => work(at));
      return { body: list(items, 250) };
    });
    const { papers, refusals, complete, cursor } = await source.fetch();
    expect([papers.length, complete, cursor]).toEqual([150, false, undefined]);
    expect(refusals[0]?.reason).toBe('Crossref sent an empty page at 100 of 250 papers.');
    expect(source.asked[0]?.pathname).toBe('/funders/10.13039/100000001/works');
    await source.close();
  });

  it('says that it knows no such journal, in whatever form that comes', async () => {
    const source = await playSource(['crossref', '1234-5679'], () => ({
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: 'Resource not found.',
    }));
    await expect(source.fetch()).rejects.toThrow(
      'Crossref knows no journal with the ISSN 1234-5679.',
    );
    await source.close();
  });

  it('comes back when it is told to, no sooner', async () => {
    let asks = 0;
    const source = await playSource(
      ['crossref', '1234-5679'],
      () => {
        asks += 1;
        return asks === 1
          ? { status: 429, headers: { 'retry-after': '1' }, body: 'Slow down.' }
          : { body: list([work(1)]) };
      },
      { limits: { attempts: 2 } },
    );
    expect((await source.fetch()).papers.length).toBe(1);
    expect(asks).toBe(2);
    await source.close();
  });
});

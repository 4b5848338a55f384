import { IDENTITY_RULES, isSameWork, type Known } from '../../../src/core/paper/identity.ts';
import { nameItem, type Paper, paperKeys } from '../../../src/core/paper/paper.ts';

const known = (title: string, more: Partial<Paper> = {}): Known => {
  const paper: Paper = { title, abstract: '', authors: [], categories: [], ids: {}, ...more };
  return { paper, keys: new Set(paperKeys(paper)) };
};
const guid = (name: string, feed = 'https://j.example/rss') => nameItem(feed, name);
const by = (...names: string[]) => names.map((name) => ({ name }));
const at = (path: string) => `https://j.example/${path}`;
const text = (about: string) =>
  `We look at ${about} with a net, a lamp and much patience over one long summer by the sea.`;
const title = 'On tides and the moods of crabs';

describe('whether two papers are one', () => {
  it('is told by rules with their reasons, each of which says no more than it knows', () => {
    expect(IDENTITY_RULES.map(({ evidence }) => evidence)).toHaveLength(5);
    expect(IDENTITY_RULES.every(({ reason }) => /[.]$/.test(reason))).toBe(true);
  });

  it('is decided by the strongest kind of id that both have, whatever else is equal', () => {
    const all = { abstract: text('crabs'), authors: by('Ann Example'), link: at('1') };
    const one = (ids: object) => known(title, { ...all, ids });
    expect(isSameWork(one({ doi: '10.1/a' }), one({ doi: '10.1/b' }))).toBe(false);
    expect(isSameWork(one({ pmid: '7' }), one({ pmid: '8' }))).toBe(false);
    expect(isSameWork(one({ pii: 'S1' }), one({ pii: 'S2' }))).toBe(false);
    const preprint = one({ arxiv: '2505.01234', doi: '10.1/a' });
    expect(isSameWork(preprint, one({ arxiv: '2505.01234', doi: '10.1/b' }))).toBe(true);
    expect(isSameWork(preprint, one({ arxiv: '2505.09999', doi: '10.1/a' }))).toBe(false);
    expect(
      isSameWork(known('A', { ids: { doi: '10.1/a' } }), known('B', { ids: { doi: '10.1/a' } })),
    ).toBe(true);
  });

  it('takes what an older version made of a link for the DOI that it begins with', () => {
    const old = known(title, { ids: { doi: '10.1/a/5291658/on-tides' } });
    expect(isSameWork(old, known(title, { ids: { doi: '10.1/a' } }))).toBe(true);
    expect(isSameWork(old, known('Another one', { ids: { doi: '10.1/a' } }))).toBe(false);
  });

  it('never takes a remark for its paper', () => {
    const link = at('1');
    const correction = known(`Publisher Correction: ${title}`, { link, ids: { doi: '10.1/c' } });
    expect(isSameWork(known(title, { link }), correction)).toBe(false);
    const renamed = known(`RETRACTED: ${title}`, { ids: { doi: '10.1/a' } });
    expect(isSameWork(known(title, { ids: { doi: '10.1/a' } }), renamed)).toBe(true);
  });

  it('believes what the feed calls an item, whatever becomes of link and title', () => {
    const one = known(title, { guid: guid('7'), link: at('a?sid=1') });
    const mended = known('On tides and moods of crab', { guid: guid('7'), link: at('a?sid=2') });
    expect(isSameWork(one, mended)).toBe(true);
    const other = known('Lamps of the harbour at night', { guid: guid('7'), link: at('b') });
    expect(isSameWork(one, other)).toBe(false);
    expect(
      isSameWork(
        known('A', { guid: guid('7'), link: at('p') }),
        known('B', { guid: guid('8'), link: at('p') }),
      ),
    ).toBe(false);
    // Another feed's names say nothing.
    const elsewhere = known('A word', { guid: guid('7', 'https://k.example/'), link: at('c') });
    expect(isSameWork(known('B word', { guid: guid('7') }), elsewhere)).toBe(false);
    // Some feeds name their items anew at each fetch.
    expect(isSameWork(one, known(title, { guid: guid('99'), link: at('a?sid=1') }))).toBe(true);
  });

  it('takes a page of its own for one paper, and one page of all for nothing', () => {
    const link = at('pubs');
    expect(
      isSameWork(
        known('A draft title', { link }),
        known('The final title', { link, ids: { doi: '10.1/a' } }),
      ),
    ).toBe(true);
    const wasp = (genus: string, more: Partial<Paper>) =>
      known(`A new species of ${genus} wasp from Brazil`, { link, ...more });
    const apart: [Partial<Paper>, Partial<Paper>][] = [
      [{ authors: by('Ann Example') }, { authors: by('Bo Sample') }],
      [
        { abstract: text('Aulacus') },
        {
          abstract:
            'Bracon flies in forests of the north, where nobody had looked for it before our two trips.',
        },
      ],
      [{ link: `${link}#p1` }, { link: `${link}#p2` }],
    ];
    for (const [one, other] of apart) {
      expect(isSameWork(wasp('Aulacus', one), wasp('Bracon', other))).toBe(false);
    }
    expect(
      isSameWork(
        known('Moss grows on old roofs', { link }),
        known('Fish sing beneath cold ice', { link }),
      ),
    ).toBe(false);
  });

  it('knows a link that changes at each fetch by title and text, and parts columns by their days', () => {
    const session = (n: number, more: Partial<Paper> = {}) =>
      known('Placeholder', { link: at(`view?x=${n}`), abstract: text('crabs'), ...more });
    expect(isSameWork(session(1), session(2))).toBe(true);
    const day = (text: string) => ({ publishedAt: new Date(text) });
    expect(isSameWork(session(1, day('2026-11-01')), session(2, day('2026-11-08')))).toBe(false);
    expect(isSameWork(session(1, { abstract: '' }), session(2, { abstract: '' }))).toBe(false);
  });

  it('takes an equal title for enough where one has no id, but never one that many have', () => {
    const doi = { ids: { doi: '10.1/a' }, link: at('1') };
    expect(isSameWork(known(title, doi), known(title, { link: at('2') }))).toBe(true);
    expect(isSameWork(known(title, doi), known(title, { ids: { arxiv: '2505.01234' } }))).toBe(
      true,
    );
    const [ann, bo] = [by('Ann Example', 'Cy Muster'), by('Bo Sample')];
    expect(isSameWork(known(title, { ...doi, authors: ann }), known(title, { authors: bo }))).toBe(
      false,
    );
    expect(
      isSameWork(
        known(title, { ...doi, authors: ann }),
        known(title, { authors: by('Example A', 'Muster C') }),
      ),
    ).toBe(true);
    for (const shared of ['Editorial', 'Issue Information', 'Correction.', 'In Reply']) {
      expect(isSameWork(known(shared, doi), known(shared, { link: at('2') }))).toBe(false);
    }
  });
});

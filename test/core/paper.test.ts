import { foldTitle, isSamePaper, paperKeys, parseArxivId, parseDoi } from '../../src/core/paper.ts';

describe('an arXiv id', () => {
  it.each([
    ['2505.01234', '2505.01234'],
    ['2505.01234v3', '2505.01234'],
    ['arXiv:2505.01234v1', '2505.01234'],
    ['oai:arXiv.org:2402.10149v3', '2402.10149'],
    ['https://arxiv.org/abs/2402.10149v12', '2402.10149'],
    ['http://arxiv.org/pdf/2402.10149v2.pdf', '2402.10149'],
    ['http://arxiv.org/abs/astro-ph/0601001v1', 'astro-ph/0601001'],
    ['math.GT/0309136', 'math.gt/0309136'],
  ])('is read from %s', (text, id) => expect(parseArxivId(text)).toBe(id));

  it.each(['', '12345', '2505.012', 'https://example.org/2505.01234x', '10.1101/2505.01234'])(
    'is not seen in %j',
    (text) => expect(parseArxivId(text)).toBeUndefined(),
  );
});

describe('a DOI', () => {
  it.each([
    ['10.1101/2025.05.07.652345', '10.1101/2025.05.07.652345'],
    ['doi:10.1002/TAX.12345', '10.1002/tax.12345'],
    ['https://doi.org/10.1103/PhysRevD.111.032004', '10.1103/physrevd.111.032004'],
    ['https://dx.doi.org/10.1000/xyz.', '10.1000/xyz'],
  ])('is read from %s', (text, doi) => expect(parseDoi(text)).toBe(doi));
  it('is not seen elsewhere', () => expect(parseDoi('see 10.5')).toBeUndefined());
});

describe('the keys of a paper', () => {
  const title = 'On Things';
  it('are its ids, strongest first, and its title', () => {
    const keys = paperKeys({ title, ids: { doi: '10.1/x', arxiv: '2505.01234' } });
    expect(keys.slice(0, 2)).toEqual(['arxiv:2505.01234', 'doi:10.1/x']);
    expect(keys[2]).toMatch(/^title:[0-9a-f]{32}$/);
  });

  it('take the link only where there is no id, without what changes from feed to feed', () => {
    const link = 'https://www.example.org/paper/7/?utm_source=rss&rss=1#top';
    expect(paperKeys({ title, ids: {}, link })[0]).toBe('link:example.org/paper/7');
    expect(
      paperKeys({ title, ids: { pmid: '7' }, link }).some((key) => key.startsWith('link:')),
    ).toBe(false);
  });

  it('join titles that differ in case, accents and punctuation only', () => {
    expect(foldTitle('Über  Größe: a Study')).toBe(foldTitle('uber große — A study'));
  });

  it('join one title with contradicting ids never, with one id missing always', () => {
    const a = paperKeys({ title, ids: { doi: '10.1/a' } });
    expect(isSamePaper(a, paperKeys({ title, ids: { doi: '10.1/b' } }))).toBe(false);
    expect(isSamePaper(a, paperKeys({ title, ids: { doi: '10.1/a', arxiv: '2505.01234' } }))).toBe(
      true,
    );
    expect(isSamePaper(a, paperKeys({ title, ids: {} }))).toBe(true);
  });
});

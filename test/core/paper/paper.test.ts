import {
  foldTitle,
  isSamePaper,
  mergePapers,
  type Paper,
  paperKeys,
  parseArxivId,
  parseDoi,
} from '../../../src/core/paper/paper.ts';

describe('an arXiv id', () => {
  it.each([
    ['2505.01234', '2505.01234'],
    ['2505.01234v3', '2505.01234'],
    ['arXiv:2505.01234v1', '2505.01234'],
    ['oai:arXiv.org:2402.10149v3', '2402.10149'],
    ['https://arxiv.org/abs/2402.10149v12', '2402.10149'],
    ['http://arxiv.org/pdf/2402.10149v2.pdf', '2402.10149'],
    ['http://arxiv.org/abs/astro-ph/0601001v1', 'astro-ph/0601001'],
    ['math.GT/0309136', 'math/0309136'],
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

  it('take the link beside every id but an arXiv id, without what changes from feed to feed', () => {
    const link = 'https://www.example.org/paper/7/?utm_source=rss&rss=1#top';
    expect(paperKeys({ title, ids: {}, link })[0]).toBe('link:example.org/paper/7');
    const schemes = (ids: object) =>
      paperKeys({ title, ids, link }).map((key) => key.slice(0, key.indexOf(':')));
    expect(schemes({ pmid: '7' })).toEqual(['pmid', 'link', 'title']);
    expect(schemes({ arxiv: '2505.01234' })).toEqual(['arxiv', 'title']);
  });

  it("know arXiv's own DOI for the arXiv id", () => {
    const keys = paperKeys({ title, ids: { doi: '10.48550/arxiv.2505.01234' } });
    expect(keys[0]).toBe('arxiv:2505.01234');
    expect(keys.some((key) => key.startsWith('doi:'))).toBe(false);
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

  it('are decided by the strongest id that both have', () => {
    const of = (ids: object, link?: string) => paperKeys({ title, ids, ...(link && { link }) });
    const preprint = of({ arxiv: '2505.01234', doi: '10.1/journal' });
    expect(isSamePaper(preprint, of({ arxiv: '2505.01234', doi: '10.1/other' }))).toBe(true);
    expect(isSamePaper(preprint, of({ arxiv: '2505.09999', doi: '10.1/journal' }))).toBe(false);
    expect(isSamePaper(of({ pmid: '7' }), of({ pmid: '8' }))).toBe(false);
    const twoDois = [...of({ doi: '10.1/a' }), 'doi:10.1/b'];
    expect(isSamePaper(twoDois, of({ doi: '10.1/a' }))).toBe(true);
  });

  it('hold links against each other only where there is nothing better', () => {
    const at = (link: string, ids = {}) => paperKeys({ title, ids, link });
    const [one, two] = ['https://a.example/1', 'https://a.example/2'];
    expect(isSamePaper(at(one), at(two))).toBe(false);
    expect(isSamePaper(at(one), at(two, { doi: '10.1/a' }))).toBe(true);
  });
});

describe('merging papers', () => {
  const bare: Paper = { title: 'T', abstract: '', authors: [], categories: [], ids: {} };
  const full: Paper = {
    title: 'Another spelling',
    abstract: 'Long.',
    authors: [{ name: 'A' }],
    categories: ['cs.LG'],
    link: 'https://a.example/1',
    publishedAt: new Date(0),
    upvotes: 3,
    ids: { arxiv: '2505.01234' },
  };

  it('fills what was missing and leaves what was there', () => {
    expect(mergePapers(bare, full)).toEqual({ ...full, title: 'T' });
    expect(
      mergePapers(full, { ...full, link: 'https://b.example/', ids: { doi: '10.1/a' } }),
    ).toEqual({ ...full, ids: { arxiv: '2505.01234', doi: '10.1/a' } });
  });

  it('takes the newest count of votes', () => {
    expect(mergePapers(full, { ...bare, upvotes: 2 }).upvotes).toBe(2);
  });

  it('gives the same object where nothing is new', () => {
    expect(mergePapers(full, full)).toBe(full);
    expect(mergePapers(full, bare)).toBe(full);
  });
});

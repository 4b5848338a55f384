import { foldTitle, mergePapers, type Paper, paperKeys } from '../../../src/core/paper/paper.ts';

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
    keywords: ['tides'],
    code: 'https://code.example/1',
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

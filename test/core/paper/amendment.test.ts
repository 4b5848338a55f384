import { findAmended, findAmendments, sayAmendment } from '../../../src/core/paper/amendment.ts';
import { type Paper, paperKeys } from '../../../src/core/paper/paper.ts';

const paper = (title: string, more: Partial<Paper> = {}): Paper => ({
  ...{ title, abstract: '', authors: [], categories: [], ids: {} },
  ...more,
});
const known = (id: number, of: Paper) =>
  paperKeys(of).map((key) => ({ id, key, kind: of.kind ?? 'paper' }));

const MOSS = paper('Moss on walls of nine towns', { ids: { doi: '10.5555/moss' } });
const amendedBy = (amendment: Paper, ...papers: Paper[]) => {
  const [found] = findAmendments([amendment]);
  const keyed = papers.flatMap((each, at) => known(at + 1, each));
  return found && findAmended(found, keyed);
};

describe('an amendment', () => {
  it.each<[string, Paper]>([
    ['by its title', paper('Erratum to: Moss on Walls of Nine Towns', { kind: 'correction' })],
    [
      'by a DOI that it names',
      paper('Erratum', { kind: 'correction', abstract: 'In doi:10.5555/MOSS, a wall was wrong.' }),
    ],
    [
      "under the paper's own id",
      paper('RETRACTED', { kind: 'retraction', ids: { doi: '10.5555/moss' } }),
    ],
    [
      'by a title in its text',
      paper('Incorrect Affiliation', {
        kind: 'correction',
        abstract: 'In the article titled “Moss on Walls of Nine Towns,” a name was wrong.',
      }),
    ],
  ])('finds its paper %s', (_how, amendment) => {
    expect(amendedBy(amendment, paper('Fern'), MOSS)).toBe(2);
  });

  it('finds none where several have the title, or none is known', () => {
    const erratum = paper('Erratum to: Moss on walls of nine towns', { kind: 'correction' });
    const other = { ...MOSS, ids: { doi: '10.5555/other' } };
    expect(amendedBy(erratum, MOSS, other)).toBeUndefined();
    expect(amendedBy(erratum, paper('Fern'))).toBeUndefined();
    expect(
      amendedBy(paper('Erratum to: Moss', { kind: 'correction' }), paper('Moss')),
    ).toBeUndefined();
  });

  it('is about no amendment, and a paper is none', () => {
    const erratum = paper('Erratum to: Moss on walls of nine towns', { kind: 'correction' });
    expect(amendedBy(erratum, { ...MOSS, kind: 'retraction' })).toBeUndefined();
    expect(amendedBy(paper('Moss on walls of nine towns'), MOSS)).toBeUndefined();
  });
});

describe('what became of a paper', () => {
  it.each([
    ['retraction', 'Moss on walls', 'Withdrawn or retracted'],
    ['retraction', 'WITHDRAWN: Moss on walls', 'Withdrawn'],
    ['retraction', 'Retraction Note: Moss on walls', 'Retraction Note'],
    ['correction', 'Publisher Correction: Moss on walls', 'Publisher Correction'],
    ['correction', 'Incorrect Affiliation', 'Incorrect Affiliation'],
  ] as const)('a %s under %j is %j', (kind, title, said) => {
    expect(sayAmendment({ kind, title }, 'Moss on walls')).toBe(said);
  });
});

import { readAuthor } from '../../../src/core/citations/author.ts';
import {
  describeWork,
  nameWork,
  readWorks,
  splitAuthors,
  workKeys,
} from '../../../src/core/citations/work.ts';
import { parseLibrary } from '../../../src/core/library/library.ts';
import { finish } from '../../../src/core/reading/work.ts';

const read = (text: string) => readWorks(finish(parseLibrary(text)));

describe('an author', () => {
  it.each([
    ['0000-0002-1825-0097', 'orcid:0000-0002-1825-0097'],
    ['https://orcid.org/0000-0001-5109-3700', 'orcid:0000-0001-5109-3700'],
    ['ORCID: 0000-0002-1694-233x', 'orcid:0000-0002-1694-233X'],
    ['0000000218250097', 'orcid:0000-0002-1825-0097'],
    ['https://openalex.org/A5023888391', 'openalex:A5023888391'],
    ['https://openalex.org/authors/a5023888391', 'openalex:A5023888391'],
  ])('is read out of %s', (text, author) => {
    expect(readAuthor(` ${text} `)).toEqual({ author });
  });

  it('is none where a digit is wrong, which is told', () => {
    expect(readAuthor('0000-0002-1825-0098')).toMatchObject({
      problem: expect.stringContaining('mistyped'),
    });
  });

  it.each(['10.5555/tides', '2501.01234', '38012345', 'https://openalex.org/W2600965442', ''])(
    'is not what %s says',
    (text) => {
      expect(readAuthor(text)).toBeUndefined();
    },
  );

  it('is taken out of a text whose lines keep their numbers', () => {
    const split = splitAuthors('10.5555/a\r\n0000-0002-1825-0097\n0000-0002-1825-0098\nnonsense');
    expect(split.text.split('\n')).toEqual(['10.5555/a', '', '', 'nonsense']);
    expect(split.authors).toEqual(['orcid:0000-0002-1825-0097']);
    expect(split.faults.map(({ line }) => line)).toEqual([3]);
  });
});

describe('works', () => {
  it('are read with all their ids', () => {
    const bibtex =
      '@article{a, title = {On tides}, doi = {10.5555/TIDES}, eprint = {2401.00001}, archivePrefix = {arXiv}}';
    expect(read(bibtex).works).toMatchObject([
      { ids: { doi: '10.5555/tides', arxiv: '2401.00001' }, title: 'On tides' },
    ]);
  });

  it('need an id that somebody is asked by, which is told with the line', () => {
    const { works, faults, faultCount } = read('hal-04584517\n10.5555/tides\nwhat');
    expect(works).toHaveLength(1);
    expect(faultCount).toBe(2);
    expect(faults.map(({ line }) => line)).toEqual([1, 3]);
    expect(faults[0]?.problem).toContain('10.1234/abcd');
  });

  it('are named by their title, else by an id', () => {
    expect(nameWork({ title: 'On tides', ids: {} })).toBe('On tides');
    expect(nameWork({ title: null, ids: { arxiv: '2401.00001', doi: '10.5555/a' } })).toBe(
      'arXiv:2401.00001',
    );
    expect(nameWork({ title: null, ids: { pmid: '38012345' } })).toBe('PMID 38012345');
    expect(workKeys({ doi: '10.5555/a', pmid: '3' })).toEqual(['doi:10.5555/a', 'pmid:3']);
  });

  it('gain what sources say of their versions; the earliest date is theirs', () => {
    const version = (publishedAt: string, ids: object) => ({
      title: 'As a source says',
      abstract: '',
      authors: [{ name: 'Ada Lovelace' }],
      categories: [],
      ids,
      publishedAt: new Date(publishedAt),
    });
    const known = { ids: { doi: '10.5555/a' }, title: null, authors: [], publishedAt: null };
    const versions = [
      version('2025-05-01', { doi: '10.5555/other' }),
      version('2024-11-02', { arxiv: '2411.00001' }),
    ];
    expect(describeWork(known, versions)).toEqual({
      ids: { doi: '10.5555/a', arxiv: '2411.00001' },
      title: 'As a source says',
      authors: [{ name: 'Ada Lovelace' }],
      publishedAt: new Date('2024-11-02'),
    });
  });
});

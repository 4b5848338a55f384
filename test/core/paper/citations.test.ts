import fc from 'fast-check';
import { citationForms } from '../../../src/core/paper/citations.ts';
import { findPdf, listCopies } from '../../../src/core/paper/copies.ts';

const paper = {
  title: 'Reefs & shade',
  authors: [{ name: 'Maya van Okafor' }, { name: 'Plato' }],
  ids: { doi: '10.5555/a_b', arxiv: '2503.01234' },
  link: 'https://arxiv.org/abs/2503.01234',
  publishedAt: new Date('2025-03-04T00:00:00Z'),
};
const write = (ending: string, given = paper) =>
  citationForms.find((form) => form.ending === ending)?.write([given]) ?? '';

describe('citations', () => {
  it('in RIS are a tag a line', () => {
    expect(write('ris')).toBe(
      [
        'TY  - JOUR',
        'TI  - Reefs & shade',
        'AU  - Okafor, Maya van',
        'AU  - Plato',
        'PY  - 2025',
        'DA  - 2025/03/04',
        'DO  - 10.5555/a_b',
        'AN  - arXiv:2503.01234',
        'UR  - https://arxiv.org/abs/2503.01234',
        'ER  - ',
        '',
      ].join('\r\n'),
    );
  });

  it('of several papers stand in one file', () => {
    const other = { ...paper, title: 'Gulls on roofs', ids: { arxiv: '2503.09999' } };
    const all = citationForms.map(({ write: writeAll }) => writeAll([paper, other]));
    const [bibtex = '', ris = '', csl = ''] = all;
    expect(bibtex.match(/^@misc/gm)).toHaveLength(2);
    expect(ris.match(/^TY {2}-/gm)).toHaveLength(2);
    expect(ris).toContain('ER  - \r\n\r\nTY  - UNPB\r\n');
    const [first, second] = JSON.parse(csl);
    expect([first.title, second.title]).toEqual(['Reefs & shade', 'Gulls on roofs']);
  });

  it('in RIS are one entry, whatever the title', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, name) => {
        const text = write('ris', { ...paper, title: `${title}\r\nER  - `, authors: [{ name }] });
        return (text.match(/^ER {2}-/gm)?.length ?? 0) === 1;
      }),
    );
  });

  it('in CSL JSON are a list of one', () => {
    expect(JSON.parse(write('csl.json'))).toEqual([
      {
        id: '10.5555/a_b',
        type: 'article-journal',
        title: 'Reefs & shade',
        author: [{ family: 'Okafor', given: 'Maya van' }, { literal: 'Plato' }],
        issued: { 'date-parts': [[2025, 3, 4]] },
        DOI: '10.5555/a_b',
        number: 'arXiv:2503.01234',
        URL: 'https://arxiv.org/abs/2503.01234',
      },
    ]);
  });
});

describe('copies of a paper elsewhere', () => {
  it('are known by its ids', () => {
    expect(listCopies({ doi: '10.5555/a b', pmid: '77' })).toEqual([
      { label: 'DOI 10.5555/a b', link: 'https://doi.org/10.5555/a%20b' },
      { label: 'PubMed 77', link: 'https://pubmed.ncbi.nlm.nih.gov/77/' },
    ]);
  });

  it.each([
    [{ arxiv: 'hep-th/9901001' }, 'https://arxiv.org/pdf/hep-th/9901001'],
    [{ doi: '10.18653/v1/2025.acl-long.1' }, 'https://aclanthology.org/2025.acl-long.1.pdf'],
    [{ pmcid: 'pmc123' }, 'https://pmc.ncbi.nlm.nih.gov/articles/PMC123/pdf/'],
    [{ doi: '10.5555/x' }, undefined],
    [{}, undefined],
  ])('have a PDF where the id says so: %j', (ids, link) => {
    expect(findPdf(ids)).toBe(link);
  });
});

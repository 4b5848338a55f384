import fc from 'fast-check';
import { writeBibtex } from '../../../src/core/paper/bibtex.ts';

const paper = {
  title: 'Reefs & shade: 50% less_heat',
  authors: [{ name: 'Maya Okafor' }, { name: 'José Núñez' }],
  ids: { arxiv: '2503.01234', doi: '10.5555/a_b' },
  link: 'https://arxiv.org/abs/2503.01234?x=1%2C2',
  publishedAt: new Date('2025-03-04T00:00:00Z'),
};

describe('BibTeX', () => {
  it('cites a paper with what is known of it', () => {
    expect(writeBibtex([paper])).toBe(
      [
        '@misc{okafor2025reefs,',
        '  title = {{Reefs \\& shade: 50\\% less\\_heat}},',
        '  author = {Maya Okafor and José Núñez},',
        '  year = {2025},',
        '  eprint = {2503.01234},',
        '  eprinttype = {arxiv},',
        '  doi = {10.5555/a_b},',
        '  url = {https://arxiv.org/abs/2503.01234?x=1%2C2},',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('gives every paper a key of its own', () => {
    const keys = [...writeBibtex([paper, paper, paper]).matchAll(/@misc\{(.*),/g)];
    expect(keys.map(([, key]) => key)).toEqual([
      'okafor2025reefs',
      'okafor2025reefs-2',
      'okafor2025reefs-3',
    ]);
  });

  it('stays one entry with balanced braces, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (title, name) => {
        const text = writeBibtex([{ title, authors: [{ name }], ids: { doi: title } }]);
        let depth = 0;
        for (const mark of text) {
          depth += mark === '{' ? 1 : mark === '}' ? -1 : 0;
          if (depth < 0) return false;
        }
        return depth === 0;
      }),
    );
  });
});

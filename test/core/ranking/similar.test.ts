import { listSimilar, querySimilar } from '../../../src/core/ranking/similar.ts';

const text = (title: string, abstract = '') => ({ title, abstract });
const reefs = text('Bleaching of coral reefs in shade', 'Corals bleach less in shade.');

describe('similar papers', () => {
  it('are those that share telling words, the nearest first', () => {
    const others = [
      text('Graph transformers for molecules'),
      text('Reefs of the north'),
      text('Shade and the bleaching of corals'),
    ];
    expect(listSimilar(reefs, others, 5).map(({ title }) => title)).toEqual([
      'Shade and the bleaching of corals',
      'Reefs of the north',
    ]);
  });

  it('are looked for by any two of the most telling words', () => {
    const query = querySimilar(reefs)?.match ?? '';
    expect(query).toContain("'bleach'");
    expect(query).toMatch(/^\('\w+' & '\w+'\)( \| \('\w+' & '\w+'\))*$/);
    expect(query).not.toMatch(/'of'|'in'/);
    expect(querySimilar(text('Reefs'))).toBeUndefined();
    expect(querySimilar(text(''))).toBeUndefined();
  });
});

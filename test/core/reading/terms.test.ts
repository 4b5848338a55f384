import { termsOf } from '../../../src/core/reading/terms.ts';

describe('termsOf', () => {
  it('gives stems and neighbouring pairs without stopwords', () => {
    expect(termsOf('We propose dancing bees')).toEqual(['danc', 'bee', 'danc bee']);
  });

  it('parts hyphens, folds accents and drops bare numbers', () => {
    expect(termsOf('Café-trained 42')).toEqual(['cafe', 'train', 'cafe train']);
  });

  it('gives nothing for nothing', () => {
    expect(termsOf('')).toEqual([]);
    expect(termsOf('The results of this paper')).toEqual([]);
  });
});

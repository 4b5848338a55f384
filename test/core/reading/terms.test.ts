import {
  buildTermSpace,
  similarity,
  termsOf,
  vectorise,
  vectoriseIn,
} from '../../../src/core/reading/terms.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { day } from './texts.ts';

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

describe('vectorise', () => {
  const texts = day.map(({ title, abstract }) => `${title}. ${abstract}`);
  const vectors = finish(vectorise(texts));
  const between = (i: number, j: number) => {
    const [a, b] = [vectors[i], vectors[j]];
    if (!a || !b) throw new Error('no such text');
    return similarity(a, b);
  };

  it('gives every text length one and ascending terms', () => {
    for (const [i, { terms }] of vectors.entries()) {
      expect(between(i, i)).toBeCloseTo(1, 5);
      expect([...terms]).toEqual([...terms].sort((a, b) => a - b));
    }
  });

  it('finds texts on one subject closer than others, in either order', () => {
    expect(between(0, 1)).toBeGreaterThan(3 * between(0, 3));
    expect(between(0, 1)).toBe(between(1, 0));
  });

  it('leaves out what fewer texts share than asked', () => {
    const [shared, alone] = finish(vectorise(['moss grows', 'moss dies'], { leastDocuments: 2 }));
    expect(shared?.terms).toHaveLength(1);
    expect(alone?.terms).toEqual(shared?.terms);
  });

  it('places an empty text nowhere', () => {
    const [empty] = finish(vectorise(['', 'moss']));
    expect(empty?.terms).toHaveLength(0);
  });
});

describe('buildTermSpace', () => {
  const space = buildTermSpace(['red moss', 'red algae', 'red fern']);

  it('places another text by the terms it knows, rare ones heavier', () => {
    const vector = vectoriseIn(space, 'red moss lichen');
    const weightOf = (term: string) => {
      const number = space.numberByTerm.get(term) ?? -1;
      return vector.weights[vector.terms.indexOf(number)] ?? 0;
    };
    expect(weightOf('moss')).toBeGreaterThan(weightOf('red'));
    expect(weightOf('red')).toBeGreaterThan(0);
    expect(vector.terms).toHaveLength(3);
  });

  it('gives an unknown text no terms', () => {
    expect(similarity(vectoriseIn(space, 'granite'), vectoriseIn(space, 'red moss'))).toBe(0);
  });
});

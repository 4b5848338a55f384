import { findDayPhrases } from '../../../src/core/reading/day-phrases.ts';
import { finish } from '../../../src/core/reading/work.ts';

const namesIn = (...titles: string[]) =>
  finish(findDayPhrases(titles.map((title) => ({ title, abstract: '' })))).map(({ name }) => name);

describe('the phrases of a day that may be labels', () => {
  it('are noun phrases that several papers use', () => {
    const names = namesIn('Waggle dances at dusk', 'On waggle dances', 'Recovering moss quickly');
    expect(names).toEqual(['waggle dances']);
  });

  it('are no single words, verbs or adjectives', () => {
    expect(namesIn('Alleviate', 'Alleviate', 'Mossy', 'Mossy', 'Tools', 'Tools')).toEqual([]);
    expect(namesIn('Old glacial', 'Old glacial', 'Rapid recovering', 'Rapid recovering')).toEqual(
      [],
    );
  });

  it('are acronyms only where they point to a subject', () => {
    expect(namesIn('SLAM', 'SLAM', 'SASS', 'SASS')).toEqual(['SLAM']);
  });

  it('are not what the list of subjects calls them', () => {
    expect(namesIn('Bayesian networks', 'Bayesian networks')).toEqual([]);
  });
});

import { authorKey, authorPath } from '../../../src/core/paper/author-link.ts';
import { paperPath, readPaperPath } from '../../../src/core/paper/paper-link.ts';

describe('the link of a paper', () => {
  it.each([
    ['Attention Is All You Need', '/papers/17-attention-is-all-you-need'],
    [
      'On the O(√T) regret of ε-greedy: café’s naïve',
      '/papers/17-on-the-o-t-regret-of-greedy-cafes-naive',
    ],
    ['深度学习', '/papers/17'],
    ['', '/papers/17'],
    [
      'A very long title that goes on about many things and never comes to an end',
      '/papers/17-a-very-long-title-that-goes-on-about-many-things-and-never',
    ],
  ])('of "%s" holds its words', (title, path) => {
    expect(paperPath(17, title)).toBe(path);
    expect(readPaperPath(path.slice('/papers/'.length))).toBe(17);
  });

  it.each(['', '0', '01', '1x', '-1', '1.5', '9'.repeat(16), 'x-1'])('is none: "%s"', (part) => {
    expect(readPaperPath(part)).toBeUndefined();
  });
});

describe('the link of an author', () => {
  it('is one for the spellings of a name', () => {
    const keys = ['Smith, J.R.', 'J. R. Smith', 'JR Smith'].map(authorKey);
    expect(new Set(keys)).toEqual(new Set(['j-r-smith']));
    expect(authorPath('José Núñez')).toBe('/authors/jose-nunez');
    expect(authorPath('van der Berg, Ada')).toBe(authorPath('Ada van der Berg'));
    expect(authorPath('김철수')).toBe(`/authors/${encodeURIComponent('김철수')}`);
  });

  it('is none for what is no name', () => {
    expect(authorPath('…')).toBeUndefined();
  });
});

import {
  announcementFor,
  findNearest,
  isCategory,
  isListedIn,
  listCategories,
} from '../../../src/core/feed/arxiv-category.ts';
import { parseFeedAddress } from '../../../src/core/feed/feed.ts';

describe('announcementFor', () => {
  it.each([
    [['cs.LG', 'math.OC'], ['math.OC'], 'cross'],
    [['cs.LG', 'math.OC'], ['math.OC', 'cs.LG'], 'new'],
    [['math.OC'], ['math'], 'new'],
    [['eess.SY', 'cs.SY'], ['cs.SY'], 'new'],
    [[], ['cs.LG'], 'cross'],
  ])('%s in %s is %s', (categories, asked, expected) => {
    expect(announcementFor(categories, asked, false)).toBe(expected);
  });
});

describe('isListedIn', () => {
  it.each([
    [['cs.LG', 'math.OC'], ['math.OC'], true],
    [['cs.LG'], ['cs'], true],
    [['csx.LG'], ['cs'], false],
    [['eess.SY'], ['cs.SY'], true],
    [['cs.SY'], ['cs'], true],
    [['cs.SY'], ['eess'], true],
    [['math-ph'], ['math.MP'], true],
    [[], ['cs.LG'], false],
  ])('%s in %s: %s', (categories, asked, expected) => {
    expect(isListedIn(categories, asked)).toBe(expected);
  });
});

describe('listCategories', () => {
  it('takes an archive for its categories, each once', () => {
    expect(listCategories(['econ', 'hep-ph', 'econ.EM'])).toEqual([
      'econ.EM',
      'econ.GN',
      'econ.TH',
      'hep-ph',
    ]);
    const all = 'astro-ph cond-mat cs econ eess math nlin physics q-bio q-fin stat'.split(' ');
    expect(listCategories(all)).toHaveLength(146);
  });
});

describe('findNearest', () => {
  it.each([
    ['cs.ZZ', /^cs\.[A-Z]{2}(?:, cs\.[A-Z]{2}){4}$/],
    ['cs.LH', /cs\.LG/],
    ['csx.LG', /cs\.LG/],
    ['heph-ph', /hep-ph/],
    ['cond-mat.supercon', /^cond-mat\.supr-con/],
  ])('tells what is most like %s', (name, nearest) => {
    expect(isCategory(name)).toBe(false);
    expect(findNearest(name).join(', ')).toMatch(nearest);
  });

  it('knows archives, closed ones, and both names of one category', () => {
    for (const name of ['cs', 'cs.LG', 'hep-ph', 'q-alg', 'math.MP', 'math-ph', 'physics.optics']) {
      expect([name, isCategory(name)]).toEqual([name, true]);
    }
  });
});

it('refuses a category that there is not, with the nearest', () => {
  expect(() => parseFeedAddress('arxiv:cs.LG+cs.ZZ')).toThrow(
    /^arXiv has no category "cs\.ZZ"\. Nearest: cs\./,
  );
});

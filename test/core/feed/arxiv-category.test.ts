import {
  announcementFor,
  isListedIn,
  listCategories,
} from '../../../src/core/feed/arxiv-category.ts';

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

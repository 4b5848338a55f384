import { commonSpelling, phrasesOf, titleCase } from '../../../src/core/reading/phrases.ts';

describe('phrasesOf', () => {
  it('gives runs of up to three telling words', () => {
    const phrases = phrasesOf('Red moss spores: a study of ferns');
    expect(phrases.map(({ spelling }) => spelling)).toEqual([
      'Red',
      'Red moss',
      'Red moss spores',
      'moss',
      'moss spores',
      'spores',
      'ferns',
    ]);
    expect(phrases.filter(({ closes }) => closes).map(({ key }) => key)).toEqual([
      'red moss spore',
      'moss spore',
      'spore',
      'fern',
    ]);
  });

  it('keeps hyphened words whole', () => {
    expect(phrasesOf('sky-to-sea maps')[0]).toEqual({
      key: 'sky sea',
      spelling: 'sky-to-sea',
      closes: false,
    });
  });
});

describe('commonSpelling', () => {
  it.each([
    [['Moss Maps', 'moss maps', 'moss map'], 'moss maps'],
    [['RNA folds', 'RNA folds', 'rna folds'], 'RNA folds'],
    [['mRNA'], 'mRNA'],
    [['tool', 'tool', 'tools'], 'tools'],
    [['Sky-Sea', 'Sky-Sea'], 'sky-sea'],
    [[], ''],
  ])('of %j is %j', (spellings, common) => {
    expect(commonSpelling(spellings)).toBe(common);
  });
});

describe('titleCase', () => {
  it.each([
    ['sky-to-sea maps', 'Sky-to-Sea Maps'],
    ['mRNA folds', 'mRNA Folds'],
    ['prompting and in-context use', 'Prompting and In-Context Use'],
  ])('writes %j as %j', (phrase, heading) => {
    expect(titleCase(phrase)).toBe(heading);
  });
});

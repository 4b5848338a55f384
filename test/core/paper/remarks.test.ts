import { isGenericTitle, isRemark } from '../../../src/core/paper/remarks.ts';

describe('a remark', () => {
  it.each([
    'Publisher Correction: Dust on window sills',
    'Author Correction: Dust on window sills',
    'Correction to: Dust on window sills',
    'Correction for ‘Dust on window sills’ by Ann Example et al.',
    'Correction.',
    'Corrections',
    'Erratum to: Dust on window sills',
    'Corrigendum to “Dust on window sills” [J. Dust 3 (2026) 1]',
    'Retraction Note: Dust on window sills',
    'RETRACTED: Dust on window sills',
    'Retraction notice to "Dust on window sills"',
    'WITHDRAWN: Dust on window sills',
    'Expression of Concern: Dust on window sills',
    'Reply to: Dust on window sills',
    'In Reply',
    "Authors' reply: dust on window sills",
    'Response to the comment by Muster',
    'Comment on "Dust on window sills"',
    'Berichtigung zu: Staub',
    'Corrección: Polvo en los alféizares',
    '更正：灰尘',
  ])('is known by its title: %s', (title) => expect(isRemark(title)).toBe(true));

  it.each([
    'Correction of myopia by soft lenses',
    'Corrections and weather: a model of tides',
    'Response of reefs to heat',
    'Response surface methods for glue',
    'Retraction of the eyelid in cats',
    'Commentary as a genre',
    'Erratic tides of the north',
    'A study of errata in printed books',
  ])('is no paper about such a thing: %s', (title) => expect(isRemark(title)).toBe(false));
});

describe('a title that many papers have', () => {
  it.each([
    'Editorial',
    'Issue Information',
    'Table of Contents',
    'Foreword',
    'Correction.',
    'In Reply',
  ])('is %s', (title) => expect(isGenericTitle(title)).toBe(true));
  it.each(['On tides', 'Editorial bias in reviews', 'Moss', 'Face recognition'])(
    'is not %s',
    (title) => expect(isGenericTitle(title)).toBe(false),
  );
});

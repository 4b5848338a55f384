import * as fc from 'fast-check';
import { parseArxivAuthors, parseAuthors } from '../../src/feeds/authors.ts';

const names = (authors: { name: string }[]) => authors.map(({ name }) => name);

describe('parseArxivAuthors', () => {
  it('keeps commas inside parentheses with the affiliation', () => {
    expect(
      parseArxivAuthors("Jos\\'e Auth\\~ao (Universidad, M\\'exico City), H1 Collaboration"),
    ).toEqual([
      { name: 'José Authão', affiliations: ['Universidad, México City'] },
      { name: 'H1 Collaboration' },
    ]);
  });

  it('drops pointers to a list of affiliations that is not there', () => {
    expect(parseArxivAuthors('A One (1 and 2), B Two (3), ((1) Here, (2) There)')).toEqual([
      { name: 'A One' },
      { name: 'B Two' },
    ]);
  });

  it('reads an empty or unclosed list', () => {
    expect(parseArxivAuthors('')).toEqual([]);
    expect(parseArxivAuthors('A One (Here, B Two')).toEqual([
      { name: 'A One', affiliations: ['Here, B Two'] },
    ]);
  });
});

describe('parseAuthors', () => {
  it.each([
    ['Kaur, M., Shukla, A.', ['M. Kaur', 'A. Shukla']],
    [
      'Lin, H.-X., van Wees, S. C. M., jiang, x., The Consortium, Yap, W.',
      ['H.-X. Lin', 'S. C. M. van Wees', 'x. jiang', 'The Consortium', 'W. Yap'],
    ],
    ['Doe, J.', ['J. Doe']],
    [
      'Doe, J. A.; van der Berg, K.; A Consortium',
      ['J. A. Doe', 'K. van der Berg', 'A Consortium'],
    ],
    ['Chen C, Zhou Y, van der Berg JW, et al.', ['C Chen', 'Y Zhou', 'JW van der Berg']],
    ['Wei LI, Jane Doe', ['Wei LI', 'Jane Doe']],
    ['\nRachel M. One, \nPeter G. Two\n', ['Rachel M. One', 'Peter G. Two']],
    ['John Smith, Jr., Jane Doe', ['John Smith Jr.', 'Jane Doe']],
    ['Jane Doe and John Roe', ['Jane Doe', 'John Roe']],
    ['A One, B Two, and C Three', ['A One', 'B Two', 'C Three']],
    ['Committee on Salt and Water', ['Committee on Salt and Water']],
    ['Ann Example, Bo Sample and Cy Muster', ['Ann Example', 'Bo Sample', 'Cy Muster']],
    ['Ann Example, Bo Sample & Cy Muster', ['Ann Example', 'Bo Sample', 'Cy Muster']],
    ['Ann Example, Bo Sample, & Cy Muster', ['Ann Example', 'Bo Sample', 'Cy Muster']],
    ['Ann Example und Bo Sample', ['Ann Example', 'Bo Sample']],
    ['Ann Example, Group for Moss and Ferns', ['Ann Example', 'Group for Moss and Ferns']],
    ['Example A, Sample B, Muster C. ', ['A Example', 'B Sample', 'C Muster']],
    ['Example A. ', ['A Example']],
    ['Ann Example et al.', ['Ann Example']],
    ['Пример А. Б.', ['А. Б. Пример']],
    ['Example, Ann and Sample, Bo', ['Ann Example', 'Bo Sample']],
    ['Example, Ann, Sample, Bo, Muster, Cy', ['Ann Example', 'Bo Sample', 'Cy Muster']],
    ['Ann Example, PhD and Bo Sample, MD', ['Ann Example', 'Bo Sample']],
    ['By Ann Example / Bo Sample', ['Ann Example', 'Bo Sample']],
    ['Ann Example • Bo Sample', ['Ann Example', 'Bo Sample']],
    ['例安，样波，模辞', ['例安', '样波', '模辞']],
    ['Dr. Ann Example, Prof. Bo Sample', ['Ann Example', 'Bo Sample']],
    ['Ann Example on behalf of the Roof Study Group', ['Ann Example', 'Roof Study Group']],
    ['Ann Example and the Roof Study Group', ['Ann Example', 'the Roof Study Group']],
    ['Example J-P, Sample B, et al. ', ['J-P Example', 'B Sample']],
    ['Example, Ann', ['Ann Example']],
    ['van der Example, Ann Marie', ['Ann Marie van der Example']],
    ['Ann Example (University of Rust), Bo Sample', ['Ann Example', 'Bo Sample']],
    ['Ann Example, Bo Sample (Autor/a)', ['Ann Example', 'Bo Sample']],
    ['Ann Example1,2*', ['Ann Example']],
    ['Ann Example\nBo Sample\n', ['Ann Example', 'Bo Sample']],
    ['Ann EXAMPLE；Bo SAMPLE；', ['Ann EXAMPLE', 'Bo SAMPLE']],
    ['张三、李四', ['张三', '李四']],
    ['Kaur, M., Shukla, A. & Lin, H.-X.', ['M. Kaur', 'A. Shukla', 'H.-X. Lin']],
    [
      'Example A.B.; Sample C.; van der Muster D.',
      ['A.B. Example', 'C. Sample', 'D. van der Muster'],
    ],
    ['Ann Example, PhD, Bo Sample, M.D., MPH', ['Ann Example', 'Bo Sample']],
    ['null', []],
    ['jane@example.org (Jane Doe)', ['Jane Doe']],
    ['editor@example.org', []],
    ['', []],
  ])('reads "%s"', (text, expected) => {
    expect(names(parseAuthors([text]))).toEqual(expected);
  });

  it('turns each of several names round by itself', () => {
    expect(names(parseAuthors(['Doe, Jane', 'John Roe', 'Smith, Jr.', 'et al.']))).toEqual([
      'Jane Doe',
      'John Roe',
      'Smith Jr.',
    ]);
  });

  it.each([
    ['Garcia Lopez, Ana Maria', 'Ana Maria Garcia Lopez'],
    ['Example, Ann V.', 'Ann V. Example'],
    ['Example, Ann, Jr.', 'Ann Example Jr.'],
  ])('takes "%s" for one person in a feed that writes so', (text, name) => {
    expect(names(parseAuthors([text], { isInverted: true }))).toEqual([name]);
  });

  it('keeps what stands in brackets behind a name as an affiliation', () => {
    expect(parseAuthors(['Ann Example (Rust, Inc.), Bo Sample'])).toEqual([
      { name: 'Ann Example', affiliations: ['Rust, Inc.'] },
      { name: 'Bo Sample' },
    ]);
  });

  it('never throws and never makes more text than it was given', () => {
    void fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const length = names(parseAuthors(texts)).join('').length;
        expect(length).toBeLessThanOrEqual(texts.join('').length * 4 + texts.length);
        parseArxivAuthors(texts.join(','));
      }),
    );
  });

  it('reads a long list in linear time', () => {
    const text = 'Doe, J., '.repeat(20_000);
    expect(parseAuthors([text]).length).toBe(20_000);
    expect(parseArxivAuthors('('.repeat(200_000))).toEqual([]);
    expect(parseAuthors([`${'a '.repeat(100_000)}and`]).length).toBe(1);
  });
});

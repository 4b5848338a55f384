import * as fc from 'fast-check';
import { splitSentences } from '../../../src/core/reading/sentences.ts';

describe('splitSentences', () => {
  it.each([
    ['One ends. Two starts.', ['One ends.', 'Two starts.']],
    ['Cells died. p53 rose. mRNA fell.', ['Cells died.', 'p53 rose.', 'mRNA fell.']],
    ['It was sour. pH fell (i.e. pH 3).', ['It was sour.', 'pH fell (i.e. pH 3).']],
    ['Rats slept. α-Synuclein grew, e.g. β.', ['Rats slept.', 'α-Synuclein grew, e.g. β.']],
    ['They looked. 14-month-olds cried.', ['They looked.', '14-month-olds cried.']],
    ['A delay (s.e. 0.5) was seen.', ['A delay (s.e. 0.5) was seen.']],
    ['Is it so? It is! Good.', ['Is it so?', 'It is!', 'Good.']],
    ['It grew 3.5 times. See Fig. 2 for more.', ['It grew 3.5 times.', 'See Fig. 2 for more.']],
    ['Moss, e.g. Sphagnum, i.e. Peat moss.', ['Moss, e.g. Sphagnum, i.e. Peat moss.']],
    [
      'We extend Tarn et al. (2019) here. It works.',
      ['We extend Tarn et al. (2019) here.', 'It works.'],
    ],
    ['As shown by Tarn et al. We agree.', ['As shown by Tarn et al.', 'We agree.']],
    ['Work by J. Tarn and E. coli grew.', ['Work by J. Tarn and E. coli grew.']],
    ['They lack vitamin C. We add it.', ['They lack vitamin C.', 'We add it.']],
    ['Old vs. New (cf. Tab. 3) differ.', ['Old vs. New (cf. Tab. 3) differ.']],
    ['Hard\nline  breaks\r\nfold. Yes.', ['Hard line breaks fold.', 'Yes.']],
    [
      'Nola Example sp. nov. (Lepidoptera, Nolidae) is described. Its larvae eat paint.',
      ['Nola Example sp. nov. (Lepidoptera, Nolidae) is described.', 'Its larvae eat paint.'],
    ],
    [
      'We name Aulacus duo Example & Sample sp. nov. The wasp sleeps.',
      ['We name Aulacus duo Example & Sample sp. nov.', 'The wasp sleeps.'],
    ],
    [
      'Impatiens collina Lanors. & Sampl. is drawn. It is in Linn. 1758, p. 281.',
      ['Impatiens collina Lanors. & Sampl. is drawn.', 'It is in Linn. 1758, p. 281.'],
    ],
    [
      'Found near Prov. (Hill: North), Cephus unus comb. nov. and Cephus duo stat. rev. differ.',
      ['Found near Prov. (Hill: North), Cephus unus comb. nov. and Cephus duo stat. rev. differ.'],
    ],
    [
      'It parted c. 318 years ago, see pp. 3 and Dept. Forests. We count in Phys. Rev. Lett. style.',
      [
        'It parted c. 318 years ago, see pp. 3 and Dept. Forests.',
        'We count in Phys. Rev. Lett. style.',
      ],
    ],
    ['Two are n. gen. et n. sp. A third is old.', ['Two are n. gen. et n. sp.', 'A third is old.']],
    ['', []],
    [' \n ', []],
  ])('splits %j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  it('loses nothing but white space', () => {
    const word = fc.constantFrom(
      'We',
      'moss',
      'et al.',
      'Fig.',
      '3.5',
      'grew.',
      'So?',
      '(A)',
      '\n',
    );
    return fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ');
        const joined = splitSentences(text).join(' ');
        expect(joined.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

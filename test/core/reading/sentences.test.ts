import * as fc from 'fast-check';
import { splitSentences } from '../../../src/core/reading/sentences.ts';

describe('splitSentences', () => {
  it.each([
    ['One ends. Two starts.', ['One ends.', 'Two starts.']],
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

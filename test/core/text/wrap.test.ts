import fc from 'fast-check';
import { wrapText } from '../../../src/core/text/wrap.ts';

describe('wrapText', () => {
  it('keeps the indent, and a list mark counts as indent', () => {
    expect(wrapText('1. one two three\n  four five six\n- seven eight', 9)).toBe(
      '1. one\n   two\n   three\n  four\n  five\n  six\n- seven\n  eight\n',
    );
  });

  it('leaves one empty line at most and ends with one line end', () => {
    expect(wrapText('\n\na\n\n\n\nb  \n\n')).toBe('a\n\nb\n');
  });

  it('loses no word, and breaks the width only for a single one', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1 }), (words) => {
        const lines = wrapText(words.join(' '), 12).trimEnd().split('\n');
        expect(lines.flatMap((line) => line.split(' '))).toEqual(words);
        for (const line of lines) expect(line.length <= 12 || !line.includes(' ')).toBe(true);
      }),
    );
  });
});

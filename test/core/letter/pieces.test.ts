import fc from 'fast-check';
import {
  joinHtml,
  joinText,
  makeHtmlPiece,
  makeTextPiece,
} from '../../../src/core/letter/pieces.ts';
import { wrapText } from '../../../src/core/text/wrap.ts';
import { decodeQuotedPrintable } from '../../harness/quoted-printable.ts';

/** What letters are made of: indents, list marks, long words, lines of blanks, no line end. */
const snippet = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('\n', '\n\n', ' ', '   ', '- ', '12. ', '\n   ') },
      { weight: 1, arbitrary: fc.constantFrom('.', '=', '\t', '\r\n', '\u00a0', '\ufeff', '🪸') },
      { weight: 4, arbitrary: fc.constantFrom('a', 'word', 'über', 'https://news.example/x') },
      { weight: 1, arbitrary: fc.nat({ max: 90 }).map((length) => 'x'.repeat(length)) },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
/** A few pieces in some order, each as often as it comes: pieces are kept and used again. */
const orders = fc.array(snippet, { minLength: 1, maxLength: 5 }).chain((snippets) =>
  fc.tuple(
    fc.constant(snippets),
    fc.array(fc.array(fc.nat({ max: snippets.length - 1 }), { maxLength: 9 }), {
      minLength: 1,
      maxLength: 4,
    }),
  ),
);

/** Calls back with each letter that these pieces make, one after another. */
function makeInTurn<Piece>(
  [snippets, letters]: readonly [readonly string[], readonly (readonly number[])[]],
  make: (plain: string) => Piece,
  judge: (pieces: Piece[], whole: string) => void,
): void {
  const made = snippets.map(make);
  for (const letter of letters) {
    const pieces = letter.flatMap((at) => made[at] ?? []);
    judge(pieces, letter.map((at) => snippets[at]).join(''));
  }
}

describe('pieces of text', () => {
  it('make what the whole is, wrapped, wherever it is cut and whatever came before', () => {
    fc.assert(
      fc.property(orders, (order) => {
        makeInTurn(order, makeTextPiece, (pieces, whole) => {
          const text = joinText(pieces);
          expect(text.read()).toBe(wrapText(whole));
          const back = decodeQuotedPrintable(text.encode().join(''));
          expect(back.trimEnd()).toBe(wrapText(whole).replace(/\r\n?/g, '\n').trimEnd());
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('are the same bytes whatever was laid out before, in lines as mail servers take them', () => {
    fc.assert(
      fc.property(orders, (order) => {
        makeInTurn(order, makeTextPiece, (pieces) => {
          const encoded = joinText(pieces).encode().join('');
          const anew = pieces.map(({ plain }) => makeTextPiece(plain));
          expect(joinText(anew).encode().join('')).toBe(encoded);
          for (const line of encoded.split('\r\n')) {
            expect(line).toMatch(/^(?!\.)[ -~]{0,76}$/);
            expect(line).not.toMatch(/ $/);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it('end with one line end, and are not indented where they begin', () => {
    const encode = (...plain: string[]) => joinText(plain.map(makeTextPiece)).encode().join('');
    expect(encode(' \n\n   a', ' b\n', '\n \n\n')).toBe('a b\r\n');
    expect(encode('a\n', '\n', '\n', '  b')).toBe('a\r\n\r\n =20b\r\n');
    expect(encode('\n   a', '\n   b\n')).toBe('a\r\n =20 b\r\n');
  });

  it('wrap a line that several make together', () => {
    const words = Array.from({ length: 30 }, () => makeTextPiece('seven 7 '));
    const lines = joinText([makeTextPiece('- '), ...words])
      .read()
      .split('\n');
    expect(lines.every((line) => line.length <= 72)).toBe(true);
    expect(lines[1]).toMatch(/^ {2}\S/);
  });
});

describe('pieces of HTML', () => {
  it('make what the whole is', () => {
    fc.assert(
      fc.property(orders, (order) => {
        makeInTurn(order, makeHtmlPiece, (pieces, whole) => {
          const html = joinHtml(pieces);
          expect(html.read()).toBe(whole);
          expect(html.bytes).toBe(Buffer.byteLength(whole));
          const back = decodeQuotedPrintable(html.encode().join(''));
          expect(back).toBe(whole.replace(/\r\n?/g, '\n'));
        });
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { encodeQuotedPrintable } from '../../../src/core/letter/quoted-printable.ts';
import { decodeQuotedPrintable, relaxBody } from '../../harness/quoted-printable.ts';

/** What breaks encoders: blanks, dots, escapes, line ends, signs of several bytes. */
const costly = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '  ', '\t', '.', '=', '\n', '\r', '\r\n', 'é', '\u2028', '🪸', '\0'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.nat({ max: 80 }).map((length) => 'x'.repeat(length)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));
/** As most of what one reader alone has is: one line of ASCII. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '  ', '.', '=', '?way=more'),
      fc.nat({ max: 76 }).map((length) => 'x'.repeat(length)),
    ),
    { maxLength: 20 },
  )
  .chain((parts) => fc.constantFrom('', '\n', ' \n').map((end) => parts.join('') + end));
const texts = fc.oneof(costly, line);

function unifyLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

describe('quoted-printable', () => {
  it('gives the text back, whatever it holds', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const back = decodeQuotedPrintable(encodeQuotedPrintable(text));
        expect(back).toBe(unifyLineEnds(text));
      }),
      { numRuns: 600 },
    );
  });

  it('has short lines of ASCII that no server on the way changes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const encoded = encodeQuotedPrintable(text);
        expect(encoded).toMatch(/^(?:[\x20-\x7e]*\r\n)*$/);
        for (const each of encoded.split('\r\n')) {
          expect(each.length).toBeLessThanOrEqual(76);
          expect(each).not.toMatch(/ $|^\.| {2}/);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('is what `relaxed` makes of it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // Empty lines at the very end would go: a letter ends with its boundary.
        const body = `${encodeQuotedPrintable(text)}--end--\r\n`;
        expect(relaxBody(body)).toBe(body);
      }),
      { numRuns: 600 },
    );
  });

  it('joins as it is', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 6 }), (pieces) => {
        const joined = pieces.map(encodeQuotedPrintable).join('');
        expect(decodeQuotedPrintable(joined)).toBe(pieces.map(unifyLineEnds).join(''));
      }),
      { numRuns: 300 },
    );
  });

  it('encodes a line as it does among others', () => {
    fc.assert(
      fc.property(line, (text) => {
        const among = encodeQuotedPrintable(`ü\n${text}`);
        expect(among).toBe(`=C3=BC\r\n${encodeQuotedPrintable(text)}`);
      }),
      { numRuns: 600 },
    );
  });

  it('breaks a line where it has to, and not before', () => {
    const x = 'x'.repeat(75);
    expect(encodeQuotedPrintable(`${x}\n`)).toBe(`${x}\r\n`);
    expect(encodeQuotedPrintable(`${x}y\n`)).toBe(`${x}=\r\ny\r\n`);
    expect(encodeQuotedPrintable(`${x}.\n`)).toBe(`${x}=\r\n=2E\r\n`);
    expect(encodeQuotedPrintable(`${x.slice(1)}=\n`)).toBe(`${x.slice(1)}=\r\n=3D\r\n`);
    expect(encodeQuotedPrintable('')).toBe('');
  });
});

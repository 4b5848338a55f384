/**
 * Quoted-printable (RFC 2045, 6.7) in pieces that join as they are: each begins at the first
 * column and ends with a line, by a soft break where the text does not end one itself. What comes
 * out is also what `relaxed` makes of a body (RFC 6376, 3.4.4), so that a signature hashes it as it
 * stands, and no line of it begins with a dot (RFC 5321, 4.5.2).
 */

/** One less than RFC 2045 allows, for the `=` of a soft break. */
const LONGEST = 75;
const SOFT_BREAK = '=\r\n';
const [TAB, LINE_FEED, SPACE, DOT, EQUALS] = [9, 10, 32, 46, 61];

const HEX = Buffer.from('0123456789ABCDEF');

/** A text as ASCII with CRLF; whatever its own line ends are. */
export function encodeQuotedPrintable(text: string): string {
  // Most of what one reader alone has are links.
  if (/^[\x21-\x3c\x3e-\x7e]+$/.test(text)) return breakPlain(text);
  const bytes = Buffer.from(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, 'utf8');
  // Filled as bytes: a string that grew sign by sign is slow to read for ever.
  const out = roomFor(bytes.length * 3 + SOFT_BREAK.length * (bytes.length / 24 + 2));
  let length = 0;
  let column = 0;
  let isAfterBlank = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === LINE_FEED) {
      length += out.write('\r\n', length, 'latin1');
      column = 0;
      isAfterBlank = false;
      continue;
    }
    const isBlank = byte === SPACE || byte === TAB;
    // A second blank would be lost in `relaxed`, one at the end of a line on the way.
    const isPlain: boolean = isBlank
      ? !isAfterBlank && byte === SPACE && bytes[at + 1] !== LINE_FEED
      : byte > SPACE && byte < 127 && byte !== EQUALS;
    if (column + (isPlain ? 1 : 3) > LONGEST) {
      length += out.write(SOFT_BREAK, length, 'latin1');
      column = 0;
    }
    if (isPlain && (byte !== DOT || column > 0)) {
      out[length] = byte;
      length += 1;
      column += 1;
    } else {
      out[length] = EQUALS;
      out[length + 1] = HEX[byte >> 4] ?? 0;
      out[length + 2] = HEX[byte & 15] ?? 0;
      length += 3;
      column += 3;
    }
    isAfterBlank = isBlank && isPlain;
  }
  if (column > 0) length += out.write(SOFT_BREAK, length, 'latin1');
  return out.toString('latin1', 0, length);
}

let room = Buffer.allocUnsafe(16_384);

/** The same bytes again and again: what is read of them is copied. */
function roomFor(most: number): Buffer {
  if (room.length < most) room = Buffer.allocUnsafe(Math.ceil(most) * 2);
  return room;
}

/** Neither blanks nor anything to escape, but for dots where a line begins. */
function breakPlain(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const isDot = text.charCodeAt(at) === DOT;
    const end = at + (isDot ? LONGEST - 2 : LONGEST);
    out += isDot ? `=2E${text.slice(at + 1, end)}` : text.slice(at, end);
    out += SOFT_BREAK;
    at = end;
  }
  return out;
}

/**
 * Quoted-printable (RFC 2045, 6.7) in pieces that join as they are: each begins at the first
 * column and ends with a line, by a soft break where the text does not end one itself. What comes
 * out is also what `relaxed` makes of a body (RFC 6376, 3.4.4), so that a signature hashes it as it
 * stands, and no line of it begins with a dot (RFC 5321, 4.5.2).
 */

/** One less than RFC 2045 allows, for the `=` of a soft break. */
const LONGEST = 75;
const SOFT_BREAK = '=\r\n';
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const DOT = 46;
const EQUALS = 61;

const HEX = Buffer.from('0123456789ABCDEF');

/** A text as ASCII with CRLF; whatever its own line ends are. */
export function encodeQuotedPrintable(text: string): string {
  // Most of what one reader alone has are links and short lines.
  if (/^[\x20-\x7e]+\n?$/.test(text) && !text.endsWith(' \n')) return encodeLine(text);
  const bytes = Buffer.from(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, 'utf8');
  // Filled as bytes: a string that grew sign by sign is slow to read for ever.
  const out = roomFor(bytes.length * 3 + SOFT_BREAK.length * (bytes.length / 24 + 2));
  let length = 0;
  let column = 0;
  let isAfterBlank = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === LINE_FEED) {
      out[length] = RETURN;
      out[length + 1] = LINE_FEED;
      length += 2;
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
      out[length] = EQUALS;
      out[length + 1] = RETURN;
      out[length + 2] = LINE_FEED;
      length += 3;
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

/** One line of ASCII without blanks at its end: the same, by whole strings. */
function encodeLine(text: string): string {
  const isEnded = text.endsWith('\n');
  const escaped = (isEnded ? text.slice(0, -1) : text)
    .replaceAll('=', '=3D')
    .replaceAll('  ', ' =20');
  let out = '';
  let at = 0;
  while (at < escaped.length) {
    const isDot = escaped.charCodeAt(at) === DOT;
    const end = findBreak(escaped, isDot ? at + LONGEST - 2 : at + LONGEST);
    const line = isDot ? `=2E${escaped.slice(at + 1, end)}` : escaped.slice(at, end);
    out += end < escaped.length || !isEnded ? line + SOFT_BREAK : line;
    at = end;
  }
  return isEnded ? `${out}\r\n` : out;
}

/** The last place up to `end` that parts no escape. */
function findBreak(escaped: string, end: number): number {
  if (end >= escaped.length) return escaped.length;
  if (escaped.charCodeAt(end - 1) === EQUALS) return end - 1;
  return escaped.charCodeAt(end - 2) === EQUALS ? end - 2 : end;
}

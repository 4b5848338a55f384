import { wrapLine, wrapText } from '../text/wrap.ts';
import { encodeQuotedPrintable } from './quoted-printable.ts';

/** A piece of an HTML part. */
export interface HtmlPiece {
  readonly plain: string;
  /** Bytes of it in UTF-8, not encoded. */
  readonly bytes: number;
  readonly encoded: string;
}

/** A piece of a text part: whole lines are wrapped and encoded, ragged ends wait for what they join. */
export interface TextPiece {
  readonly plain: string;
  /** Up to the first line end. */
  readonly head: string;
  /** The same as lines of its own, encoded when it first stands where a line begins. */
  encodedHead?: string;
  /** What stands between the first and the last line end; absent where there is no line end. */
  readonly lines?: TextLines;
}

interface TextLines {
  /** Its lines from the first to the last that is not empty. */
  readonly encoded: string;
  readonly isEmptyBefore: boolean;
  readonly isEmptyAfter: boolean;
  /** Behind the last line end. */
  readonly tail: string;
}

/** Makes a piece of HTML. */
export function makeHtmlPiece(plain: string): HtmlPiece {
  return { plain, bytes: Buffer.byteLength(plain), encoded: encodeQuotedPrintable(plain) };
}

/** Makes a piece of text. */
export function makeTextPiece(plain: string): TextPiece {
  const first = plain.indexOf('\n');
  if (first < 0) return { plain, head: plain };
  const last = plain.lastIndexOf('\n');
  const inner = first === last ? '' : plain.slice(first + 1, last);
  const lines = first === last ? [] : wrapLines(inner);
  const wrapped = lines.join('\n');
  const shown = wrapped.replace(/^\n+|\n+$/g, '');
  const isBlank = shown === '';
  return {
    plain,
    head: plain.slice(0, first),
    lines: {
      encoded: isBlank ? '' : encodeQuotedPrintable(`${shown.replace(/\n{3,}/g, '\n\n')}\n`),
      isEmptyBefore: lines.length > 0 && (isBlank || wrapped.startsWith('\n')),
      isEmptyAfter: !isBlank && wrapped.endsWith('\n'),
      tail: plain.slice(last + 1),
    },
  };
}

/** The HTML that pieces make: as it is, and encoded, in parts to be joined. */
export function joinHtml(pieces: readonly HtmlPiece[]) {
  return {
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    read: () => pieces.map(({ plain }) => plain).join(''),
    encode: () => pieces.map(({ encoded }) => encoded),
  };
}

/** The text that pieces make: wrapped as `wrapText` wraps it, and the same encoded, in parts to be joined. */
export function joinText(pieces: readonly TextPiece[]) {
  return {
    read: () => wrapText(pieces.map(({ plain }) => plain).join('')),
    encode: () => encodeText(pieces),
  };
}

function encodeText(pieces: readonly TextPiece[]): string[] {
  const out: string[] = [];
  let line = '';
  let isEmptyLineDue = false;
  const write = (encoded: string) => {
    if (isEmptyLineDue && out.length > 0) out.push('\r\n');
    out.push(encoded);
    isEmptyLineDue = false;
  };
  const endLine = () => {
    // What begins a text is not indented.
    const trimmed = out.length === 0 ? line.trim() : line.trimEnd();
    line = '';
    if (trimmed === '') isEmptyLineDue = true;
    else write(encodeWrapped(trimmed));
  };
  for (const piece of pieces) {
    const { head, lines } = piece;
    if (lines && line === '' && out.length > 0 && head !== '') {
      piece.encodedHead ??= encodeWrapped(head.trimEnd());
      if (piece.encodedHead === '') isEmptyLineDue = true;
      else write(piece.encodedHead);
    } else {
      line += head;
      if (!lines) continue;
      endLine();
    }
    isEmptyLineDue ||= lines.isEmptyBefore;
    if (lines.encoded) {
      // What begins a text is not indented.
      write(out.length === 0 ? lines.encoded.replace(/^(?: |=20|=09)+/, '') : lines.encoded);
      isEmptyLineDue = lines.isEmptyAfter;
    }
    line = lines.tail;
  }
  endLine();
  return out;
}

function encodeWrapped(line: string): string {
  if (line === '') return '';
  return wrapLine(line)
    .map((shown) => encodeQuotedPrintable(`${shown}\n`))
    .join('');
}

function wrapLines(text: string): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd()));
}

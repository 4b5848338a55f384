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
  /** Its head as one of its lines: made when it first stands where a line begins. */
  aligned?: Lines;
  /** What stands between the first and the last line end; absent where there is no line end. */
  readonly lines?: Lines;
  /** Behind the last line end. */
  readonly tail: string;
}

/** Whole lines, wrapped. */
interface Lines {
  /** From the first to the last that is not empty. */
  readonly encoded: string;
  readonly isEmptyBefore: boolean;
  readonly isEmptyAfter: boolean;
}

/** Makes a piece of HTML. */
export function makeHtmlPiece(plain: string): HtmlPiece {
  return { plain, bytes: Buffer.byteLength(plain), encoded: encodeQuotedPrintable(plain) };
}

/** Makes a piece of text. */
export function makeTextPiece(plain: string): TextPiece {
  const first = plain.indexOf('\n');
  if (first < 0) return { plain, head: plain, tail: '' };
  const last = plain.lastIndexOf('\n');
  return {
    plain,
    head: plain.slice(0, first),
    lines: first === last ? noLines : makeLines(plain.slice(first + 1, last)),
    tail: plain.slice(last + 1),
  };
}

const noLines: Lines = { encoded: '', isEmptyBefore: false, isEmptyAfter: false };

function makeLines(text: string): Lines {
  const wrapped = text
    .split('\n')
    .flatMap((line) => wrapLine(line.trimEnd()))
    .join('\n');
  const shown = wrapped.replace(/^\n+|\n+$/g, '');
  if (shown === '') return { encoded: '', isEmptyBefore: true, isEmptyAfter: false };
  return {
    encoded: encodeQuotedPrintable(`${shown.replace(/\n{3,}/g, '\n\n')}\n`),
    isEmptyBefore: wrapped.startsWith('\n'),
    isEmptyAfter: wrapped.endsWith('\n'),
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
  const write = ({ encoded, isEmptyBefore, isEmptyAfter }: Lines) => {
    isEmptyLineDue ||= isEmptyBefore;
    if (encoded === '') return;
    if (isEmptyLineDue && out.length > 0) out.push('\r\n');
    out.push(encoded);
    isEmptyLineDue = isEmptyAfter;
  };
  const writeLine = (ragged: string) => {
    const trimmed = ragged.trimEnd();
    const encoded = wrapLine(trimmed)
      .map((shown) => encodeQuotedPrintable(`${shown}\n`))
      .join('');
    const isEmpty = trimmed === '';
    write({ encoded: isEmpty ? '' : encoded, isEmptyBefore: isEmpty, isEmptyAfter: false });
  };
  for (const piece of withoutIndent(pieces)) {
    const { head, lines, tail } = piece;
    if (!lines) {
      line += head;
      continue;
    }
    if (line === '') {
      piece.aligned ??= makeLines(piece.plain.slice(0, piece.plain.length - tail.length - 1));
      write(piece.aligned);
    } else {
      writeLine(line + head);
      write(lines);
    }
    line = tail;
  }
  writeLine(line);
  return out;
}

/** What begins a text is not indented. */
function withoutIndent(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const at = pieces.findIndex(({ plain }) => /\S/.test(plain));
  const [first, ...others] = at < 0 ? [] : pieces.slice(at);
  if (!first) return [];
  return [/^\s/.test(first.plain) ? makeTextPiece(first.plain.trimStart()) : first, ...others];
}

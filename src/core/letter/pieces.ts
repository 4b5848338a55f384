import { wrapLine, wrapText } from '../text/wrap.ts';
import { encodeQuotedPrintable } from './quoted-printable.ts';
import { remember } from './remember.ts';

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
  /** What is long without blanks, as a link, encoded: lines are laid out by its length alone. */
  readonly solid?: string;
}

/** Whole lines, wrapped. */
interface Lines {
  /** From the first to the last that is not empty. */
  readonly encoded: string;
  readonly isEmptyBefore: boolean;
  readonly isEmptyAfter: boolean;
}

/** From this length on, so that what is short does not part a line. */
const SOLID = 24;

/** Makes a piece of HTML. */
export function makeHtmlPiece(plain: string): HtmlPiece {
  return { plain, bytes: Buffer.byteLength(plain), encoded: encodeQuotedPrintable(plain) };
}

/** Neighbours as one piece, encoded as they were. */
export function joinHtmlPieces(pieces: readonly HtmlPiece[]): HtmlPiece {
  return {
    plain: pieces.map(({ plain }) => plain).join(''),
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    encoded: pieces.map(({ encoded }) => encoded).join(''),
  };
}

/** Neighbours as one piece. */
export function joinTextPieces(pieces: readonly TextPiece[]): TextPiece {
  return makeTextPiece(pieces.map(({ plain }) => plain).join(''));
}

/** Makes a piece of text. */
export function makeTextPiece(plain: string): TextPiece {
  const first = plain.indexOf('\n');
  if (first < 0) {
    const isSolid = plain.length >= SOLID && /^[!-~]+$/.test(plain);
    const solid = isSolid ? { solid: encodeQuotedPrintable(plain) } : {};
    return { plain, head: plain, tail: '', ...solid };
  }
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

/** A line that pieces meet in: words around one that is solid, or words alone. */
interface Ragged {
  readonly before: string;
  readonly solid?: TextPiece | undefined;
  readonly after: string;
}

const EMPTY: Ragged = { before: '', after: '' };

function encodeText(pieces: readonly TextPiece[]): string[] {
  const out: string[] = [];
  let line = EMPTY;
  let isEmptyLineDue = false;
  const endEmptyLine = () => {
    if (isEmptyLineDue && out.length > 0) out.push('\r\n');
    isEmptyLineDue = false;
  };
  const write = ({ encoded, isEmptyBefore, isEmptyAfter }: Lines) => {
    isEmptyLineDue ||= isEmptyBefore;
    if (encoded === '') return;
    endEmptyLine();
    out.push(encoded);
    isEmptyLineDue = isEmptyAfter;
  };
  const writeLine = ({ before, solid, after }: Ragged) => {
    if (solid?.solid === undefined) {
      write(makeLines(before));
      return;
    }
    endEmptyLine();
    const laid = layOut(before, solid.plain.length, after);
    if (laid.before !== '') out.push(laid.before);
    out.push(solid.solid, laid.after);
  };
  for (const piece of withoutIndent(pieces)) {
    const { head, lines, tail } = piece;
    if (!lines) {
      line = addTo(line, piece);
      continue;
    }
    if (line === EMPTY) {
      piece.aligned ??= makeLines(piece.plain.slice(0, piece.plain.length - tail.length - 1));
      write(piece.aligned);
    } else {
      writeLine(addTo(line, { plain: head, head, tail: '' }));
      write(lines);
    }
    line = tail === '' ? EMPTY : { before: tail, after: '' };
  }
  writeLine(line);
  return out;
}

function addTo(line: Ragged, piece: TextPiece): Ragged {
  const { before, solid, after } = line;
  if (piece.head === '') return line;
  if (!solid && piece.solid !== undefined) return { before, solid: piece, after };
  if (!solid) return { before: before + piece.head, after };
  // A second one is words like any other.
  return { before, solid, after: after + piece.head };
}

/** What stands before and behind something solid of some length, wrapped and encoded. */
const layOut = remember((before: string, length: number, after: string) => {
  const [from = '', to = ''] = wrapLine(`${before}${'\0'.repeat(length)}${after}`.trimEnd())
    .join('\n')
    .split(/\0+/);
  return { before: encodeQuotedPrintable(from), after: encodeQuotedPrintable(`${to}\n`) };
});

/** What begins a text is not indented. */
function withoutIndent(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const at = pieces.findIndex(({ plain }) => /\S/.test(plain));
  const [first, ...others] = at < 0 ? [] : pieces.slice(at);
  if (!first) return [];
  return [/^\s/.test(first.plain) ? makeTextPiece(first.plain.trimStart()) : first, ...others];
}

/** A body as it is written: its bytes, in room that is used again once they are handed over. */
export interface Body {
  readonly bytes: Buffer;
  giveBack(): void;
}

/** In bytes: nearly every letter fits. What is not written to costs no memory. */
const ROOM = 131_072;
/** As many as there are connections, about; what is beyond goes with its letter. */
const MOST_KEPT = 64;
const LINE_WITH_DOT = Buffer.from('\n.');
const END = '.\r\n';

const kept: Buffer[] = [];

/**
 * Puts pieces together, one sign a byte (latin1), as DATA wants them (RFC 5321, 4.5.2): each line
 * that begins with a dot with one more, and a line with a dot alone at the end.
 */
export function fillBody(pieces: readonly string[]): Body {
  let length = END.length;
  for (const piece of pieces) length += piece.length;
  const room = (length <= ROOM ? kept.pop() : undefined) ?? roomFor(length);
  let at = 0;
  for (const piece of pieces) at += room.write(piece, at, 'latin1');
  const filled = room.subarray(0, at);
  if (!isClean(filled)) return { bytes: stuffDots(filled), giveBack: () => keep(room) };
  at += room.write(END, at, 'latin1');
  return { bytes: room.subarray(0, at), giveBack: () => keep(room) };
}

/** Not out of Node's own pool: it is never given back to that. */
function roomFor(length: number): Buffer {
  return Buffer.allocUnsafeSlow(Math.max(ROOM, length));
}

function keep(room: Buffer): void {
  if (room.length === ROOM && kept.length < MOST_KEPT) kept.push(room);
}

/** Ours are: quoted-printable has no line that begins with a dot. */
function isClean(bytes: Buffer): boolean {
  return (
    bytes[0] !== END.charCodeAt(0) &&
    bytes.at(-1) === 10 &&
    bytes.at(-2) === 13 &&
    !bytes.includes(LINE_WITH_DOT)
  );
}

function stuffDots(bytes: Buffer): Buffer {
  const stuffed = bytes.toString('latin1').replace(/(^|\n)\./g, '$1..');
  const ended = stuffed.endsWith('\r\n') ? stuffed : `${stuffed}\r\n`;
  return Buffer.from(`${ended}${END}`, 'latin1');
}

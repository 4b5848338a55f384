/** A message in pieces to be joined, one sign a byte (latin1). */
interface Pieces {
  readonly pieces: readonly string[];
}

/** Bytes of a message. */
export function sizeOf({ pieces }: Pieces): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** A message in one, one sign a byte. */
export function joinSource({ pieces }: Pieces): string {
  return pieces.join('');
}

/** The same as people read it. */
export function readSource(message: Pieces): string {
  return Buffer.from(joinSource(message), 'latin1').toString('utf8');
}

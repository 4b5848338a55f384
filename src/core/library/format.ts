import type { LibraryEntry } from './entry.ts';

/** A place in the text, and what was made of it; undefined where nothing need be said of it. */
export interface Piece {
  /** From 1. */
  readonly line: number;
  /** The beginning of what stands there. */
  readonly text: string;
  readonly read: LibraryEntry | { readonly problem: string } | undefined;
}

/** A format that libraries come in: how it is told from others, and how it is read. */
export interface LibraryFormat {
  readonly name: string;
  /** Whose files it was seen in. */
  readonly seen: string;
  /** Whether a text is of it, by the text alone. Formats are asked in their order. */
  readonly isIt: (text: string) => boolean;
  /** Its entries one by one, however long it is. Never throws. */
  readonly read: (text: string) => Iterable<Piece>;
}

/** So much of an entry is enough to show where it stands. */
export const SHOWN_OF_ENTRY = 320;

/** The lines of places in a text that only go forward, so that each is counted once. */
export function countLines(text: string): (place: number) => number {
  let line = 1;
  let at = 0;
  return (place) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < place; ) {
      line += 1;
      at = next + 1;
      next = text.indexOf('\n', at);
    }
    return line;
  };
}

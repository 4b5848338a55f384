import type { Paper } from './paper.ts';

/** Something that stood in a text of a feed and is none of it, and why. */
export interface Removed {
  readonly text: string;
  readonly why: string;
}

/** How an item of a feed was read, for whoever asks why. */
export interface Reading {
  /** The element that gave the abstract; absent where none did. */
  readonly from?: string;
  /** What the feed wrote, by element, cut where it is long. */
  readonly raw: Readonly<Record<string, string>>;
  readonly removed: readonly Removed[];
  /** What else is worth knowing, in sentences. */
  readonly notes: readonly string[];
}

/** An item as a feed's newest answer had it, with what became of it. */
export interface ReadItem {
  readonly name: string;
  /** What it was read as; absent where it was refused. */
  readonly paper?: Paper;
  /** Why it became no paper. */
  readonly refusal?: string;
  readonly reading: Reading;
}

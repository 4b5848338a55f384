import { shortenText } from '../text/text.ts';
import type { PaperKind } from './kinds.ts';
import type { Paper, PaperIds } from './paper.ts';

/** Something that stood in a text of a feed and is none of it, and why. */
export interface Removed {
  readonly text: string;
  readonly why: string;
}

/** How an item of a feed was read, for whoever asks why. */
export interface Reading {
  /** The element that gave the abstract; absent where none did. */
  readonly from?: string;
  /** What the feed wrote in its elements, cut where it is long. */
  readonly raw: readonly { readonly element: string; readonly text: string }[];
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

/** An item as it is kept: in words, as short as whoever asks about it can do with. */
export interface ListedItem extends Omit<ReadItem, 'paper'> {
  readonly kind: PaperKind;
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly abstract?: string;
  /** ISO 8601. */
  readonly publishedAt?: string;
  readonly link?: string;
  readonly ids?: PaperIds;
}

const LONGEST_SHOWN = 1_000;
const MOST_AUTHORS = 50;

/** The items of an answer as they are kept. */
export function listItems(items: readonly ReadItem[]): ListedItem[] {
  return items.map(({ paper, ...item }) => {
    if (!paper) return { ...item, kind: 'paper' };
    const { title, authors, abstract, publishedAt, link, ids, kind = 'paper' } = paper;
    return {
      ...item,
      kind,
      title,
      authors: authors.slice(0, MOST_AUTHORS).map(({ name }) => name),
      abstract: shortenText(abstract, LONGEST_SHOWN),
      ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
      ...(link !== undefined && { link }),
      ids,
    };
  });
}

/** What a feed never gave among its newest items, in a sentence; undefined where it gives all. */
export function tellLacking(items: readonly ListedItem[]): string | undefined {
  const read = items.filter(({ refusal }) => refusal === undefined);
  if (read.length === 0) return undefined;
  const lacks = [
    ...(read.every(({ abstract = '' }) => abstract === '') ? ['abstracts'] : []),
    ...(read.every(({ authors = [] }) => authors.length === 0) ? ['authors'] : []),
  ];
  if (lacks.length === 0) return undefined;
  const what = lacks.join(' nor ');
  return `It gives ${lacks.length > 1 ? 'neither' : 'no'} ${what}: papers are known by ${lacks.length > 1 ? 'their titles alone' : 'what else it has'}.`;
}

import type { ListedItem } from '../core/paper/reading.ts';
import { shortenText } from '../core/text/text.ts';

const LONGEST_RAW = 1_000;
const LONGEST_REMOVED = 200;

/** How one item of a feed was read: what became of it, what was taken away and why, and the raw text. */
export function tellItem(item: ListedItem, number: number): string[] {
  const { reading, refusal } = item;
  return [
    `Item ${number}: ${item.name}`,
    ...(refusal === undefined ? tellRead(item) : [`Refused: ${refusal}`]),
    ...reading.notes.map((note) => `Note: ${note}`),
    ...(reading.removed.length > 0 ? ['', 'Taken away:'] : []),
    ...reading.removed.map(
      ({ text, why }) => `  ${quote(shortenText(text, LONGEST_REMOVED))}: ${why}`,
    ),
    '',
    'Raw:',
    ...reading.raw.map(
      ({ element, text }) => `  ${element}: ${shortenText(text.replace(/\s+/g, ' '), LONGEST_RAW)}`,
    ),
  ];
}

function tellRead({ title, authors = [], abstract, reading, ...item }: ListedItem): string[] {
  const ids = Object.entries(item.ids ?? {}).map(([scheme, id]) => `${scheme}:${id}`);
  return [
    `Title: ${title}`,
    `Authors: ${authors.length > 0 ? authors.join(', ') : 'none'}`,
    `Abstract: ${abstract ? `${abstract} (from ${reading.from})` : 'none'}`,
    `Kind: ${item.kind}`,
    `Date: ${item.publishedAt?.slice(0, 16).replace('T', ' ') ?? 'none'}`,
    `Link: ${item.link ?? 'none'}`,
    `Identifiers: ${ids.length > 0 ? ids.join(', ') : 'none'}`,
  ];
}

function quote(text: string): string {
  return `"${text}"`;
}

import type { Reading, Removed } from '../../core/paper/reading.ts';
import { type RawEntry, textsOf } from '../raw-feed.ts';

/** Elements that may hold an abstract. */
export const ABSTRACTS = [
  'dc:description',
  'description',
  'summary',
  'content:encoded',
  'content',
  'dc:abstract',
  'media:description',
];
/**
 * Elements that may hold the day of publication, the best first. Wiley's dc:date is twelve hours off
 * where its pubDate is right, so dc:date comes later.
 */
export const DATES = ['pubDate', 'published', 'dc:date', 'prism:publicationDate', 'updated'];
const KEPT_ELEMENTS = [
  'title',
  'dc:title',
  'dc:creator',
  'author',
  'authors',
  ...ABSTRACTS,
  ...DATES,
];
const MOST_KEPT = 2_000;
const MOST_REMOVED = 20;
const LONGEST_REMOVED = 300;

/** An entry as its feed wrote it, for whoever asks how it was read; bounded. */
export function rawOf(entry: RawEntry): Reading['raw'] {
  return KEPT_ELEMENTS.flatMap((element) => {
    const text = textsOf(entry, element).join(' | ');
    return text === '' ? [] : [{ element, text: text.slice(0, MOST_KEPT) }];
  });
}

/** What was taken away, as far as it is kept. */
export function keptOf(removed: readonly Removed[]): Removed[] {
  return removed
    .slice(0, MOST_REMOVED)
    .map(({ text, why }) => ({ text: text.slice(0, LONGEST_REMOVED), why }));
}

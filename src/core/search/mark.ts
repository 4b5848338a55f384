import { shortenText } from '../text/text.ts';
import type { SearchMarks } from './query.ts';
import { type Word, wordsIn } from './words.ts';

/** A piece of a text, and whether it is what was searched for. */
export interface MarkedPiece {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text in pieces, in order: all of them together are the text. */
export function markWords(text: string, marks: SearchMarks): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const word of wordsIn(text).filter((each) => isHit(each, marks))) {
    if (word.start > at) pieces.push({ text: text.slice(at, word.start), isHit: false });
    pieces.push({ text: text.slice(word.start, word.end), isHit: true });
    at = word.end;
  }
  return at < text.length ? [...pieces, { text: text.slice(at), isHit: false }] : pieces;
}

/** The stretch of a text of about `most` letters that holds most of what was searched for, marked. */
export function excerptMarked(text: string, marks: SearchMarks, most: number): MarkedPiece[] {
  const hits = wordsIn(text).filter((word) => isHit(word, marks));
  let best = { from: 0, count: 0 };
  for (const [at, { start }] of hits.entries()) {
    const within = hits.slice(at).filter(({ end }) => end <= start + most);
    const count = new Set(within.map(({ whole }) => whole)).size;
    if (count > best.count) best = { from: start, count };
  }
  const from = best.from + most < text.length || best.from < most / 4 ? best.from : 0;
  const begin = beginOf(text, Math.min(from, Math.max(0, text.length - most)));
  const stretch = shortenText(text.slice(begin), most);
  return markWords(begin > 0 ? `… ${stretch}` : stretch, marks);
}

/** The sentence that a place is in where it begins near, else the word. */
function beginOf(text: string, place: number): number {
  const near = text.slice(Math.max(0, place - 80), place);
  const sentence = /(?<=[.!?]\s)(?=\S)(?!.*[.!?]\s)/s.exec(near);
  if (place <= 80) return 0;
  if (sentence) return place - near.length + sentence.index;
  return text.lastIndexOf(' ', place) + 1;
}

function isHit({ parts, joined, whole }: Word, { words, beginnings }: SearchMarks): boolean {
  if (words.has(whole)) return whole.length > 1 || parts.length === 1;
  const all = parts.length === 1 ? [whole] : [whole, ...parts, ...joined.map(({ text }) => text)];
  return all.some(
    (each) =>
      // A letter or a figure alone is part of too many names.
      (words.has(each) && (each.length > 1 || parts.length === 1)) ||
      beginnings.some((beginning) => each.startsWith(beginning)),
  );
}

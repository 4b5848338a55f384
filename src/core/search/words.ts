import { stemOf } from '../text/stems.ts';
import { foldWord } from './fold.ts';

/** A name or word of a text, as it is found however it is written. */
export interface Word {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
  /** What it is made of, each folded and stemmed: `il`, `6`. */
  readonly parts: readonly string[];
  /** Runs of its parts as one, each from a part on: `il6` from 0. Empty where there is one part. */
  readonly joined: readonly { readonly from: number; readonly text: string }[];
  /** All its parts as one, or the only one. */
  readonly whole: string;
}

const LONGEST = 60;
/** Of names of more parts only pairs and the whole are one: `state-of-the-art`. */
const MOST_JOINED = 4;
/** Letters and figures, with what joins them: hyphens, points and apostrophes within. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:[-‐‑‒–−.·'’_&][\p{L}\p{M}\p{N}]+)*/gu;
/** Where a name has its joints, besides: between letters and figures, and signs that are words. */
const PART =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\p{N}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L})+/gu;

/**
 * The words of a text in its order. `SARS-CoV-2`, `SARS-CoV2` and `sarscov2` are one name in parts or
 * as one; `p53/MDM2` is two.
 */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    const { parts, joined, whole } = readName(found[0]);
    if (parts.length === 0) continue;
    const [start, end] = [found.index, found.index + found[0].length];
    words.push({ start, end, parts, joined, whole });
  }
  return words;
}

type Name = Pick<Word, 'parts' | 'joined' | 'whole'>;

/** So many are remembered, some megabytes: texts use few words again and again. */
const MOST_KNOWN = 50_000;
const known = new Map<string, Name>();

function readName(text: string): Name {
  const before = known.get(text);
  if (before) return before;
  const parts = (foldWord(text).match(PART) ?? []).map((part) => part.slice(0, LONGEST));
  const name = {
    parts: parts.map(stemmed),
    joined: joinParts(parts),
    whole: joinOf(parts),
  };
  if (text.length > LONGEST) return name;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, name);
  return name;
}

function joinParts(parts: readonly string[]): Word['joined'] {
  const most = parts.length > MOST_JOINED ? 2 : parts.length;
  const joined: { from: number; text: string }[] = [];
  for (let from = 0; from < parts.length - 1; from++) {
    for (let to = from + 2; to <= Math.min(parts.length, from + most); to++) {
      joined.push({ from, text: joinOf(parts.slice(from, to)) });
    }
  }
  if (parts.length > MOST_JOINED) joined.push({ from: 0, text: joinOf(parts) });
  return joined;
}

function joinOf(parts: readonly string[]): string {
  return stemmed(parts.join('').slice(0, LONGEST));
}

/** Words of plain letters have a stem; names with figures are as they are. */
function stemmed(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemOf(word) : word;
}

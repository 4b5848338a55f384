import { isTelling, wordsOf } from '../reading/terms.ts';
import { type Author, foldTitle } from './paper.ts';

/** A text that is shorter says too little to weigh. */
const FEWEST_WORDS = 12;
/** A title of fewer telling words may be that of several papers. */
const TELLING_WORDS = 4;

/** Whether two titles differ in case, accents and punctuation at most. */
export function isSameTitle(a: string, b: string): boolean {
  const [first, second] = [foldTitle(a), foldTitle(b)];
  return first === '' || second === '' ? a === b : first === second;
}

/** Whether a title is long enough to be that of one paper alone. */
export function isTellingTitle(title: string): boolean {
  return tellingWords(title).size >= TELLING_WORDS;
}

/** How much of the longer title's telling words the other has, from 0 to 1. */
export function titleOverlap(a: string, b: string): number {
  return overlap(tellingWords(a), tellingWords(b), Math.max);
}

/** The numbers of a title: papers that differ in them are parts or releases. */
export function titleNumbers(title: string): string {
  return wordsOf(title)
    .filter((word) => /^(?:\d.*|i{1,3}|i?v|vi{0,3})$/.test(word))
    .join();
}

/** Whether two titles have nothing in common, though both have something to say. */
export function isOtherTitle(a: string, b: string): boolean {
  const [first, second] = [tellingWords(a), tellingWords(b)];
  return Math.min(first.size, second.size) >= 3 && overlap(first, second, Math.max) === 0;
}

/** Whether two lists of authors are of the same people; undefined where one is empty. */
export function haveSameAuthors(a: readonly Author[], b: readonly Author[]): boolean | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const known = new Set(longer.flatMap(namesOf));
  const shared = shorter.filter((author) => namesOf(author).some((name) => known.has(name)));
  return shared.length / shorter.length >= SAME_AUTHORS;
}

/** Lists are cut short, and names are spelt with and without what they have beside the family's. */
const SAME_AUTHORS = 0.6;

function namesOf({ name }: Author): string[] {
  const words = wordsOf(name);
  const long = words.filter((word) => word.length >= 3);
  return long.length > 0 ? long : words.slice(-1);
}

/** Whether two texts are of one paper; undefined where one says too little. */
export function haveSameText(a: string, b: string): boolean | undefined {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  if (Math.min(first.length, second.length) < FEWEST_WORDS) return undefined;
  return overlap(shinglesOf(first), shinglesOf(second), Math.min) >= SAME_TEXT;
}

/** A teaser is a part of the abstract; two abstracts of one subject share hardly a tenth. */
const SAME_TEXT = 0.3;

/** Each three words in a row. */
export function shinglesOf(words: readonly string[]): Set<string> {
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
}

/** How much two sets share, of the size that is chosen from theirs. */
export function overlap(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  size: (a: number, b: number) => number,
): number {
  const shared = [...a].filter((element) => b.has(element)).length;
  return shared / Math.max(1, size(a.size, b.size));
}

function tellingWords(title: string): Set<string> {
  return new Set(wordsOf(title).filter(isTelling));
}

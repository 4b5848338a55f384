import { stemmer } from 'stemmer';

/** So many words are remembered, some megabytes; a language has hardly more. */
const MOST_KNOWN = 50_000;
/** What is longer is no word that comes again. */
const LONGEST_KNOWN = 30;

const known = new Map<string, string>();

/** The stem of a lower-case word (Porter, 1980), worked out once for a word that comes again. */
export function stemOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const stem = stemmer(word);
  if (word.length > LONGEST_KNOWN) return stem;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(word, stem);
  return stem;
}

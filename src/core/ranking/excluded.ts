import { writtenWordsOf } from '../reading/terms.ts';
import { inflectionsOf } from '../text/inflections.ts';
import { stemOf } from '../text/stems.ts';

/** A word that a reader never wants to see: what of a text it is. */
interface Excluded {
  readonly forms: ReadonlySet<string>;
  /** In its own case: `US` is not `us`. */
  readonly isAcronym: boolean;
}

/** What of a paper an excluded phrase is looked for in, word by word. */
export interface Written {
  /** Lists of words in their own case, such as a title; no phrase goes from one to the next. */
  readonly written: readonly (readonly string[])[];
  /** As feeds spell them. */
  readonly categories: readonly string[];
}

/** A word or phrase that a reader never wants to see. */
export interface ExcludedPhrase {
  readonly words: readonly Excluded[];
  /** For each word the stems of all its forms: a paper without one of them does not hold it. */
  readonly stems: readonly ReadonlySet<string>[];
}

/**
 * Reads an excluded word or phrase: each word stands for itself and its plain inflections, in
 * any case, or in its own where it is an acronym.
 */
export function readExcluded(phrase: string): ExcludedPhrase {
  const words = writtenWordsOf(phrase).map(readWord);
  const stems = words.map(
    ({ forms }) => new Set([...forms].map((form) => stemOf(form.toLowerCase()))),
  );
  return { words, stems };
}

/** Whether a paper holds an excluded phrase; in categories the case of letters says nothing. */
export function holdsExcluded({ words }: ExcludedPhrase, { written, categories }: Written) {
  if (words.length === 0) return false;
  const inAnyCase = words.map(({ forms }) => ({
    forms: new Set([...forms].map((form) => form.toLowerCase())),
    isAcronym: false,
  }));
  return (
    written.some((list) => holds(list, words)) ||
    categories.some((name) => holds(writtenWordsOf(name), inAnyCase))
  );
}

/** Capitals of which the longer are shouted rather than short for something. */
const LONGEST_CAPITALS = 6;

function readWord(word: string): Excluded {
  const isShouted = word.length > LONGEST_CAPITALS && word === word.toUpperCase();
  const isAcronym = /\p{Lu}.*\p{Lu}/u.test(word) && !isShouted;
  if (!isAcronym) return { forms: inflectionsOf(word.toLowerCase()), isAcronym };
  const one = word.replace(/(?<=\p{Lu})s$/u, '');
  return { forms: new Set([one, `${one}s`]), isAcronym };
}

function holds(list: readonly string[], words: readonly Excluded[]): boolean {
  for (let from = 0; from + words.length <= list.length; from++) {
    if (words.every((word, at) => isForm(list[from + at] ?? '', word))) return true;
  }
  return false;
}

function isForm(written: string, { forms, isAcronym }: Excluded): boolean {
  return forms.has(isAcronym ? written : written.toLowerCase());
}

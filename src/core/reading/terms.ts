import { stemOf } from '../text/stems.ts';
import { stopwords } from './stopwords.ts';

/** The words of a text in their own case, accents folded; hyphens part words. */
export function writtenWordsOf(text: string): string[] {
  return foldAccents(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The lower-case words of a text, accents folded; hyphens part words. */
export function wordsOf(text: string): string[] {
  return (
    foldAccents(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function foldAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '');
}

/** What a text is about: the stems of its words and of neighbouring pairs, without stopwords. */
export function termsOf(text: string): string[] {
  const stems = wordsOf(text).filter(isTelling).map(stemOf);
  return stems.concat(stems.slice(1).map((stem, i) => `${stems[i]} ${stem}`));
}

/** Whether a lower-case word can say something about a subject. */
export function isTelling(word: string): boolean {
  return word.length > 1 && /\p{L}/u.test(word) && !stopwords.has(word);
}

import { stemOf } from '../text/stems.ts';
import { stopwords } from './stopwords.ts';
import type { Work } from './work.ts';

/** A text as a point on the unit sphere: term numbers ascending, one weight for each. */
export interface SparseVector {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/** The terms that a set of texts has in use, numbered, and how much each tells. */
export interface TermSpace {
  readonly numberByTerm: ReadonlyMap<string, number>;
  /** By term number: idf to the space's exponent, positive. */
  readonly rarity: Float32Array;
}

export interface TermSpaceOptions {
  /** Terms in fewer texts are left out: within a set they join nothing. */
  readonly leastDocuments?: number;
  /** The power of idf: 1.5 serves comparing a reader's papers with others best. */
  readonly exponent?: number;
}

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

/** Numbers the terms of the texts and weighs them by how few of the texts use them. */
export function buildTermSpace(
  documents: readonly string[],
  options: TermSpaceOptions = {},
): TermSpace {
  return spaceOf(documents.map(termsOf), options);
}

/** Places a text in the space; terms that the space does not know are ignored. */
export function vectoriseIn(space: TermSpace, text: string): SparseVector {
  return vectorOf(space, termsOf(text));
}

/** Places texts in the space of their own terms. */
export function* vectorise(
  documents: readonly string[],
  options: TermSpaceOptions = {},
): Work<SparseVector[]> {
  const termLists: string[][] = [];
  for (const text of documents) {
    termLists.push(termsOf(text));
    yield;
  }
  const space = spaceOf(termLists, options);
  const vectors: SparseVector[] = [];
  for (const terms of termLists) {
    vectors.push(vectorOf(space, terms));
    yield;
  }
  return vectors;
}

/** The cosine of two vectors of one space, from 0 (nothing shared) to 1. */
export function similarity(a: SparseVector, b: SparseVector): number {
  let sum = 0;
  let j = 0;
  for (const [i, term] of a.terms.entries()) {
    while ((b.terms[j] ?? Number.POSITIVE_INFINITY) < term) j++;
    if (b.terms[j] === term) sum += (a.weights[i] ?? 0) * (b.weights[j] ?? 0);
  }
  return sum;
}

function spaceOf(termLists: readonly string[][], options: TermSpaceOptions): TermSpace {
  const { leastDocuments = 1, exponent = 1.5 } = options;
  const documentsByTerm = new Map<string, number>();
  for (const term of termLists.flatMap((terms) => [...new Set(terms)])) {
    documentsByTerm.set(term, (documentsByTerm.get(term) ?? 0) + 1);
  }
  const known = [...documentsByTerm].filter(([, documents]) => documents >= leastDocuments);
  const idfOf = (documents: number) => Math.log(1 + termLists.length / documents);
  return {
    numberByTerm: new Map(known.map(([term], number) => [term, number])),
    rarity: Float32Array.from(known, ([, documents]) => idfOf(documents) ** exponent),
  };
}

/** Weighs a term by tf/(tf+1) and its rarity; the vector has length one, or none of a term. */
function vectorOf(space: TermSpace, terms: readonly string[]): SparseVector {
  const countByNumber = new Map<number, number>();
  for (const term of terms) {
    const number = space.numberByTerm.get(term);
    if (number !== undefined) countByNumber.set(number, (countByNumber.get(number) ?? 0) + 1);
  }
  const numbers = Int32Array.from(countByNumber.keys()).sort();
  const weights = Float32Array.from(numbers, (number) => {
    const count = countByNumber.get(number) ?? 0;
    return (count / (count + 1)) * (space.rarity[number] ?? 0);
  });
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  return { terms: numbers, weights: weights.map((weight) => weight / length) };
}

import { grammarWords } from '../reading/stopwords.ts';
import { wordsOf } from '../reading/terms.ts';
import { stemOf } from '../text/stems.ts';

/** Terms of a text by their numbers, ascending, with a weight for each. */
export interface TermVector {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/** The number of a term, the same everywhere: FNV-1a, 32 bits. */
export function numberOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) {
    hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  }
  return hash | 0;
}

/** The terms of a text in its own words, by number: what a stem stands for, for people. */
export function nameTerms(text: string): Map<number, string> {
  const words = tellingWords(text);
  const names = new Map<number, string>();
  for (const [at, term] of termsOf(words).entries()) {
    const pair = at - words.length;
    const name = pair < 0 ? words[at] : `${words[pair]} ${words[pair + 1]}`;
    const number = numberOf(term);
    if (name && !names.has(number)) names.set(number, name);
  }
  return names;
}

/** How often a text uses each of its terms: stems and pairs of stems, by number. */
export function countTerms(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const term of termsOf(tellingWords(text))) {
    const number = numberOf(term);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** The same of a phrase that is stems already. */
export function countStems(phrase: string): Map<number, number> {
  return new Map(withPairs(tellingStems(phrase)).map((term) => [numberOf(term), 1]));
}

/** Those stems of a phrase that stand for more than grammar. */
export function tellingStems(phrase: string): string[] {
  return phrase.split(' ').filter((stem) => stem.length > 1 && !grammarWords.has(stem));
}

/** Weighs each term by its rarity, however often it is used; the vector has length one, or no term. */
export function weighTerms(
  used: ReadonlyMap<number, unknown>,
  rarityOf: (term: number) => number,
): TermVector {
  const terms = Int32Array.from(used.keys()).sort();
  const weights = new Float32Array(terms.length);
  let squares = 0;
  for (const [at, term] of terms.entries()) {
    const weight = rarityOf(term);
    weights[at] = weight;
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  return { terms, weights: weights.map((weight) => weight / length) };
}

function tellingWords(text: string): string[] {
  return wordsOf(text).filter((word) => word.length > 1 && !grammarWords.has(word));
}

/** Words, then pairs of neighbours: here even what every paper says of itself helps to tell readers apart. */
function termsOf(words: readonly string[]): string[] {
  return withPairs(words.map(stemOf));
}

function withPairs(stems: readonly string[]): string[] {
  return stems.concat(stems.slice(1).map((stem, i) => `${stems[i]} ${stem}`));
}

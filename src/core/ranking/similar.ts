import { grammarWords } from '../reading/stopwords.ts';
import { wordsIn } from '../search/words.ts';
import { rarityOf } from './background.ts';
import { vectorOf } from './taste.ts';
import { numberOf, type TermVector } from './terms.ts';

interface Text {
  readonly title: string;
  readonly abstract: string;
}

/**
 * So many of its most telling words find what may be like a paper, any two of them at once. Of an
 * abstract the most telling may be names that nobody else has; a title's are what others write of too.
 */
const OF_TITLE = 8;
const OF_ABSTRACT = 10;
/** What is less alike shares a word or two by chance. */
const LEAST_LIKENESS = 0.05;

/** The cosine of two vectors of length one. */
export function dotTerms(a: TermVector, b: TermVector): number {
  let sum = 0;
  for (let at = 0, other = 0; at < a.terms.length && other < b.terms.length; ) {
    const [one = 0, two = 0] = [a.terms[at], b.terms[other]];
    if (one === two) sum += (a.weights[at] ?? 0) * (b.weights[other] ?? 0);
    if (one <= two) at += 1;
    if (two <= one) other += 1;
  }
  return sum;
}

/**
 * Of some papers those that are most like one, the nearest first: by their words, each by how rare it
 * is. What they mean by a basis (`placeStems`) adds nothing that could be measured.
 */
export function listSimilar<Paper extends Text>(
  paper: Text,
  others: readonly Paper[],
  most: number,
): Paper[] {
  const own = vectorOf(paper);
  return others
    .map((other) => ({ other, likeness: dotTerms(own, vectorOf(other)) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map(({ other }) => other);
}

/**
 * What finds papers that share two of a paper's most telling words, those with such words in their
 * titles first (`tsquery`); undefined for a paper of hardly a word.
 */
export function querySimilar({
  title,
  abstract,
}: Text): { readonly match: string; readonly order: string } | undefined {
  const titled = tellingWords(title, OF_TITLE);
  const told = [...new Set([...titled, ...tellingWords(abstract, OF_ABSTRACT)])];
  const pairs = told.flatMap((one, at) => told.slice(at + 1).map((two) => `('${one}' & '${two}')`));
  if (pairs.length === 0) return undefined;
  return { match: pairs.join(' | '), order: told.map((word) => `'${word}'`).join(' | ') };
}

/** The words of a text that tell most of it: those that it uses often and others seldom. */
function tellingWords(text: string, most: number): string[] {
  const counts = new Map<string, number>();
  for (const { whole } of wordsIn(text)) {
    if (whole.length < 3 || /^\d+$/.test(whole) || grammarWords.has(whole)) continue;
    counts.set(whole, (counts.get(whole) ?? 0) + 1);
  }
  return [...counts]
    .map(([word, used]) => ({ word, tells: (used / (used + 1)) * rarityOf(numberOf(word)) }))
    .sort((a, b) => b.tells - a.tells)
    .slice(0, most)
    .map(({ word }) => word);
}

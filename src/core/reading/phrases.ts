import { stemOf } from '../text/stems.ts';
import { grammarWords } from './stopwords.ts';
import { isTelling, wordsOf } from './terms.ts';

/** One to three telling words in a row: their stems for comparing, their spelling for showing. */
export interface Phrase {
  readonly key: string;
  readonly spelling: string;
  /** Whether no telling word comes right after. */
  readonly closes: boolean;
}

interface Word {
  readonly key: string;
  readonly spelling: string;
}

const longest = 3;

/** The phrases of a text; none crosses a stopword or a punctuation mark. */
export function phrasesOf(text: string): Phrase[] {
  return runsOf(text).flatMap((run) =>
    run.flatMap((_, start) =>
      Array.from({ length: Math.min(longest, run.length - start) }, (_, more) => {
        const end = start + more + 1;
        const words = run.slice(start, end);
        return {
          key: words.map(({ key }) => key).join(' '),
          spelling: words.map(({ spelling }) => spelling).join(' '),
          closes: end === run.length,
        };
      }),
    ),
  );
}

/** The unbroken rows of telling words; hyphens join (`text-to-image` is one word). */
function runsOf(text: string): Word[][] {
  const runs: Word[][] = [[]];
  for (const spelling of tokensOf(text)) {
    const words = wordsOf(spelling);
    if (isTelling(words[0] ?? '') && isTelling(words.at(-1) ?? '')) {
      const key = words.filter(isTelling).map(stemOf).join(' ');
      runs.at(-1)?.push({ key, spelling });
    } else if (runs.at(-1)?.length) runs.push([]);
  }
  return runs;
}

/** Words with their hyphens, and single marks; a possessive `s` parts like a mark. */
function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)*|[^\s]/gu) ?? [];
}

/**
 * The commonest of several spellings of one phrase, or its plural where that is common too;
 * in small letters save for words that carry capitals of their own (`LLM agents`, `mRNA`).
 */
export function commonSpelling(spellings: readonly string[]): string {
  const small = spellings.map((spelling) => spelling.toLowerCase());
  const singular = commonest(small);
  const plurals = small.filter((spelling) => spelling === `${singular}s`).length;
  const folded = plurals * 4 > spellings.length ? `${singular}s` : singular;
  const alike = spellings.filter((spelling) => spelling.toLowerCase() === folded);
  return folded
    .split(' ')
    .map((word, i) => {
      const seen = commonest(alike.map((spelling) => spelling.split(' ')[i] ?? word));
      return /\p{L}.*\p{Lu}/u.test(seen.replace(/-\p{Lu}(?=\p{Ll})/gu, '-')) ? seen : word;
    })
    .join(' ');
}

/** Writes a phrase as a heading: its ends and each telling word with a capital (`Text-to-Image`). */
export function titleCase(phrase: string): string {
  return phrase.replace(/[\p{L}\p{M}\p{N}]+/gu, (word, at: number) => {
    // `in-context` begins with a capital as a whole; the `to` of `text-to-image` is within.
    const isHead = phrase[at + word.length] === '-' && phrase[at - 1] !== '-';
    const isEnd = at === 0 || at + word.length === phrase.length || isHead;
    const isSmall = !/\p{Lu}/u.test(word) && (isEnd || !grammarWords.has(word));
    return isSmall ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
}

function commonest(values: readonly string[]): string {
  const countByValue = new Map<string, number>();
  for (const value of values) countByValue.set(value, (countByValue.get(value) ?? 0) + 1);
  return [...countByValue].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0])[0];
}

import type { Block } from './blocks.ts';
import { isOfName } from './citations.ts';

const LEAST_SHARERS = 3;
const LEAST_SHARE = 0.4;
/** Names of people and a journal stand within so much. */
const LONGEST = 600;
const MOST_WORDS = 10;
/** What may stand between the name of a journal and its first number. */
const BETWEEN =
  /[\s,;:.(]*(?:\b(?:vol(?:ume)?|issue|no|nr|issn|band|bd|tom[eo]?|article|discuss)\b[\s,;:.(]*)*$/i;

/**
 * The name of the journal in a feed's citations, where it stands behind people or titles with nothing
 * between: the words that its items have alike before the first number. None where they have no such.
 */
export function learnJournal(items: readonly (readonly Block[])[]): string[] {
  const sharers = new Map<string, number>();
  for (const blocks of items) {
    const names = new Set(blocks.flatMap(({ text }) => namesBefore(text)));
    for (const name of names) sharers.set(name, (sharers.get(name) ?? 0) + 1);
  }
  const least = Math.max(LEAST_SHARERS, items.length * LEAST_SHARE);
  const shared = [...sharers].flatMap(([name, count]) => (count >= least ? name : []));
  return shared.toSorted((a, b) => b.length - a.length).slice(0, 1);
}

/** Two words or more with a capital, or one behind a full stop. */
function isName(words: readonly string[], at: number): boolean {
  const isLong = at < words.length - 1 || /\p{L}{2}\.$/u.test(words[at - 1] ?? '');
  return isLong && /^\p{Lu}\p{L}/u.test(words[at] ?? '');
}

/** A line whose people touch the journal's name, parted: `Sample, Bo.Journal of Roofs` (ProQuest). */
export function partNames(line: string): string {
  return line.replace(/^([^.]{4,300}\p{L})\.(?=\p{Lu}\p{Ll})/u, '$1. ');
}

/** Each end of what stands before the first number that may be a name of two words or more. */
function namesBefore(text: string): string[] {
  const head =
    /^\D{4,600}?(?=\d|https?:)/.exec(partNames(text.slice(0, LONGEST)))?.[0].replace(BETWEEN, '') ??
    '';
  const words = head.split(' ').slice(-MOST_WORDS);
  const from = words.findLastIndex((word) => !isOfName(word)) + 1;
  return words.flatMap((_, at) =>
    at >= from && isName(words, at) ? words.slice(at).join(' ') : [],
  );
}

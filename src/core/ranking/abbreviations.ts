import { wordsOf } from '../reading/terms.ts';
import { stemOf } from '../text/stems.ts';

/** What a paper says that something is short for, both as stems: `rlhf` and the words that it stands for. */
export interface Abbreviation {
  readonly short: string;
  readonly long: string;
}

/** What the papers of an edition abbreviate, and how. */
export interface Abbreviations {
  /** What most papers that explain a short form say that it stands for. */
  readonly longOf: ReadonlyMap<string, string>;
  readonly shortsOf: ReadonlyMap<string, readonly string[]>;
}

const IN_BRACKETS = /\(([\p{L}\p{N}][\p{L}\p{N}-]{1,9})\)/gu;
/** No long form is longer, in characters. */
const LONGEST = 120;

/** What a text abbreviates: `reinforcement learning from human feedback (RLHF)`, each once. */
export function readAbbreviations(text: string): Abbreviation[] {
  const found = new Map<string, Abbreviation>();
  for (const { 1: inside = '', index } of text.matchAll(IN_BRACKETS)) {
    const letters = inside.replace(/(?<=\p{Lu})s$/u, '');
    if (!/\p{Lu}/u.test(letters) || letters.length < 2) continue;
    const long = findLong(letters, text.slice(Math.max(0, index - LONGEST), index));
    const short = phraseOf(letters);
    if (long && !found.has(short)) found.set(short, { short, long: phraseOf(long) });
  }
  return [...found.values()];
}

/**
 * The words before a bracket that its letters are taken from, from the last letter to the first,
 * which begins a word (Schwartz and Hearst, 2003).
 */
function findLong(letters: string, before: string): string | undefined {
  const text = before.trimEnd();
  const lower = text.toLowerCase();
  let at = text.length;
  for (let letter = letters.length - 1; letter >= 0; letter--) {
    const wanted = (letters[letter] ?? '').toLowerCase();
    if (wanted === '-') continue;
    at = lower.lastIndexOf(wanted, at - 1);
    while (letter === 0 && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) {
      at = lower.lastIndexOf(wanted, at - 1);
    }
    if (at < 0 || (at === 0 && letter > 0)) return undefined;
  }
  const long = text.slice(at);
  const words = long.split(/[\s-]+/).length;
  const isLikely = words > 1 && words <= Math.min(letters.length + 5, 2 * letters.length);
  return isLikely && !/[.;:()]/.test(long) ? long : undefined;
}

const phraseOf = (text: string): string => wordsOf(text).map(stemOf).join(' ');

/** What papers abbreviate, each paper's own list, as one: a short form that means several things means none. */
export function joinAbbreviations(lists: readonly (readonly Abbreviation[])[]): Abbreviations {
  const uses = new Map<string, Map<string, number>>();
  for (const { short, long } of lists.flat()) {
    const of = uses.get(short) ?? new Map<string, number>();
    uses.set(short, of.set(long, (of.get(long) ?? 0) + 1));
  }
  const longOf = new Map<string, string>();
  const shortsOf = new Map<string, string[]>();
  for (const [short, of] of uses) {
    const all = [...of.values()].reduce((sum, count) => sum + count, 0);
    const most = [...of].find(([, count]) => 2 * count > all);
    if (!most) continue;
    const [long] = most;
    longOf.set(short, long);
    shortsOf.set(long, [...(shortsOf.get(long) ?? []), short]);
  }
  return { longOf, shortsOf };
}

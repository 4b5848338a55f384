import type { Work } from '../reading/work.ts';
import { rarityOf } from './background.ts';
import type { Example, Taste } from './taste.ts';
import { nameTerms } from './terms.ts';

/** How likely other papers use a term too. */
function useOf(term: number): number {
  return Math.exp(-(rarityOf(term) ** (2 / 3)) / 4);
}

/** What was learned, in words: the terms that count most for a paper and against it, the most telling first. */
export interface TasteWords {
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

/** So many words are said of what moves papers up, and as many of what moves them down. */
const MOST_WORDS = 200;

/** Says a taste in the words of the examples that it was learned from; terms of several before those of one. */
export function* describeTaste(taste: Taste, examples: readonly Example[]): Work<TasteWords> {
  const names = new Map<number, { name: string; texts: number }>();
  for (const { title, abstract } of examples) {
    for (const [term, name] of nameTerms(`${title}. ${abstract}`)) {
      const known = names.get(term);
      names.set(term, { name: known?.name ?? name, texts: (known?.texts ?? 0) + 1 });
    }
    yield;
  }
  const weighed = Array.from(taste.terms, (term, place) => {
    const { name = '', texts = 0 } = names.get(term) ?? {};
    const [library = 0, more = 0, less = 0] = [
      taste.library[place],
      taste.more[place],
      taste.less[place],
    ];
    return { name, weight: (library + more - less) * Math.sqrt(texts) * useOf(term) };
  });
  const best = (sign: number) => {
    const wanted = weighed.filter(({ weight }) => weight * sign > 0);
    return distinct(
      wanted.sort((a, b) => sign * (b.weight - a.weight) || (a.name < b.name ? -1 : 1)),
      MOST_WORDS,
    );
  };
  return { liked: best(1), disliked: best(-1) };
}

/** A word, rather than a number or a short name that tells little by itself. */
const SAYABLE = /^\p{L}[\p{L}-]{2,}$/u;

/** `reward models` says `reward` and `models` too. */
function distinct(terms: readonly { name: string }[], most: number): string[] {
  const said: string[] = [];
  for (const { name } of terms) {
    const words = name.split(' ');
    const isSaid = said.some((other) => words.some((word) => other.split(' ').includes(word)));
    if (!isSaid && words.every((word) => SAYABLE.test(word))) said.push(name);
    if (said.length === most) break;
  }
  return said;
}

import type { Work } from '../reading/work.ts';
import { rarityOf } from './background.ts';
import { countTerms, nameTerms, type TermVector, weighTerms } from './terms.ts';

/** A paper that says what a reader likes: one of their library, or one they voted on. */
export interface Example {
  readonly kind: 'library' | 'more' | 'less';
  readonly title: string;
  readonly abstract: string;
  readonly at: Date;
}

/**
 * What was learned of one reader: a sum over their examples, so that each paper's share can
 * be told and taking an example back restores exactly what was before it.
 */
export interface Taste {
  /** Numbers of terms, ascending. */
  readonly terms: Int32Array;
  /** What the library, the votes for more and those for less give a term; none is negative. */
  readonly library: Float32Array;
  readonly more: Float32Array;
  readonly less: Float32Array;
  /** Entry n: the library's papers, by number, that use term n; a few at most. */
  readonly holders: readonly (readonly number[])[];
  /** How many examples it was learned from. */
  readonly examples: number;
  readonly hasLibrary: boolean;
}

/** A library speaks as loud as this many votes, so that votes are still heard beside a large one. */
const LIBRARY_VOTES = 12;
const LESS_WEIGHT = 0.8;
/** An old vote counts half; how much of the rest is left halves in this many days. */
const HALF_LIFE_DAYS = 60;
const MOST_TERMS = { library: 1500, more: 1500, less: 500 } as const;
const MOST_HOLDERS = 8;
const DAY_MS = 24 * 3_600_000;

type Kind = Example['kind'];

/**
 * Learns a reader's taste as of an instant: the weighted sum of their examples' vectors
 * (Rocchio, 1971), later votes heavier. Undefined without examples.
 */
export function* learnTaste(examples: readonly Example[], at: Date): Work<Taste | undefined> {
  if (examples.length === 0) return undefined;
  const sums = { library: new Map(), more: new Map(), less: new Map() } as Record<
    Kind,
    Map<number, number>
  >;
  const holders = new Map<number, number[]>();
  const libraryCount = examples.filter(({ kind }) => kind === 'library').length;
  let entry = 0;
  for (const example of examples) {
    const weight = weightOf(example, { at, libraryCount });
    const vector = vectorOf(example);
    for (const [place, term] of vector.terms.entries()) {
      const sum = sums[example.kind];
      sum.set(term, (sum.get(term) ?? 0) + weight * (vector.weights[place] ?? 0));
      if (example.kind === 'library') hold(holders, term, entry);
    }
    if (example.kind === 'library') entry += 1;
    yield;
  }
  const kept = {
    library: keep(sums, 'library'),
    more: keep(sums, 'more'),
    less: keep(sums, 'less'),
  };
  const terms = Int32Array.from(
    new Set([...kept.library.keys(), ...kept.more.keys(), ...kept.less.keys()]),
  ).sort();
  const column = (kind: Kind) => Float32Array.from(terms, (term) => kept[kind].get(term) ?? 0);
  return {
    terms,
    library: column('library'),
    more: column('more'),
    less: column('less'),
    holders: Array.from(terms, (term) => (kept.library.has(term) ? (holders.get(term) ?? []) : [])),
    examples: examples.length,
    hasLibrary: libraryCount > 0,
  };
}

function vectorOf({ title, abstract }: Pick<Example, 'title' | 'abstract'>): TermVector {
  return weighTerms(countTerms(`${title}. ${abstract}`), (term) => rarityOf(term));
}

function weightOf(example: Example, given: { at: Date; libraryCount: number }): number {
  if (example.kind === 'library') return Math.min(1, LIBRARY_VOTES / given.libraryCount);
  const days = Math.max(0, Math.floor((given.at.getTime() - example.at.getTime()) / DAY_MS));
  const recency = 0.5 + 0.5 * 2 ** (-days / HALF_LIFE_DAYS);
  return example.kind === 'less' ? LESS_WEIGHT * recency : recency;
}

function hold(holders: Map<number, number[]>, term: number, entry: number): void {
  const list = holders.get(term) ?? [];
  if (list.length < MOST_HOLDERS) list.push(entry);
  holders.set(term, list);
}

/** The terms that tell most: heavy ones, and of those rather what other papers will use too. */
function keep(sums: Record<Kind, Map<number, number>>, kind: Kind): Map<number, number> {
  const sum = sums[kind];
  if (sum.size <= MOST_TERMS[kind]) return sum;
  const worth = ([term, weight]: [number, number]) => ({
    term,
    weight,
    worth: weight * useOf(term),
  });
  const best = [...sum].map(worth).sort((a, b) => b.worth - a.worth || a.term - b.term);
  return new Map(best.slice(0, MOST_TERMS[kind]).map(({ term, weight }) => [term, weight]));
}

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

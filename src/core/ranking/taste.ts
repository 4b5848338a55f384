import type { Work } from '../reading/work.ts';
import { shortenText } from '../text/text.ts';
import { type Background, rarityOf } from './background.ts';
import { type Others, separate } from './regression.ts';
import { countTerms, type TermVector, weighTerms } from './terms.ts';

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
  /** The last votes for more, the newest first. */
  readonly votes: readonly LikedPaper[];
  /** How many examples it was learned from. */
  readonly examples: number;
  readonly hasLibrary: boolean;
}

/** A paper that was voted for, by which others are said to be like it. */
export interface LikedPaper {
  /** Its name, or its title, shortened. */
  readonly title: string;
  /** The places in the taste of the terms that tell most of it. */
  readonly terms: Uint16Array;
}

/** A library speaks as loud as this many votes, so that votes are still heard beside a large one. */
const LIBRARY_VOTES = 12;
const LESS_WEIGHT = 0.8;
/** An old vote counts half; how much of the rest is left halves in this many days. */
const HALF_LIFE_DAYS = 60;
/** And the more votes came after it, the less: the number of these, and it, to this power. */
const FADING = 0.4;
const MOST_TERMS = { library: 4000, more: 4000, less: 1000 } as const;
const MOST_HOLDERS = 8;
const DAY_MS = 24 * 3_600_000;

type Kind = Example['kind'];

/** An example as numbers. */
interface Weighed {
  readonly example: Example;
  readonly vector: TermVector;
  /** How loud it speaks. */
  readonly weight: number;
}

/**
 * Learns a reader's taste as of an instant: the weighted sum of their examples' vectors
 * (Rocchio, 1971), later votes heavier. Beside others, which stand for what they did not ask for,
 * each term of their votes weighs by how well it tells the two apart. Undefined without examples.
 */
export function* learnTaste(
  examples: readonly Example[],
  at: Date,
  others?: Others,
): Work<Taste | undefined> {
  if (examples.length === 0) return undefined;
  const libraryCount = examples.filter(({ kind }) => kind === 'library').length;
  const weighed: Weighed[] = [];
  const ranks = rankVotes(examples);
  for (const [place, example] of examples.entries()) {
    const weight = weightOf(example, { at, libraryCount, rank: ranks[place] ?? 0 });
    weighed.push({ example, vector: vectorOf(example, others?.background), weight });
    yield;
  }
  const more = addUp(weighed, 'more');
  if (others && others.count >= FEWEST_OTHERS) sharpen(more, weighed, others);
  yield;
  const kept = {
    library: keep(addUp(weighed, 'library'), 'library'),
    more: keep(more, 'more'),
    less: keep(addUp(weighed, 'less'), 'less'),
  };
  const terms = Int32Array.from(
    new Set([...kept.library.keys(), ...kept.more.keys(), ...kept.less.keys()]),
  ).sort();
  const column = (kind: Kind) => Float32Array.from(terms, (term) => kept[kind].get(term) ?? 0);
  const holders = listHolders(weighed);
  return {
    terms,
    library: column('library'),
    more: column('more'),
    less: column('less'),
    holders: Array.from(terms, (term) => (kept.library.has(term) ? (holders.get(term) ?? []) : [])),
    votes: listVotes(weighed, terms),
    examples: examples.length,
    hasLibrary: libraryCount > 0,
  };
}

/** A text by itself, weighed by how rare its terms are among the texts stored here, or anywhere. */
export function vectorOf(
  { title, abstract }: Pick<Example, 'title' | 'abstract'>,
  background?: Background,
): TermVector {
  return weighTerms(countTerms(`${title}. ${abstract}`), (term) => rarityOf(term, { background }));
}

/** For each example, how many votes are newer; those of one moment stand in the order given. */
function rankVotes(examples: readonly Example[]): number[] {
  const ranks = new Array<number>(examples.length).fill(0);
  [...examples.entries()]
    .filter(([, { kind }]) => kind !== 'library')
    .sort(([a, one], [b, two]) => two.at.getTime() - one.at.getTime() || a - b)
    .forEach(([place], rank) => {
      ranks[place] = rank;
    });
  return ranks;
}

function weightOf(
  example: Example,
  given: { at: Date; libraryCount: number; rank: number },
): number {
  if (example.kind === 'library') return Math.min(1, LIBRARY_VOTES / given.libraryCount);
  const days = Math.max(0, Math.floor((given.at.getTime() - example.at.getTime()) / DAY_MS));
  const recency = (0.5 + 0.5 * 2 ** (-days / HALF_LIFE_DAYS)) / (1 + given.rank) ** FADING;
  return example.kind === 'less' ? LESS_WEIGHT * recency : recency;
}

function listHolders(weighed: readonly Weighed[]): Map<number, number[]> {
  const holders = new Map<number, number[]>();
  const library = weighed.filter(({ example }) => example.kind === 'library');
  for (const [entry, { vector }] of library.entries()) {
    for (const term of vector.terms) {
      const list = holders.get(term) ?? [];
      if (list.length < MOST_HOLDERS) list.push(entry);
      holders.set(term, list);
    }
  }
  return holders;
}

const MOST_VOTES = 30;
const MOST_TERMS_A_VOTE = 150;
const LONGEST_TITLE = 80;
/** `MM-RLHF: the next step forward` is called MM-RLHF. */
const NAME = /^(?=[^:]*(?:[^:\s]\p{Lu}|\d))[^\s:]{2,30}(?=: )/u;

function listVotes(weighed: readonly Weighed[], terms: Int32Array): LikedPaper[] {
  const placeOf = new Map(Array.from(terms, (term, place) => [term, place]));
  return weighed
    .flatMap(({ example, vector }) => (example.kind === 'more' ? [{ ...example, vector }] : []))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, MOST_VOTES)
    .map(({ title, vector }) => ({
      title: NAME.exec(title)?.[0] ?? shortenText(title, LONGEST_TITLE),
      terms: Uint16Array.from(
        heaviest(new Map(Array.from(vector.terms, (term, at) => [term, vector.weights[at] ?? 0])))
          .flatMap(([term]) => placeOf.get(term) ?? [])
          .slice(0, MOST_TERMS_A_VOTE),
      ).sort(),
    }));
}

/** What the examples of a kind give each term. */
function addUp(weighed: readonly Weighed[], kind: Kind): Map<number, number> {
  const sum = new Map<number, number>();
  for (const { example, vector, weight } of weighed) {
    if (example.kind !== kind) continue;
    for (const [place, term] of vector.terms.entries()) {
      sum.set(term, (sum.get(term) ?? 0) + weight * (vector.weights[place] ?? 0));
    }
  }
  return sum;
}

/** Fewer papers do not stand for what is not asked for. */
const FEWEST_OTHERS = 100;
/** Of fewer nobody can tell what they have in common (measured by `npm run evaluate`). */
const FEWEST_LIKED = 3;

/**
 * Gives each term of the votes for more the weight by which it tells them from others; what tells
 * others goes. All of it stays as loud as it was. A library is left as it is: it is of many
 * subjects, and often of titles alone, of which little can be told.
 */
function sharpen(sum: Map<number, number>, weighed: readonly Weighed[], others: Others): void {
  const liked = weighed.filter(({ example }) => example.kind === 'more');
  if (liked.length < FEWEST_LIKED) return;
  const weights = separate(liked, others);
  const lengthOf = (values: Iterable<number>) =>
    Math.sqrt([...values].reduce((all, value) => all + Math.max(0, value) ** 2, 0));
  const scale = lengthOf(sum.values()) / (lengthOf(weights.values()) || 1);
  for (const [term, weight] of weights) {
    if (weight > 0) sum.set(term, scale * weight);
    else sum.delete(term);
  }
}

/** Of as many terms as are kept, the heaviest. */
function keep(sum: ReadonlyMap<number, number>, kind: Kind): ReadonlyMap<number, number> {
  return sum.size <= MOST_TERMS[kind] ? sum : new Map(heaviest(sum).slice(0, MOST_TERMS[kind]));
}

function heaviest(sum: ReadonlyMap<number, number>): [term: number, weight: number][] {
  return [...sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

import type { TermVector } from './terms.ts';

/**
 * Which papers use a term, and how much it weighs in each, built once for all readers. A term
 * has a *slot*, counted by its number; typed arrays, since every reader's taste goes through them.
 */
export interface Postings {
  /** How many terms there are. */
  readonly count: number;
  /** The entries of a slot begin here and end where those of the next begin. */
  readonly starts: Int32Array;
  /** By entry: a paper's place, ascending within a slot. */
  readonly papers: Int32Array;
  /** By entry: the weight of the term in that paper, as its vector has it. */
  readonly weights: Float64Array;
  /** By paper: the slots of its vector's terms. */
  readonly slots: readonly Int32Array[];
  readonly table: TermTable;
}

/** The slots of terms. */
interface TermTable {
  /** By slot: the number of the term, ascending. */
  readonly terms: Int32Array;
  /** The terms with the same first bits begin here: as their numbers are hashes, they are one or two. */
  readonly buckets: Int32Array;
  readonly bits: number;
}

/** Turns the vectors of papers, by their places, into postings. */
export function postTerms(vectors: readonly TermVector[]): Postings {
  const unique = new Set<number>();
  for (const { terms } of vectors) for (const term of terms) unique.add(term);
  const terms = Int32Array.from(unique).sort();
  const table = buildTable(terms);
  const slots = vectors.map((vector) => vector.terms.map((term) => findSlot(table, term)));
  const starts = new Int32Array(terms.length + 1);
  for (const own of slots) for (const slot of own) starts[slot + 1] = (starts[slot + 1] ?? 0) + 1;
  for (let slot = 1; slot < starts.length; slot++) {
    starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0);
  }
  const entries = starts.at(-1) ?? 0;
  const [papers, weights] = [new Int32Array(entries), new Float64Array(entries)];
  const next = starts.slice();
  for (const [place, own] of slots.entries()) {
    for (const [at, slot] of own.entries()) {
      const entry = next[slot] ?? 0;
      papers[entry] = place;
      weights[entry] = vectors[place]?.weights[at] ?? 0;
      next[slot] = entry + 1;
    }
  }
  return { count: terms.length, starts, papers, weights, slots, table };
}

/** The slot of a term; -1 where no paper uses it. */
export function slotOf({ table }: Postings, term: number): number {
  return findSlot(table, term);
}

function buildTable(terms: Int32Array): TermTable {
  const bits = Math.max(1, Math.ceil(Math.log2(terms.length + 1)));
  const buckets = new Int32Array(2 ** bits + 1);
  for (const term of terms) {
    const next = bucketOf(term, bits) + 1;
    buckets[next] = (buckets[next] ?? 0) + 1;
  }
  for (let at = 1; at < buckets.length; at++) {
    buckets[at] = (buckets[at] ?? 0) + (buckets[at - 1] ?? 0);
  }
  return { terms, buckets, bits };
}

// Whoever asks for ascending terms, as a taste has them, goes through both arrays once.
function findSlot({ terms, buckets, bits }: TermTable, term: number): number {
  const bucket = bucketOf(term, bits);
  const end = buckets[bucket + 1] as number;
  for (let slot = buckets[bucket] as number; slot < end; slot++) {
    if (terms[slot] === term) return slot;
  }
  return -1;
}

/** The first bits of a number that is ordered with its sign. */
function bucketOf(term: number, bits: number): number {
  return (term ^ 0x80000000) >>> (32 - bits);
}

/** Some terms by their slots, the first `count`, and how much each counts. */
export interface Wanted {
  readonly count: number;
  readonly slots: Int32Array;
  readonly nets: Float64Array;
}

/** Adds to each paper's score the weights of the wanted terms there, each so often as it counts. */
export function addPostings(
  { starts, papers, weights }: Postings,
  { count, slots, nets }: Wanted,
  { scores, times }: { scores: Float64Array; times: number },
): void {
  for (let term = 0; term < count; term++) {
    const slot = slots[term] as number;
    const often = times * (nets[term] as number);
    const end = starts[slot + 1] as number;
    let at = starts[slot] as number;
    // A term's papers are all different, so that four may be read before the first is written;
    // every place is one of the array's: to ask would be half of what this costs.
    for (; at + 3 < end; at += 4) {
      const a = papers[at] as number;
      const b = papers[at + 1] as number;
      const c = papers[at + 2] as number;
      const d = papers[at + 3] as number;
      const forA = (scores[a] as number) + often * (weights[at] as number);
      const forB = (scores[b] as number) + often * (weights[at + 1] as number);
      const forC = (scores[c] as number) + often * (weights[at + 2] as number);
      const forD = (scores[d] as number) + often * (weights[at + 3] as number);
      scores[a] = forA;
      scores[b] = forB;
      scores[c] = forC;
      scores[d] = forD;
    }
    for (; at < end; at++) {
      const paper = papers[at] as number;
      scores[paper] = (scores[paper] as number) + often * (weights[at] as number);
    }
  }
}

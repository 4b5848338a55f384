import type { TermVector } from './terms.ts';

/**
 * Which papers use a term, and how much it weighs in each, built once for all readers. A term has
 * a *slot*, counted by its number; typed arrays, since every reader's taste goes through them.
 */
export interface Postings {
  /** By slot: the number of the term, ascending. */
  readonly terms: Int32Array;
  /** By slot: its entries begin here and end where those of the next begin. */
  readonly starts: Int32Array;
  /** By entry of a slot: a paper's place, ascending within the slot, and the term's weight there. */
  readonly papers: Int32Array;
  readonly weights: Float32Array;
  /** By paper: its entries begin here and end where those of the next begin. */
  readonly paperStarts: Int32Array;
  /** By entry of a paper: the slot of a term, ascending within the paper, and its weight there. */
  readonly slots: Int32Array;
  readonly ownWeights: Float32Array;
}

/** Turns the vectors of papers, by their places, into postings. */
export function postTerms(vectors: readonly TermVector[]): Postings {
  const paperStarts = new Int32Array(vectors.length + 1);
  for (const [place, vector] of vectors.entries()) {
    paperStarts[place + 1] = (paperStarts[place] as number) + vector.terms.length;
  }
  const entries = paperStarts[vectors.length] as number;
  const [used, ownWeights] = [new Int32Array(entries), new Float32Array(entries)];
  for (const [place, { terms, weights }] of vectors.entries()) {
    used.set(terms, paperStarts[place]);
    ownWeights.set(weights, paperStarts[place]);
  }
  const terms = used.slice().sort();
  const unique = terms.filter((term, at) => at === 0 || terms[at - 1] !== term);
  const slots = findSlots({ terms: unique, used, paperStarts });
  const byPaper = { paperStarts, slots, ownWeights };
  return { terms: unique, ...byPaper, ...turn(byPaper, unique.length) };
}

/** The slots of the terms that papers use: each paper's terms ascend, as those of all do. */
function findSlots(given: {
  terms: Int32Array;
  used: Int32Array;
  paperStarts: Int32Array;
}): Int32Array {
  const { terms, used, paperStarts } = given;
  const slots = new Int32Array(used.length);
  for (let place = 0; place + 1 < paperStarts.length; place++) {
    let slot = 0;
    const end = paperStarts[place + 1] as number;
    for (let entry = paperStarts[place] as number; entry < end; entry++) {
      const term = used[entry] as number;
      while ((terms[slot] as number) < term) slot++;
      slots[entry] = slot;
    }
  }
  return slots;
}

/** The slot of a term; beyond the last where no paper uses it. */
export function slotOf({ terms }: Postings, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] as number;
    if (found === term) return middle;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return terms.length;
}

/** Entries by paper as entries by slot. */
function turn(
  given: Pick<Postings, 'paperStarts' | 'slots' | 'ownWeights'>,
  count: number,
): Pick<Postings, 'starts' | 'papers' | 'weights'> {
  const { paperStarts, slots, ownWeights } = given;
  const starts = new Int32Array(count + 1);
  for (const slot of slots) starts[slot + 1] = (starts[slot + 1] as number) + 1;
  for (let slot = 0; slot < count; slot++) {
    starts[slot + 1] = (starts[slot + 1] as number) + (starts[slot] as number);
  }
  const [papers, weights] = [new Int32Array(slots.length), new Float32Array(slots.length)];
  const next = starts.slice();
  for (let place = 0; place + 1 < paperStarts.length; place++) {
    const end = paperStarts[place + 1] as number;
    for (let own = paperStarts[place] as number; own < end; own++) {
      const slot = slots[own] as number;
      const entry = next[slot] as number;
      papers[entry] = place;
      weights[entry] = ownWeights[own] as number;
      next[slot] = entry + 1;
    }
  }
  return { starts, papers, weights };
}

import type { Postings } from './postings.ts';

/** For each paper the others that say much the same, with how much: 0 to 1. */
export interface Neighbours {
  /** The neighbours of a place begin here and end where those of the next begin. */
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly likeness: Float32Array;
}

/** Papers that may be picked, the best first: the first `count` of these. */
export interface Candidates {
  count: number;
  readonly places: Int32Array;
  readonly scores: Float64Array;
}

/** Below this, two papers share a subject and not an idea. */
const ALIKE = 0.2;
/** From this on, a second paper is a version of the first. */
const SAME_IDEA = 0.45;
/** How much of its score a paper loses that says all that one above it says. */
const LOSS = 0.8;

/** Finds by the terms that they share, once for all readers, which papers are alike. */
export function findAlike(postings: Postings): Neighbours {
  const count = postings.paperStarts.length - 1;
  const likeness = new Float32Array(count);
  const starts = new Int32Array(count + 1);
  const near: { place: number; value: number }[] = [];
  for (let own = 0; own < count; own++) {
    likeness.fill(0);
    addLikeness(postings, own, likeness);
    for (let place = 0; place < count; place++) {
      const value = likeness[place] as number;
      if (place !== own && value >= ALIKE) near.push({ place, value: Math.min(1, value) });
    }
    starts[own + 1] = near.length;
  }
  return {
    starts,
    places: Int32Array.from(near, ({ place }) => place),
    likeness: Float32Array.from(near, ({ value }) => value),
  };
}

function addLikeness(
  { starts, papers, weights, paperStarts, slots, ownWeights }: Postings,
  paper: number,
  likeness: Float32Array,
): void {
  const last = paperStarts[paper + 1] as number;
  for (let own = paperStarts[paper] as number; own < last; own++) {
    const slot = slots[own] as number;
    const weight = ownWeights[own] as number;
    const end = starts[slot + 1] as number;
    for (let entry = starts[slot] as number; entry < end; entry++) {
      const place = papers[entry] as number;
      likeness[place] = (likeness[place] as number) + weight * (weights[entry] as number);
    }
  }
}

/**
 * Picks `most` of some papers by their scores, best first, each losing score by how much it
 * repeats one that was picked before it: maximal marginal relevance (Carbonell and Goldstein,
 * 1998). A version of an idea that was picked comes after everything else that was near.
 * `repeated`, by place, must be all zeros and is left so.
 */
export function pickVaried(
  { count, places, scores }: Candidates,
  { alike, repeated }: { alike: Neighbours; repeated: Float32Array },
  most: number,
): number[] {
  const picked: number[] = [];
  const isTaken = new Uint8Array(count);
  while (picked.length < Math.min(most, count)) {
    let best = -1;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < count; at++) {
      const score = scores[at] as number;
      // Nothing is worth more than its score, and those behind have less.
      if (score <= bestWorth) break;
      if (isTaken[at]) continue;
      const likeness = repeated[places[at] as number] as number;
      const worth = score - Math.abs(score) * (likeness >= SAME_IDEA ? LOSS : likeness * LOSS);
      if (worth <= bestWorth) continue;
      best = at;
      bestWorth = worth;
    }
    if (best < 0) break;
    isTaken[best] = 1;
    const place = places[best] as number;
    picked.push(place);
    repeat(alike, place, repeated);
  }
  for (const place of picked) forget(alike, place, repeated);
  return picked;
}

function repeat({ starts, places, likeness }: Neighbours, own: number, repeated: Float32Array) {
  const end = starts[own + 1] as number;
  for (let at = starts[own] as number; at < end; at++) {
    const place = places[at] as number;
    const value = likeness[at] as number;
    if (value > (repeated[place] as number)) repeated[place] = value;
  }
}

function forget({ starts, places }: Neighbours, own: number, repeated: Float32Array): void {
  const end = starts[own + 1] as number;
  for (let at = starts[own] as number; at < end; at++) repeated[places[at] as number] = 0;
}

import type { Postings } from './postings.ts';
import type { TermVector } from './terms.ts';

/** For each paper the others that say much the same, with how much: 0 to 1. */
export type Neighbours = readonly (readonly {
  readonly place: number;
  readonly likeness: number;
}[])[];

/** Below this, two papers share a subject and not an idea. */
const ALIKE = 0.2;
/** From this on, a second paper is a version of the first. */
const SAME_IDEA = 0.45;
/** How much of its score a paper loses that says all that one above it says. */
const LOSS = 0.8;

/** Finds by their vectors, once for all readers, which papers are alike. */
export function findAlike(vectors: readonly TermVector[], postings: Postings): Neighbours {
  const { starts, papers, weights } = postings;
  const likeness = new Float32Array(vectors.length);
  return vectors.map((vector, own) => {
    likeness.fill(0);
    for (const [at, slot] of (postings.slots[own] ?? []).entries()) {
      const weight = vector.weights[at] ?? 0;
      const end = starts[slot + 1] ?? 0;
      for (let entry = starts[slot] ?? 0; entry < end; entry++) {
        const place = papers[entry] ?? 0;
        likeness[place] = (likeness[place] ?? 0) + weight * (weights[entry] ?? 0);
      }
    }
    const near: { place: number; likeness: number }[] = [];
    for (const [place, value] of likeness.entries()) {
      if (place !== own && value >= ALIKE) near.push({ place, likeness: Math.min(1, value) });
    }
    return near;
  });
}

/**
 * Picks `most` of some papers by their scores, best first, each losing score by how much it
 * repeats one that was picked before it: maximal marginal relevance (Carbonell and Goldstein,
 * 1998). A version of an idea that was picked comes after everything else that was near.
 */
export function pickVaried(
  candidates: readonly { readonly place: number; readonly score: number }[],
  alike: Neighbours,
  most: number,
): number[] {
  const left = [...candidates];
  const repeated = new Map<number, number>();
  const worth = ({ place, score }: { place: number; score: number }) => {
    const likeness = repeated.get(place) ?? 0;
    return score - Math.abs(score) * (likeness >= SAME_IDEA ? LOSS : likeness * LOSS);
  };
  const picked: number[] = [];
  while (picked.length < most && left.length > 0) {
    let best = 0;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < left.length; at++) {
      const candidate = left[at];
      const value = candidate ? worth(candidate) : 0;
      if (value > bestWorth) [best, bestWorth] = [at, value];
    }
    const [next] = left.splice(best, 1);
    if (!next) break;
    picked.push(next.place);
    for (const { place, likeness } of alike[next.place] ?? []) {
      repeated.set(place, Math.max(repeated.get(place) ?? 0, likeness));
    }
  }
  return picked;
}

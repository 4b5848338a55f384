import type { Neighbour } from './neighbours.ts';
import type { Work } from './work.ts';

interface Merge {
  readonly kept: number;
  readonly gone: number;
  readonly similarity: number;
}

/**
 * Joins things into `count` clusters, or more where nothing more is alike: always the two whose
 * members are most alike on average, who are no neighbours being nothing alike. Gives the
 * cluster number of each. By chains of nearest neighbours (Benzécri 1982; Murtagh 1983), so that
 * it costs what the neighbours do.
 */
export function* clusterByAverageLink(
  neighbours: readonly (readonly Neighbour[])[],
  count: number,
): Work<Int32Array> {
  const merges = (yield* mergesOf(neighbours)).sort((a, b) => b.similarity - a.similarity);
  const parents = Int32Array.from(neighbours, (_, i) => i);
  for (const { kept, gone } of merges.slice(0, Math.max(0, neighbours.length - count))) {
    parents[rootOf(parents, gone)] = rootOf(parents, kept);
  }
  const numberByRoot = new Map<number, number>();
  return parents.map((_, i) => {
    const root = rootOf(parents, i);
    const number = numberByRoot.get(root) ?? numberByRoot.size;
    numberByRoot.set(root, number);
    return number;
  });
}

function rootOf(parents: Int32Array, start: number): number {
  let node = start;
  for (let up = parents[node] ?? node; up !== node; up = parents[node] ?? node) node = up;
  return node;
}

function* mergesOf(neighbours: readonly (readonly Neighbour[])[]): Work<Merge[]> {
  const sums = sumsOf(neighbours);
  const sizes = new Int32Array(neighbours.length).fill(1);
  const merges: Merge[] = [];
  for (const start of neighbours.keys()) {
    let chain = (sizes[start] ?? 0) > 0 ? [start] : [];
    for (;;) {
      const tip = chain.at(-1);
      if (tip === undefined) break;
      const before = chain.at(-2) ?? -1;
      const { nearest, similarity } = nearestTo(tip, before, sums, sizes);
      if (nearest < 0) break;
      if (nearest !== before) chain.push(nearest);
      else {
        merges.push({ kept: before, gone: tip, similarity });
        fold(tip, before, sums);
        sizes[before] = (sizes[before] ?? 0) + (sizes[tip] ?? 0);
        sizes[tip] = 0;
        chain = chain.length > 2 ? chain.slice(0, -2) : [before];
      }
      yield;
    }
  }
  return merges;
}

/** By cluster, those that it has something in common with and the sum over their members. */
function sumsOf(neighbours: readonly (readonly Neighbour[])[]): Map<number, number>[] {
  const sums = neighbours.map(() => new Map<number, number>());
  for (const [paper, near] of neighbours.entries()) {
    for (const { paper: other, likeness } of near) {
      if (likeness <= 0) continue;
      sums[paper]?.set(other, likeness);
      sums[other]?.set(paper, likeness);
    }
  }
  return sums;
}

/** The cluster most like `node`, -1 where none is; `preferred` wins ties, or the chain would not end. */
function nearestTo(
  node: number,
  preferred: number,
  sums: readonly Map<number, number>[],
  sizes: Int32Array,
): { nearest: number; similarity: number } {
  const size = sizes[node] ?? 1;
  const meanOf = (other: number, sum: number) => sum / size / (sizes[other] ?? 1);
  let nearest = preferred;
  let similarity = preferred < 0 ? 0 : meanOf(preferred, sums[node]?.get(preferred) ?? 0);
  for (const [other, sum] of sums[node] ?? []) {
    const mean = meanOf(other, sum);
    const isNearer = mean > similarity || (mean === similarity && other < nearest);
    if (!isNearer || (nearest === preferred && mean === similarity)) continue;
    similarity = mean;
    nearest = other;
  }
  return { nearest, similarity };
}

/** Adds the sums of `gone` to those of `kept`, and lets nobody know `gone` any more. */
function fold(gone: number, kept: number, sums: readonly Map<number, number>[]): void {
  const into = sums[kept];
  for (const [other, sum] of sums[gone] ?? []) {
    const theirs = sums[other];
    theirs?.delete(gone);
    if (other === kept) continue;
    const both = sum + (into?.get(other) ?? 0);
    into?.set(other, both);
    theirs?.set(kept, both);
  }
  sums[gone]?.clear();
}

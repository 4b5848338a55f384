import type { Work } from './work.ts';

/** A symmetric table of n x n similarities, row by row. */
export interface SimilarityTable {
  readonly size: number;
  readonly values: Float32Array;
}

interface Merge {
  readonly kept: number;
  readonly gone: number;
  readonly similarity: number;
}

/**
 * Joins n things into `count` clusters, always the two whose members are most alike on
 * average. Gives the cluster number of each thing. O(n^2) by following chains of nearest
 * neighbours (Benzécri 1982; Murtagh 1983).
 */
export function* clusterByAverageLink(table: SimilarityTable, count: number): Work<Int32Array> {
  const merges = (yield* mergesOf(table)).sort((a, b) => b.similarity - a.similarity);
  const parents = Int32Array.from({ length: table.size }, (_, i) => i);
  for (const { kept, gone } of merges.slice(0, Math.max(0, table.size - count))) {
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

function* mergesOf({ size, values }: SimilarityTable): Work<Merge[]> {
  const table = { size, values: values.slice() };
  const weights = new Float32Array(size).fill(1);
  const merges: Merge[] = [];
  let chain: number[] = [];
  while (merges.length < size - 1) {
    const tip = chain.at(-1) ?? weights.findIndex((weight) => weight > 0);
    const before = chain.at(-2) ?? -1;
    if (chain.length === 0) chain.push(tip);
    const next = nearestTo(tip, before, table, weights);
    if (next !== before) chain.push(next);
    else {
      merges.push({ kept: before, gone: tip, similarity: table.values[before * size + tip] ?? 0 });
      fold(tip, before, table, weights);
      chain = chain.slice(0, -2);
    }
    yield;
  }
  return merges;
}

/** The live neighbour most like `node`; `preferred` wins ties, or the chain would not end. */
function nearestTo(
  node: number,
  preferred: number,
  { size, values }: SimilarityTable,
  weights: Float32Array,
): number {
  const row = node * size;
  let nearest = preferred;
  let best = preferred < 0 ? Number.NEGATIVE_INFINITY : (values[row + preferred] ?? 0);
  for (let i = 0; i < size; i++) {
    const value = values[row + i] ?? 0;
    if (value > best && i !== node && (weights[i] ?? 0) > 0) {
      best = value;
      nearest = i;
    }
  }
  return nearest;
}

/** Puts the similarities of `gone` into those of `kept`, by the number of members. */
function fold(gone: number, kept: number, table: SimilarityTable, weights: Float32Array): void {
  const { size, values } = table;
  const [goneWeight, keptWeight] = [weights[gone] ?? 0, weights[kept] ?? 0];
  const share = goneWeight / (goneWeight + keptWeight);
  for (let i = 0; i < size; i++) {
    const mean =
      share * (values[gone * size + i] ?? 0) + (1 - share) * (values[kept * size + i] ?? 0);
    values[kept * size + i] = mean;
    values[i * size + kept] = mean;
  }
  weights[kept] = keptWeight + goneWeight;
  weights[gone] = 0;
}

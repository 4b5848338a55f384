import { clusterByAverageLink, type SimilarityTable } from './linkage.ts';
import type { SparseVector } from './terms.ts';
import type { Work } from './work.ts';

/** How far the size of a cluster counts against it: 1 compares means, 0 sums. */
const sizeExponent = 0.7;
const sweeps = 10;

/** Vectors in clusters, and how alike they are beyond what all of them share. */
export interface Partition {
  /** The numbers of the vectors in each cluster; none is empty. */
  readonly clusters: readonly number[][];
  readonly table: SimilarityTable;
}

/**
 * Divides vectors of one space into at most `count` clusters: average link to start from,
 * then every vector moves to the cluster that suits it best until none wants to.
 */
export function* partition(vectors: readonly SparseVector[], count: number): Work<Partition> {
  const table = centre(yield* tableOf(vectors));
  const homes = yield* clusterByAverageLink(table, count);
  for (let sweep = 0; sweep < sweeps && (yield* moveAll(homes, count, table)) > 0; sweep++);
  const clusters = Array.from({ length: count }, (): number[] => []);
  for (const [vector, home] of homes.entries()) clusters[home]?.push(vector);
  return { clusters: clusters.filter((members) => members.length > 0), table };
}

/** The mean similarity of a vector to the members of a cluster, itself apart. */
export function fitOf(vector: number, members: readonly number[], table: SimilarityTable): number {
  const others = members.filter((member) => member !== vector);
  const row = vector * table.size;
  const sum = others.reduce((total, other) => total + (table.values[row + other] ?? 0), 0);
  return sum / (others.length || 1);
}

function* moveAll(
  homes: Int32Array,
  count: number,
  { size, values }: SimilarityTable,
): Work<number> {
  const sizes = new Int32Array(count);
  for (const home of homes) sizes[home] = (sizes[home] ?? 0) + 1;
  let moves = 0;
  for (const [vector, from] of homes.entries()) {
    yield;
    const pulls = new Float64Array(count);
    for (const [other, home] of homes.entries()) {
      if (other !== vector) pulls[home] = (pulls[home] ?? 0) + (values[vector * size + other] ?? 0);
    }
    let best = from;
    let most = Number.NEGATIVE_INFINITY;
    for (const [home, pull] of pulls.entries()) {
      const others = (sizes[home] ?? 0) - (home === from ? 1 : 0);
      if (others < 1 || pull / others ** sizeExponent <= most) continue;
      best = home;
      most = pull / others ** sizeExponent;
    }
    if (best === from) continue;
    homes[vector] = best;
    sizes[from] = (sizes[from] ?? 0) - 1;
    sizes[best] = (sizes[best] ?? 0) + 1;
    moves++;
  }
  return moves;
}

/** Cosines of all pairs, by way of the vectors that share a term. */
function* tableOf(vectors: readonly SparseVector[]): Work<SimilarityTable> {
  const size = vectors.length;
  const values = new Float32Array(size * size);
  const seenByTerm = new Map<number, { readonly vector: number; readonly weight: number }[]>();
  for (const [vector, { terms, weights }] of vectors.entries()) {
    for (const [i, term] of terms.entries()) {
      const weight = weights[i] ?? 0;
      const seen = seenByTerm.get(term) ?? [];
      for (const other of seen) {
        const cell = vector * size + other.vector;
        values[cell] = (values[cell] ?? 0) + weight * other.weight;
      }
      seen.push({ vector, weight });
      seenByTerm.set(term, seen);
    }
    yield;
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) values[j * size + i] = values[i * size + j] ?? 0;
  }
  return { size, values };
}

/** Takes from each similarity what two vectors as well connected as these share by chance. */
function centre({ size, values }: SimilarityTable): SimilarityTable {
  const sums = new Float64Array(size);
  for (let cell = 0; cell < values.length; cell++) {
    const row = Math.floor(cell / size);
    sums[row] = (sums[row] ?? 0) + (values[cell] ?? 0);
  }
  const total = sums.reduce((sum, value) => sum + value, 0) || 1;
  const scale = size / Math.max(1, size - 1) / total;
  const centred = values.map(
    (value, cell) =>
      value - (sums[Math.floor(cell / size)] ?? 0) * (sums[cell % size] ?? 0) * scale,
  );
  return { size, values: centred };
}

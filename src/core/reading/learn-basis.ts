import { numberOf } from '../ranking/terms.ts';
import { stemsIn } from './stemming.ts';
import type { Basis } from './vectors.ts';
import type { Work } from './work.ts';

/** How much is learned: more dimensions told no more apart. */
const settings = { dimensions: 100, leastTexts: 8, mostShare: 0.2, mostTerms: 10_000 };
/** Each round of powers draws the directions nearer to the true ones; after three nothing moves. */
const rounds = 3;

interface Row {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Learns directions of meaning from texts: latent semantic analysis by a randomised singular
 * value decomposition (Halko, Martinsson and Tropp 2011). The same texts in the same order give
 * the same basis. Undefined where there are too few texts to learn from.
 */
export function* learnBasis(texts: Iterable<string>, id: string): Work<Basis | undefined> {
  const counts: Map<number, number>[] = [];
  const textsByTerm = new Map<number, number>();
  for (const text of texts) {
    const count = countTerms(text);
    counts.push(count);
    for (const term of count.keys()) textsByTerm.set(term, (textsByTerm.get(term) ?? 0) + 1);
    yield;
  }
  const known = [...textsByTerm]
    .filter(([, n]) => n >= settings.leastTexts && n < counts.length * settings.mostShare)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, settings.mostTerms);
  if (known.length < settings.dimensions * 4) return undefined;
  const rows = new Map(known.map(([term], row) => [term, row]));
  const rarity = Float32Array.from(known, ([, n]) => Math.log(1 + counts.length / n));
  const matrix = counts.map((count) => weigh(count, rows, rarity));
  const { dimensions } = settings;
  const directions = Float32Array.from(yield* decompose(matrix, known.length, dimensions));
  return { id, dimensions, rows, rarity, directions };
}

function countTerms(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const stem of stemsIn(text)) {
    const term = numberOf(stem.toLowerCase());
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

function weigh(
  counts: ReadonlyMap<number, number>,
  rows: ReadonlyMap<number, number>,
  rarity: Float32Array,
): Row {
  const known = [...counts].flatMap(([term, count]) => {
    const row = rows.get(term);
    return row === undefined ? [] : [{ row, weight: (count / (count + 1)) * (rarity[row] ?? 0) }];
  });
  const length = Math.sqrt(known.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
  return {
    terms: Int32Array.from(known, ({ row }) => row),
    weights: Float32Array.from(known, ({ weight }) => weight / length),
  };
}

/** The first right singular vectors of a sparse matrix, as the columns of `terms` rows. */
function* decompose(matrix: readonly Row[], terms: number, dimensions: number): Work<Float64Array> {
  let directions = scatter(terms * dimensions);
  const sums = new Float64Array(dimensions);
  for (let round = 0; round <= rounds; round++) {
    yield* straighten(directions, dimensions);
    const next = new Float64Array(terms * dimensions);
    for (const row of matrix) {
      sums.fill(0);
      for (const [at, term] of row.terms.entries()) {
        addTo(sums, 0, directions, term * dimensions, row.weights[at] ?? 0);
      }
      for (const [at, term] of row.terms.entries()) {
        addTo(next, term * dimensions, sums, 0, row.weights[at] ?? 0);
      }
      yield;
    }
    directions = next;
  }
  yield* straighten(directions, dimensions);
  return directions;

  function addTo(to: Float64Array, at: number, from: Float64Array, start: number, times: number) {
    for (let i = 0; i < dimensions; i++) {
      to[at + i] = (to[at + i] ?? 0) + times * (from[start + i] ?? 0);
    }
  }
}

/** Makes the columns of a matrix orthonormal, twice over since rounding leaves a rest. */
function* straighten(matrix: Float64Array, columns: number): Work<void> {
  for (let column = 0; column < columns; column++) {
    for (let before = 0; before < 2 * column; before++) {
      const other = before % column;
      let product = 0;
      for (let at = 0; at < matrix.length; at += columns) {
        product += (matrix[at + other] ?? 0) * (matrix[at + column] ?? 0);
      }
      for (let at = 0; at < matrix.length; at += columns) {
        matrix[at + column] = (matrix[at + column] ?? 0) - product * (matrix[at + other] ?? 0);
      }
    }
    let squares = 0;
    for (let at = column; at < matrix.length; at += columns) squares += (matrix[at] ?? 0) ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let at = column; at < matrix.length; at += columns) {
      matrix[at] = (matrix[at] ?? 0) / length;
    }
    yield;
  }
}

/** Figures between -1 and 1 without order, the same each time (a linear congruential generator). */
function scatter(count: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

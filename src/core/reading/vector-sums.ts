import { dotPlaces, type Sparse } from './profiles.ts';

/** Sums of the vectors of papers, one sum for each home. */
export interface VectorSums {
  add(paper: number, home: number, sign: 1 | -1): void;
  /** The product of a paper's vector with a home's sum. */
  pullOf(paper: number, home: number): number;
  /** The product of two papers' vectors. */
  productOf(paper: number, other: number): number;
}

const noPlace = new Float32Array();
const noSparse: Sparse = { numbers: new Int32Array(), weights: new Float32Array() };

/** The cosine of two sparse vectors of length one. */
function dotSparse(a: Sparse, b: Sparse): number {
  let sum = 0;
  let j = 0;
  for (let i = 0; i < a.numbers.length; i++) {
    const number = a.numbers[i] ?? 0;
    while ((b.numbers[j] ?? Number.POSITIVE_INFINITY) < number) j++;
    if (b.numbers[j] === number) sum += (a.weights[i] ?? 0) * (b.weights[j] ?? 0);
  }
  return sum;
}

/** Sums of sparse vectors, kept in full: a home's papers have many numbers between them. */
export function sumSparse(vectors: readonly Sparse[], homes: number): VectorSums {
  const size = 1 + vectors.reduce((most, { numbers }) => Math.max(most, numbers.at(-1) ?? 0), 0);
  const sums = Array.from({ length: homes }, () => new Float32Array(size));
  const at = (paper: number) => vectors[paper] ?? noSparse;
  return {
    add(paper, home, sign) {
      const { numbers, weights } = at(paper);
      const sum = sums[home] ?? noPlace;
      for (let i = 0; i < numbers.length; i++) {
        const number = numbers[i] ?? 0;
        sum[number] = (sum[number] ?? 0) + sign * (weights[i] ?? 0);
      }
    },
    pullOf(paper, home) {
      const { numbers, weights } = at(paper);
      const sum = sums[home] ?? noPlace;
      let pull = 0;
      for (let i = 0; i < numbers.length; i++) {
        pull += (weights[i] ?? 0) * (sum[numbers[i] ?? 0] ?? 0);
      }
      return pull;
    },
    productOf: (paper, other) => dotSparse(at(paper), at(other)),
  };
}

/** Sums of places. */
export function sumPlaces(places: readonly Float32Array[], homes: number): VectorSums {
  const size = places[0]?.length ?? 0;
  const sums = Array.from({ length: homes }, () => new Float32Array(size));
  const at = (paper: number) => places[paper] ?? noPlace;
  return {
    add(paper, home, sign) {
      const sum = sums[home] ?? noPlace;
      const place = at(paper);
      for (let i = 0; i < size; i++) sum[i] = (sum[i] ?? 0) + sign * (place[i] ?? 0);
    },
    pullOf: (paper, home) => dotPlaces(sums[home] ?? noPlace, at(paper)),
    productOf: (paper, other) => dotPlaces(at(paper), at(other)),
  };
}

import { numberOf } from '../ranking/terms.ts';
import { firstBasis } from './first-basis.ts';

/** What texts are compared in: directions of meaning, learned from many texts. */
export interface Basis {
  /** Changes whenever what it was learned from does: vectors of two bases do not compare. */
  readonly id: string;
  readonly dimensions: number;
  /** The row of each known term. */
  readonly rows: ReadonlyMap<number, number>;
  /** By row: how much a term tells. */
  readonly rarity: Float32Array;
  /** By row, all its dimensions. */
  readonly directions: Float32Array;
}

/** A basis as it is kept: base64 of 32-bit term numbers, of 32-bit rarities and of bytes. */
export interface PackedBasis {
  readonly id: string;
  readonly dimensions: number;
  readonly terms: string;
  readonly rarity: string;
  /** Each row in steps of its own: the largest of its figures is 127. */
  readonly scales: string;
  readonly directions: string;
}

/**
 * Where a text stands among others by what it means, as a point on the unit sphere; the zero
 * vector where the basis knows none of its words. The one way to vectors: for groups, near
 * topics and similar papers. Takes the stems of `stemsIn`.
 */
export function placeStems(basis: Basis, stems: readonly string[]): Float32Array {
  const counts = new Map<number, number>();
  for (const stem of stems) {
    const row = basis.rows.get(numberOf(stem.toLowerCase()));
    if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  const { dimensions, directions, rarity } = basis;
  const place = new Float32Array(dimensions);
  for (const [row, count] of counts) {
    const weight = (count / (count + 1)) * (rarity[row] ?? 0);
    const start = row * dimensions;
    for (let at = 0; at < dimensions; at++) {
      place[at] = (place[at] ?? 0) + weight * (directions[start + at] ?? 0);
    }
  }
  const length = Math.sqrt(place.reduce((sum, x) => sum + x * x, 0)) || 1;
  return place.map((x) => x / length);
}

let first: Basis | undefined;

/** The basis that comes with the program, for as long as none was learned. */
export function readFirstBasis(): Basis {
  first ??= unpackBasis(firstBasis);
  return first;
}

/** Reads a basis as it is kept. */
export function unpackBasis({ id, dimensions, ...packed }: PackedBasis): Basis {
  const terms = new Int32Array(bytesOf(packed.terms));
  const scales = new Float32Array(bytesOf(packed.scales));
  const steps = new Int8Array(bytesOf(packed.directions));
  return {
    id,
    dimensions,
    rows: new Map(Array.from(terms, (term, row) => [term, row])),
    rarity: new Float32Array(bytesOf(packed.rarity)),
    directions: Float32Array.from(
      steps,
      (step, at) => step * (scales[Math.floor(at / dimensions)] ?? 0),
    ),
  };
}

/** Keeps a basis in about a byte a figure. */
export function packBasis(basis: Basis): PackedBasis {
  const { id, dimensions, directions } = basis;
  const scales = Float32Array.from({ length: basis.rarity.length }, (_, row) => {
    const figures = directions.subarray(row * dimensions, (row + 1) * dimensions);
    return figures.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127;
  });
  const steps = Int8Array.from(directions, (x, at) =>
    Math.round(x / (scales[Math.floor(at / dimensions)] || 1)),
  );
  return {
    id,
    dimensions,
    terms: textOf(Int32Array.from(basis.rows.keys())),
    rarity: textOf(basis.rarity),
    scales: textOf(scales),
    directions: textOf(steps),
  };
}

function bytesOf(text: string): ArrayBuffer {
  const bytes = Buffer.from(text, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function textOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

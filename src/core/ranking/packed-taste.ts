import type { Taste } from './taste.ts';

/** A taste as JSON keeps it: arrays of numbers as base64 of their bytes, the lower first. */
export interface PackedTaste {
  readonly terms: string;
  readonly library: string;
  readonly more: string;
  readonly less: string;
  readonly holders: readonly (readonly number[])[];
  readonly examples: number;
  readonly hasLibrary: boolean;
}

/** Packs a taste for the database. */
export function packTaste({ terms, library, more, less, holders, ...rest }: Taste): PackedTaste {
  return {
    ...rest,
    terms: pack(terms),
    library: pack(library),
    more: pack(more),
    less: pack(less),
    holders: rest.hasLibrary ? holders : [],
  };
}

/** The taste that was packed, bit for bit; what it is all zeros of may be shared with others. */
export function unpackTaste({ terms, library, more, less, ...rest }: PackedTaste): Taste {
  return {
    ...rest,
    terms: new Int32Array(unpack(terms)),
    library: unpackWeights(library),
    more: unpackWeights(more),
    less: unpackWeights(less),
  };
}

/** A column of nothing but zeros is said by its length alone. */
function pack(numbers: Int32Array | Float32Array): string {
  if (numbers.every((number) => number === 0)) return `${ZEROS}${numbers.length}`;
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

const ZEROS = '0*';
let zeros = new Float32Array();

function unpackWeights(text: string): Float32Array {
  if (!text.startsWith(ZEROS)) return new Float32Array(unpack(text));
  const length = Number(text.slice(ZEROS.length));
  if (zeros.length < length) zeros = new Float32Array(length);
  return zeros.subarray(0, length);
}

function unpack(text: string): ArrayBuffer {
  if (text.startsWith(ZEROS)) return new ArrayBuffer(Number(text.slice(ZEROS.length)) * 4);
  // Memory of its own, so that the numbers need not be copied out of a shared one.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text, 'base64'));
  bytes.write(text, 'base64');
  return bytes.buffer as ArrayBuffer;
}

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

/** The taste that was packed, bit for bit. */
export function unpackTaste({ terms, library, more, less, ...rest }: PackedTaste): Taste {
  return {
    ...rest,
    terms: new Int32Array(unpack(terms)),
    library: new Float32Array(unpack(library)),
    more: new Float32Array(unpack(more)),
    less: new Float32Array(unpack(less)),
  };
}

/** A column of nothing but zeros is said by its length alone. */
function pack(numbers: Int32Array | Float32Array): string {
  if (numbers.every((number) => number === 0)) return `0*${numbers.length}`;
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function unpack(text: string): ArrayBuffer {
  if (text.startsWith('0*')) return new ArrayBuffer(Number(text.slice(2)) * 4);
  const bytes = Buffer.from(text, 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

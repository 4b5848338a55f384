import type { Taste } from './taste.ts';

/** A taste as JSON keeps it: arrays of numbers as base64 of their bytes, the lower first. */
export interface PackedTaste {
  readonly terms: string;
  readonly library: string;
  readonly more: string;
  readonly less: string;
  readonly holders: readonly (readonly number[])[];
  /** A title, and the places of terms. Null where an older version packed it. */
  readonly votes: readonly (readonly [string, string])[] | null;
  readonly examples: number;
  readonly hasLibrary: boolean;
}

/** Packs a taste for the database. */
export function packTaste(taste: Taste): PackedTaste {
  const { terms, library, more, less, holders, votes, ...rest } = taste;
  return {
    ...rest,
    terms: pack(terms),
    library: pack(library),
    more: pack(more),
    less: pack(less),
    holders: rest.hasLibrary ? holders : [],
    votes: votes.map((vote) => [vote.title, packPlaces(vote.terms)] as const),
  };
}

/** The taste that was packed, bit for bit, in one piece of memory. */
export function unpackTaste({ terms, library, more, less, votes, ...rest }: PackedTaste): Taste {
  const count = countOf(terms);
  // Not of the pool that buffers share, so that the numbers need not be copied to stand evenly.
  const bytes = Buffer.allocUnsafeSlow(4 * BYTES * count);
  for (const [at, text] of [terms, library, more, less].entries()) {
    const from = at * BYTES * count;
    if (text.startsWith(ZEROS)) bytes.fill(0, from, from + BYTES * count);
    else bytes.write(text, from, BYTES * count, 'base64');
  }
  const weights = (column: number) => new Float32Array(bytes.buffer, column * BYTES * count, count);
  return {
    ...rest,
    terms: new Int32Array(bytes.buffer, 0, count),
    library: weights(1),
    more: weights(2),
    less: weights(3),
    votes: (votes ?? []).map(unpackVote),
  };
}

const ZEROS = '0*';
const BYTES = 4;

function countOf(text: string): number {
  if (text.startsWith(ZEROS)) return Number(text.slice(ZEROS.length));
  return Buffer.byteLength(text, 'base64') / BYTES;
}

/** A column of nothing but zeros is said by its length alone. */
function pack(numbers: Int32Array | Float32Array): string {
  if (numbers.every((number) => number === 0)) return `${ZEROS}${numbers.length}`;
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function packPlaces({ buffer, byteOffset, byteLength }: Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function unpackVote([title, packed]: readonly [string, string]): Taste['votes'][number] {
  const bytes = Buffer.from(packed, 'base64');
  const terms = new Uint16Array(bytes.length / 2);
  for (let at = 0; at < terms.length; at++) terms[at] = bytes.readUInt16LE(2 * at);
  return { title, terms };
}

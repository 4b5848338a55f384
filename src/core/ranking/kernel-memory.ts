import type { Postings } from './postings.ts';
import type { Taste } from './taste.ts';
import { type Part, parts, startKernel } from './taste-kernel.ts';

/** A kernel in a memory where an index is laid out, and what is read there. */
export interface KernelMemory {
  /** A taste may have so many terms. */
  readonly room: number;
  /**
   * Takes a taste in place of the one before, and scores each paper, so many times, by how much it
   * is to it. Gives the square of the length of what is wanted.
   */
  score(taste: Taste, times: number): number;
  /** By a paper's place. */
  readonly scores: Float64Array;
  /** By slot: the place of the term in the taste, counted from one; 0 where it is none of it. */
  readonly slotPlaces: Int32Array;
  /** Tells in `shares` what library, votes for more and votes for less give one paper. */
  share(paper: number): void;
  readonly shares: Float64Array;
}

/** Lays an index out in a memory of its own, with room for tastes of so many terms. */
export function layOut(postings: Postings, room: number): KernelMemory {
  // Two buckets a term: as their numbers are hashes, most have one or none.
  const bits = Math.min(MOST_BITS, Math.ceil(Math.log2(2 * postings.terms.length + 2)));
  const { views, share, score } = openViews(lengthsOf(postings, { room, bits }));
  fill(views, postings, bits);
  const { whole, short, long } = views;
  const [terms, slotPlaces, scores] = [whole('terms'), whole('slotPlaces'), long('scores')];
  const [library, more, less] = [short('library'), short('more'), short('less')];
  return {
    room,
    scores,
    slotPlaces,
    share,
    shares: long('shares'),
    score(taste, times) {
      scores.fill(0);
      slotPlaces.fill(0);
      terms.set(taste.terms, 1);
      library.set(taste.library, 1);
      more.set(taste.more, 1);
      less.set(taste.less, 1);
      return score(taste.terms.length, times, 32 - bits);
    },
  };
}

const NO_TERM_IS_ABOVE = 0x7fffffff;
/** A megabyte of buckets. */
const MOST_BITS = 18;
const WORD = 8;

/** How long each part is, in places of four bytes. */
type Lengths = Readonly<Record<Part, number>>;

function lengthsOf(
  { terms, papers, slots, paperStarts }: Postings,
  { room, bits }: { room: number; bits: number },
): Lengths {
  const [ofTaste, slotCount, paperCount] = [room + 1, terms.length, paperStarts.length - 1];
  return {
    ...{ terms: ofTaste, library: ofTaste, more: ofTaste, less: ofTaste },
    ...{ buckets: 2 ** bits, slotTerms: slotCount + 2 },
    ...{ slotStarts: slotCount + 2, slotPlaces: slotCount + 1 },
    ...{ metSlots: ofTaste, metPlaces: ofTaste, metCounts: 2 * ofTaste },
    ...{ entryScores: papers.length, entryWeights: papers.length },
    ...{ paperStarts: paperCount + 1, ownSlots: slots.length, ownWeights: slots.length },
    ...{ shares: 2 * 3, scores: 2 * paperCount },
  };
}

/** The parts of a memory as arrays: of whole numbers, of short ones with a fraction, of long ones. */
interface Views {
  addressOf(part: Part): number;
  whole(part: Part): Int32Array;
  short(part: Part): Float32Array;
  long(part: Part): Float64Array;
}

/** A kernel over a new memory with parts of these lengths. */
function openViews(lengths: Lengths) {
  let bytes = WORD * Math.ceil(parts.length / 2);
  const addresses = parts.map((part) => {
    const address = bytes;
    bytes += WORD * Math.ceil(lengths[part] / 2);
    return address;
  });
  const { buffer, ...functions } = startKernel(bytes);
  new Int32Array(buffer).set(addresses);
  const addressOf = (part: Part) => addresses[parts.indexOf(part)] ?? 0;
  const views: Views = {
    addressOf,
    whole: (part) => new Int32Array(buffer, addressOf(part), lengths[part]),
    short: (part) => new Float32Array(buffer, addressOf(part), lengths[part]),
    long: (part) => new Float64Array(buffer, addressOf(part), lengths[part] / 2),
  };
  return { views, ...functions };
}

function fill({ addressOf, whole, short }: Views, postings: Postings, bits: number): void {
  const { terms, starts, papers, weights, paperStarts, slots, ownWeights } = postings;
  whole('buckets').set(findBuckets(terms, bits));
  whole('slotTerms').fill(NO_TERM_IS_ABOVE).set(terms);
  whole('slotStarts').fill(papers.length).set(starts);
  const scores = addressOf('scores');
  whole('entryScores').set(papers.map((paper) => scores + paper * WORD));
  short('entryWeights').set(weights);
  whole('paperStarts').set(paperStarts);
  whole('ownSlots').set(slots);
  short('ownWeights').set(ownWeights);
}

/** By the first bits of a term: the first slot whose term has these, or more. */
function findBuckets(terms: Int32Array, bits: number): Int32Array {
  const buckets = new Int32Array(2 ** bits);
  // The order of numbers with a sign is that of their bits, but for the first.
  const bucketOf = (term: number) => (term ^ 0x80000000) >>> (32 - bits);
  let slot = 0;
  for (let bucket = 0; bucket < buckets.length; bucket++) {
    while (slot < terms.length && bucketOf(terms[slot] as number) < bucket) slot++;
    buckets[bucket] = slot;
  }
  return buckets;
}

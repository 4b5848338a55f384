import type { Postings } from './postings.ts';
import type { Taste } from './taste.ts';
import { type Part, parts, startKernel, type TasteFunctions } from './taste-kernel.ts';

/** The memory of a kernel beside one index, and what is read and written in it. */
export interface KernelMemory extends TasteFunctions {
  /** Whether a taste of so many terms fits in. */
  readonly room: number;
  /** Takes a taste in place of the one before; nothing is scored yet. */
  take(taste: Taste): void;
  /** By a paper's place. */
  readonly scores: Float64Array;
  /** By slot: the place of the term in the taste, counted from one; 0 where it is none of it. */
  readonly slotPlaces: Int32Array;
  /** What library, votes for more and votes for less gave the paper that was asked for last. */
  readonly shares: Float64Array;
}

const WORD = 8;
const NO_TERM_IS_ABOVE = 0x7fffffff;

/** Lays an index out in a memory of its own, with room for tastes of so many terms. */
export function layOut(postings: Postings, room: number): KernelMemory {
  const { terms, starts, papers, weights, paperStarts, slots, ownWeights } = postings;
  const paperCount = paperStarts.length - 1;
  const lengths: Readonly<Record<Part, number>> = {
    ...{ terms: room + 1, library: room + 1, more: room + 1, less: room + 1 },
    ...{ slotTerms: terms.length + 1, slotStarts: terms.length + 2 },
    ...{ slotPlaces: terms.length + 1, entryScores: papers.length, entryWeights: papers.length },
    ...{ paperStarts: paperCount + 1, ownSlots: slots.length, ownWeights: slots.length },
    // Of twice the size.
    ...{ shares: 2 * 3, scores: 2 * paperCount },
  };
  let bytes = parts.length * WORD;
  const addresses = parts.map((part) => {
    const address = bytes;
    bytes += WORD * Math.ceil(lengths[part] / 2);
    return address;
  });
  const { buffer, ...functions } = startKernel(bytes);
  new Int32Array(buffer).set(addresses);
  const addressOf = (part: Part) => addresses[parts.indexOf(part)] ?? 0;
  const whole = (part: Part) => new Int32Array(buffer, addressOf(part), lengths[part]);
  const short = (part: Part) => new Float32Array(buffer, addressOf(part), lengths[part]);
  const long = (part: Part) => new Float64Array(buffer, addressOf(part), lengths[part] / 2);
  const ofTerms = [...terms, NO_TERM_IS_ABOVE];
  whole('slotTerms').set(ofTerms);
  whole('slotStarts').set([...starts, papers.length]);
  whole('entryScores').set(papers.map((paper) => addressOf('scores') + paper * WORD));
  short('entryWeights').set(weights);
  whole('paperStarts').set(paperStarts);
  whole('ownSlots').set(slots);
  short('ownWeights').set(ownWeights);
  const [scores, slotPlaces] = [long('scores'), whole('slotPlaces')];
  const into = { library: short('library'), more: short('more'), less: short('less') };
  const intoTerms = whole('terms');
  return {
    ...functions,
    room,
    scores,
    slotPlaces,
    shares: long('shares'),
    take({ terms: wanted, library, more, less }) {
      scores.fill(0);
      slotPlaces.fill(0);
      intoTerms.set(wanted, 1);
      into.library.set(library, 1);
      into.more.set(more, 1);
      into.less.set(less, 1);
    },
  };
}

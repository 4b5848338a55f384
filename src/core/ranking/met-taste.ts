import { addPostings, type Postings, slotOf } from './postings.ts';
import type { Taste } from './taste.ts';

/**
 * Where the terms of one taste are among those of an index, and what they weigh: looked up once a
 * reader, for the scores of all papers and the reasons of the chosen ones. A memory of the last
 * that was asked for, in arrays that serve every reader.
 */
export interface MetTaste {
  taste: Taste | undefined;
  /** How many of its terms some paper uses. */
  count: number;
  /** The first `count`: the slots of these terms. */
  readonly slots: Int32Array;
  /** By slot: what library, votes for more and votes for less give the term; 0 where it is none of the taste. */
  readonly library: Float64Array;
  readonly more: Float64Array;
  readonly less: Float64Array;
  /** By slot: the place of the term in the taste, of those `count`. */
  readonly places: Int32Array;
}

/** Makes the memory of an index; it has met no taste yet. */
export function createMetTaste({ count }: Postings): MetTaste {
  return {
    taste: undefined,
    count: 0,
    slots: new Int32Array(count),
    library: new Float64Array(count),
    more: new Float64Array(count),
    less: new Float64Array(count),
    places: new Int32Array(count),
  };
}

/** What an index and the memory of its last taste are asked by. */
export interface Meeting {
  readonly postings: Postings;
  readonly met: MetTaste;
}

function meet({ postings, met }: Meeting, taste: Taste): MetTaste {
  if (met.taste === taste) return met;
  forget(met);
  const { slots, library, more, less, places } = met;
  const { terms, hasLibrary } = taste;
  let count = 0;
  for (let place = 0; place < terms.length; place++) {
    const slot = slotOf(postings, terms[place] as number);
    if (slot < 0) continue;
    slots[count] = slot;
    if (hasLibrary) library[slot] = taste.library[place] as number;
    more[slot] = taste.more[place] as number;
    less[slot] = taste.less[place] as number;
    places[slot] = place;
    count += 1;
  }
  met.taste = taste;
  met.count = count;
  return met;
}

function forget(met: MetTaste): void {
  const { slots, library, more, less } = met;
  for (let at = 0; at < met.count; at++) {
    const slot = slots[at] as number;
    library[slot] = 0;
    more[slot] = 0;
    less[slot] = 0;
  }
}

/** Adds to each paper's score, so many times, how much it is to a reader's taste. */
export function addTaste(
  index: Meeting,
  taste: Taste,
  { scores, times }: { scores: Float64Array; times: number },
): void {
  const { count, slots, library, more, less } = meet(index, taste);
  const { postings } = index;
  for (let at = 0; at < count; at++) {
    const slot = slots[at] as number;
    const net = (library[slot] as number) + (more[slot] as number) - (less[slot] as number);
    addPostings(postings, slot, { scores, times: times * net });
  }
}

/** What the parts of a taste give one paper, and how many of the library's papers give most. */
export interface TasteShare {
  readonly library: number;
  readonly more: number;
  readonly less: number;
  readonly likeEntries: number;
}

/** Tells apart what library and votes give to one paper, whose weights these are. */
export function shareTaste(
  index: Meeting,
  taste: Taste,
  paper: { place: number; weights: Float32Array },
): TasteShare {
  const met = meet(index, taste);
  const slots = index.postings.slots[paper.place] ?? new Int32Array();
  const { weights } = paper;
  const [more, less] = [addUp(met.more, slots, weights), addUp(met.less, slots, weights)];
  if (!taste.hasLibrary) return { library: 0, more, less, likeEntries: 0 };
  const library = addUp(met.library, slots, weights);
  return { library, more, less, likeEntries: countLike(met, taste, { slots, weights }) };
}

function addUp(bySlot: Float64Array, slots: Int32Array, weights: Float32Array): number {
  let sum = 0;
  for (let own = 0; own < slots.length; own++) {
    sum += (bySlot[slots[own] as number] as number) * (weights[own] as number);
  }
  return sum;
}

/** How many papers of the library give at least half of what the one gives that gives most. */
function countLike(
  { library, places }: MetTaste,
  { holders }: Taste,
  { slots, weights }: { slots: Int32Array; weights: Float32Array },
): number {
  const byEntry = new Map<number, number>();
  for (const [own, slot] of slots.entries()) {
    const given = (library[slot] as number) * (weights[own] as number);
    if (given <= 0) continue;
    const all = holders[places[slot] as number] ?? [];
    for (const entry of all) byEntry.set(entry, (byEntry.get(entry) ?? 0) + given / all.length);
  }
  const most = Math.max(0, ...byEntry.values());
  return [...byEntry.values()].filter((given) => given > 0 && given >= most / 2).length;
}

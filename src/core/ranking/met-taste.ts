import { addPostings, type Postings, slotOf } from './postings.ts';
import type { Taste } from './taste.ts';

/**
 * Where the terms of one taste are among those of an index: looked up once a reader, for the
 * scores of all papers and the reasons of the chosen ones. A memory of the last that was asked
 * for, in arrays that serve every reader.
 */
export interface MetTaste {
  taste: Taste | undefined;
  /** How many of its terms some paper uses. */
  count: number;
  /** The first `count`: the slots of these terms, and what each is liked, net of what speaks against it. */
  readonly slots: Int32Array;
  readonly nets: Float64Array;
  /** By slot: the place of the term in the taste, counted from one; 0 where it is none of it. */
  readonly places: Int32Array;
  /** By the number of a library's entry: what it gives one paper. All zeros between two papers. */
  byEntry: Float64Array;
}

/** Makes the memory of an index; it has met no taste yet. */
export function createMetTaste({ count }: Postings): MetTaste {
  return {
    taste: undefined,
    count: 0,
    slots: new Int32Array(count),
    nets: new Float64Array(count),
    places: new Int32Array(count),
    byEntry: new Float64Array(64),
  };
}

/** What an index and the memory of its last taste are asked by. */
export interface Meeting {
  readonly postings: Postings;
  readonly met: MetTaste;
}

function meet({ postings, met }: Meeting, taste: Taste): MetTaste {
  if (met.taste === taste) return met;
  const { slots, nets, places } = met;
  for (let at = 0; at < met.count; at++) places[slots[at] as number] = 0;
  const { terms, library, more, less } = taste;
  let count = 0;
  for (let place = 0; place < terms.length; place++) {
    const slot = slotOf(postings, terms[place] as number);
    if (slot < 0) continue;
    slots[count] = slot;
    nets[count] = (library[place] as number) + (more[place] as number) - (less[place] as number);
    places[slot] = place + 1;
    count += 1;
  }
  met.taste = taste;
  met.count = count;
  return met;
}

/** Adds to each paper's score, so many times, how much it is to a reader's taste. */
export function addTaste(
  index: Meeting,
  taste: Taste,
  { scores, times }: { scores: Float64Array; times: number },
): void {
  addPostings(index.postings, meet(index, taste), { scores, times });
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
  { place, weights }: { place: number; weights: Float32Array },
): TasteShare {
  const met = meet(index, taste);
  const slots = index.postings.slots[place] ?? new Int32Array();
  let [library, more, less] = [0, 0, 0];
  for (let own = 0; own < slots.length; own++) {
    const known = (met.places[slots[own] as number] as number) - 1;
    if (known < 0) continue;
    const weight = weights[own] as number;
    library += (taste.library[known] as number) * weight;
    more += (taste.more[known] as number) * weight;
    less += (taste.less[known] as number) * weight;
  }
  const likeEntries = library > 0 ? countLike(met, taste, { slots, weights }) : 0;
  return { library, more, less, likeEntries };
}

/** How many papers of the library give at least half of what the one gives that gives most. */
function countLike(
  met: MetTaste,
  { library, holders }: Taste,
  { slots, weights }: { slots: Int32Array; weights: Float32Array },
): number {
  let last = -1;
  for (let own = 0; own < slots.length; own++) {
    const known = (met.places[slots[own] as number] as number) - 1;
    if (known < 0) continue;
    const given = (library[known] as number) * (weights[own] as number);
    const all = given > 0 ? (holders[known] ?? []) : [];
    for (const entry of all) {
      if (entry >= met.byEntry.length) met.byEntry = grown(met.byEntry, entry);
      met.byEntry[entry] = (met.byEntry[entry] as number) + given / all.length;
      if (entry > last) last = entry;
    }
  }
  const given = met.byEntry.subarray(0, last + 1);
  let most = 0;
  for (const each of given) if (each > most) most = each;
  let count = 0;
  for (const each of given) if (each > 0 && each >= most / 2) count += 1;
  given.fill(0);
  return count;
}

/** The same numbers with room for one more place, and as many again. */
function grown(numbers: Float64Array, place: number): Float64Array {
  const more = new Float64Array(2 * (place + 1));
  more.set(numbers);
  return more;
}

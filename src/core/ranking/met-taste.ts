import { type KernelMemory, layOut } from './kernel-memory.ts';
import type { Postings } from './postings.ts';
import type { Taste } from './taste.ts';

/**
 * The terms of one taste beside those of an index: met once a reader, for the scores of all papers
 * and the reasons of the chosen ones. A memory of the last that was scored.
 */
export interface MetTaste {
  taste: Taste | undefined;
  times: number;
  /** The length of what is wanted, by which a score becomes a likeness from 0 to 1. */
  liked: number;
  /** Laid out when the first taste comes. */
  kernel: KernelMemory | undefined;
  /** By the number of a library's entry: what it gives one paper. All zeros between two papers. */
  byEntry: Float64Array;
  /** By the place of a term in the taste: what it weighs in one paper. All zeros between two. */
  byTerm: Float64Array;
}

/** A taste that is learned has some terms less. */
const USUAL_ROOM = 5_000;

/** Makes the memory of an index; it has met no taste yet. */
export function createMetTaste(): MetTaste {
  return {
    taste: undefined,
    times: 0,
    liked: 0,
    kernel: undefined,
    byEntry: new Float64Array(64),
    byTerm: new Float64Array(USUAL_ROOM),
  };
}

/** What an index and the memory of its last taste are asked by. */
export interface Meeting {
  readonly postings: Postings;
  readonly met: MetTaste;
}

/** The same with the papers' titles. */
export interface LikeMeeting extends Meeting {
  readonly papers: readonly { readonly paper: { readonly title: string } }[];
}

/**
 * Writes to each paper's score, so many times, how much it is to a reader's taste. Gives the
 * length of what is wanted, by which a score becomes a likeness from 0 to 1.
 */
export function scoreTaste(
  { postings, met }: Meeting,
  taste: Taste,
  { scores, times }: { scores: Float64Array; times: number },
): number {
  const count = taste.terms.length;
  if (!met.kernel || met.kernel.room < count) {
    met.kernel = layOut(postings, Math.max(USUAL_ROOM, count));
    met.taste = undefined;
  }
  if (met.taste !== taste || met.times !== times) {
    met.liked = Math.sqrt(met.kernel.score(taste, times));
    met.taste = taste;
    met.times = times;
  }
  scores.set(met.kernel.scores);
  return met.liked;
}

/** What the parts of a taste give one paper, and how many of the library's papers give most. */
export interface TasteShare {
  readonly library: number;
  readonly more: number;
  readonly less: number;
  readonly likeEntries: number;
}

/** Tells apart what library and votes of the taste that was scored last give to one paper. */
export function shareTaste({ postings, met }: Meeting, place: number): TasteShare {
  const { kernel, taste } = met;
  if (!kernel || !taste) throw new Error('no taste was scored');
  kernel.share(place);
  const [library = 0, more = 0, less = 0] = kernel.shares;
  const likeEntries = library > 0 ? countLike({ ...met, kernel }, { postings, taste, place }) : 0;
  return { library, more, less, likeEntries };
}

/**
 * The title of the vote for more that one paper is most like, by the taste that was scored last;
 * undefined where it shares no term that tells with any, or is one of them.
 */
export function findLike({ papers, postings, met }: LikeMeeting, place: number) {
  const { kernel, taste } = met;
  const own = papers[place]?.paper.title ?? '';
  const isOwn = ({ title }: { title: string }) => own.startsWith(title.replace(/…$/, ''));
  if (!kernel || !taste || taste.votes.length === 0 || taste.votes.some(isOwn)) return undefined;
  const { paperStarts, slots, ownWeights } = postings;
  if (met.byTerm.length < taste.terms.length) met.byTerm = new Float64Array(taste.terms.length);
  const end = paperStarts[place + 1] as number;
  const weigh = (times: number) => {
    for (let at = paperStarts[place] as number; at < end; at++) {
      const term = (kernel.slotPlaces[slots[at] as number] as number) - 1;
      if (term >= 0) met.byTerm[term] = times * (ownWeights[at] as number);
    }
  };
  weigh(1);
  let best: string | undefined;
  let most = 0;
  for (const { title, terms } of taste.votes) {
    let sum = 0;
    for (const term of terms) sum += (met.byTerm[term] as number) * (taste.more[term] as number);
    if (sum <= most) continue;
    most = sum;
    best = title;
  }
  weigh(0);
  return best;
}

/** How many papers of the library give at least half of what the one gives that gives most. */
function countLike(
  met: MetTaste & { kernel: KernelMemory },
  given: { postings: Postings; taste: Taste; place: number },
): number {
  const { library, holders } = given.taste;
  const { paperStarts, slots, ownWeights } = given.postings;
  const end = paperStarts[given.place + 1] as number;
  let last = -1;
  for (let own = paperStarts[given.place] as number; own < end; own++) {
    const term = (met.kernel.slotPlaces[slots[own] as number] as number) - 1;
    if (term < 0) continue;
    const gives = (library[term] as number) * (ownWeights[own] as number);
    const all = gives > 0 ? (holders[term] ?? []) : [];
    for (const entry of all) {
      if (entry >= met.byEntry.length) met.byEntry = grow(met.byEntry, entry);
      met.byEntry[entry] = (met.byEntry[entry] as number) + gives / all.length;
      if (entry > last) last = entry;
    }
  }
  const byEntry = met.byEntry.subarray(0, last + 1);
  let most = 0;
  for (const each of byEntry) if (each > most) most = each;
  let count = 0;
  for (const each of byEntry) if (each > 0 && each >= most / 2) count += 1;
  byEntry.fill(0);
  return count;
}

/** The same numbers with room for one more place, and as many again. */
function grow(numbers: Float64Array, place: number): Float64Array {
  const grown = new Float64Array(2 * (place + 1));
  grown.set(numbers);
  return grown;
}

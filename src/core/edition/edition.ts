import type { Author } from '../paper/paper.ts';
import type { Overview } from '../reading/overview.ts';
import { countOf, momentOf } from '../text/words.ts';

export type EditionState = 'draft' | 'cut' | 'held' | 'released' | 'closed';

/** One dated run for everyone. A draft has no name, date or time of its cut yet. */
export interface Edition {
  readonly id: number;
  /** The date, with a number behind it where one date had several: `2025-05-07`, `2025-05-07.2`. */
  readonly name: string | null;
  readonly date: string | null;
  readonly state: EditionState;
  readonly isSample: boolean;
  readonly openedAt: Date;
  readonly cutDueAt: Date | null;
  readonly cutAt: Date | null;
  /** When it was given to readers; null before, and for one that never was. */
  readonly releasedAt: Date | null;
  /** Why its papers passed to a later edition instead: an operator refused it, or nobody answered until the next cut. */
  readonly passedBecause: 'refused' | 'unanswered' | null;
}

/** The state of an edition in words; of one that nobody got, what became of its papers; of one that a pause stops, that. */
export function tellState(
  { state, passedBecause }: Pick<Edition, 'state' | 'passedBecause'>,
  pause?: { readonly cancels: boolean },
): string {
  if (passedBecause === 'refused') return 'refused: its papers went back to the draft';
  if (passedBecause === 'unanswered') return 'not answered: its papers passed to the next edition';
  if (state === 'held') return 'held: it waits for an operator';
  if (!pause) return state;
  return pause.cancels ? 'cancelled: nothing more of it goes out' : `${state}, paused`;
}

/** How full a draft is and when it is cut: `84 papers so far, cut 2026-11-20 06:00 UTC`; and why it is not, when that is past. */
export function tellDraft(
  { papers, cutDueAt }: { readonly papers: number; readonly cutDueAt: Date | null },
  now: Date,
): string {
  const count = `${countOf(papers, 'paper')} so far`;
  if (!cutDueAt) return count;
  const when = momentOf(cutDueAt);
  if (cutDueAt > now) return `${count}, cut ${when}`;
  return `${count}, to be cut since ${when}: it waits for feeds that are late, or for a worker`;
}

/** What an edition shows, as it was written when it was released. */
export interface EditionTexts {
  readonly id: number;
  readonly name: string;
  readonly date: string;
  readonly isSample: boolean;
  readonly groups: readonly EditionGroup[];
  /** In the edition's order; what repeats another paper is left out. */
  readonly papers: readonly EditionPaper[];
}

/** A group as it is frozen; `sayGroup` puts it into words. */
export interface EditionGroup {
  readonly number: number;
  /** In the papers' own words; empty where the overview says that they fit nowhere. */
  readonly label: string;
  readonly overview: Overview;
}

export interface EditionPaper {
  readonly paperId: number;
  readonly groupNumber: number;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly link: string | null;
  readonly summary: string;
  /** Votes when the edition was cut. */
  readonly upvotes: number;
  /** Its place among the editors' picks, counted from 1; null where it is none. */
  readonly pick: number | null;
}

/** An edition's row for one paper, with the paper that it repeats, if any. */
export interface PlacedPaper extends EditionPaper {
  readonly position: number;
  readonly sameAs: number | null;
}

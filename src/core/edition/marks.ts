/** What an editor may say of a paper that waits in the draft: shown to every reader, shown to none, or left for the next edition. */
export type Mark = 'picked' | 'hidden' | 'postponed';

export const marks: readonly Mark[] = ['picked', 'hidden', 'postponed'];

/** A mark on one paper; picks have a place, counted from 1. */
export interface PaperMark {
  readonly paperId: number;
  readonly mark: Mark;
  readonly place: number | null;
}

/** How many papers of one edition may be picked: they come on top of what each reader asked for. */
export const MOST_PICKS = 3;

/**
 * The picks of a draft, in order, after one more at a place counted from 1, or at the end.
 * A paper that was picked already moves. Undefined where there would be too many.
 */
export function placePick(
  picks: readonly number[],
  paperId: number,
  place: number = MOST_PICKS,
): number[] | undefined {
  const others = picks.filter((id) => id !== paperId);
  if (others.length >= MOST_PICKS) return undefined;
  return [...others.slice(0, place - 1), paperId, ...others.slice(place - 1)];
}

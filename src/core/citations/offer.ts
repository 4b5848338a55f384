import type { Paper } from '../paper/paper.ts';

/** A paper that cites a work, as it is offered to who named the work. */
export interface Offerable {
  readonly paper: Pick<Paper, 'publishedAt'>;
}

/** Of what cited a work before it was named, and of old papers that a source took in late. */
export const NEWEST_OFFERED = 5;
/** Of new ones in one answer; nobody reads more of one work in a day. */
const MOST_NEW = 30;
const YEAR_MS = 365 * 24 * 3_600_000;

/** The newest few of all that cites a work, for who named it just now; the rest is counted. */
export function offerNewest<Citing extends Offerable>(citing: readonly Citing[]): Citing[] {
  return citing.toSorted(compareAge).slice(0, NEWEST_OFFERED);
}

/**
 * What is offered of papers that a source says for the first time cite a work: those of the last
 * year, and of older ones the newest few, since a source may take in a million old papers in a day.
 */
export function offerNew<Citing extends Offerable>(citing: readonly Citing[], at: Date): Citing[] {
  const isRecent = ({ paper: { publishedAt } }: Citing) =>
    publishedAt !== undefined && at.getTime() - publishedAt.getTime() <= YEAR_MS;
  const recent = citing.filter(isRecent).toSorted(compareAge).slice(0, MOST_NEW);
  return [...recent, ...offerNewest(citing.filter((each) => !isRecent(each)))];
}

/** What came out since a moment: news also where a source answers for the first time. */
export function offerSince<Citing extends Offerable>(
  citing: readonly Citing[],
  since: Date,
): Citing[] {
  return citing
    .filter(({ paper: { publishedAt } }) => publishedAt !== undefined && publishedAt >= since)
    .toSorted(compareAge)
    .slice(0, MOST_NEW);
}

function compareAge({ paper: a }: Offerable, { paper: b }: Offerable): number {
  return (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0);
}

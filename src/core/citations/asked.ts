import type { PaperIds } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';

/** A cited work as a source is asked for it: by all its ids, since each version has its own citers. */
export interface AskedWork {
  readonly id: number;
  readonly ids: PaperIds;
}

/** A paper that a source says cites a work. */
export interface Citer {
  readonly paper: Paper;
  /** Whether the two share an author, where the source says so. */
  readonly isOwn?: boolean;
}

/** The same where the source gives no more than its ids. */
export interface UnnamedCiter {
  readonly ids: PaperIds;
  readonly publishedAt?: Date;
  readonly isOwn?: boolean;
}

/** What a source said of one work. */
export interface CitedAnswer {
  readonly id: number;
  /** Whether the source knows the work; where it cannot tell that from no citers, true. */
  readonly isKnown: boolean;
  /** What it says of the work itself, each version of it that it has. */
  readonly papers: readonly Paper[];
  /** The newest that it was read to, each once for the source, in no order. */
  readonly citers: readonly Citer[];
  readonly unnamed?: readonly UnnamedCiter[];
  /** How many it counts, of which not all may be read. */
  readonly total: number;
}

/** The work of an id in an answer to a question for several; made when nothing is known of it yet. */
export function answerNothing({ id }: AskedWork): CitedAnswer {
  return { id, isKnown: false, papers: [], citers: [], total: 0 };
}

/**
 * Works in groups that one question can ask for, so that no group has more works, nor more citers
 * by the source's own count, than fit: one with more than that stands alone.
 */
export function groupByCount<Work extends { readonly count: number }>(
  works: readonly Work[],
  { atOnce, citers }: { readonly atOnce: number; readonly citers: number },
): Work[][] {
  const groups: Work[][] = [];
  let sum = 0;
  for (const work of works.toSorted((a, b) => a.count - b.count)) {
    const last = groups.at(-1);
    const fits = last && last.length < atOnce && sum + work.count <= citers;
    if (fits) last.push(work);
    else groups.push([work]);
    sum = fits ? sum + work.count : work.count;
  }
  return groups;
}

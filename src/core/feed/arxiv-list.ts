import type { Paper } from '../paper/paper.ts';
import { findArxivPause } from './arxiv-calendar.ts';

/** What arXiv listed for one feed, under the date that it is of. */
export interface ListedDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Ids with how each was announced. */
  readonly items: readonly string[];
}

type Listed = Pick<Paper, 'ids' | 'announcement' | 'categories'>;

/**
 * The date that a list is really of, where arXiv gives an older one under a new date, for all
 * categories or for some: what a category announces as new, all of it, was announced as new
 * before, which arXiv does once. Compared with what this feed listed last, since what it has
 * today may be known from others. Undefined where the list is what it says it is.
 */
export function findStaleDate(
  last: ListedDay | undefined,
  batchDate: string | undefined,
  papers: readonly Listed[],
): string | undefined {
  if (!last || batchDate === undefined || batchDate <= last.date) return undefined;
  if (findArxivPause(batchDate) || papers.length === 0) return undefined;
  const known = new Set(last.items);
  const groups = new Map<string, Listed[]>();
  for (const paper of papers.filter(({ announcement }) => announcement === 'new')) {
    const primary = paper.categories[0] ?? '';
    groups.set(primary, [...(groups.get(primary) ?? []), paper]);
  }
  // A list without new papers is an old one where all of it is.
  const parts = groups.size > 0 ? [...groups.values()] : [papers];
  const isOld = parts.some((part) => part.every((paper) => known.has(markOf(paper))));
  return isOld ? last.date : undefined;
}

/** What to remember of a list for the next: of one that was stale, what was known before too. */
export function rememberList(
  last: ListedDay | undefined,
  date: string,
  papers: readonly Listed[],
): ListedDay {
  const marks = papers.map(markOf);
  const before = last?.date === date ? last.items : [];
  return { date, items: [...new Set([...before, ...marks])] };
}

function markOf({ ids, announcement }: Listed): string {
  return `${ids.arxiv ?? ''} ${announcement ?? ''}`;
}

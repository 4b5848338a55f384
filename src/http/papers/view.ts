import type { ListedPaperView } from '../../core/letter/paper-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { sayAmendment } from '../../core/paper/amendment.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { shortDate } from '../../core/reader/schedule.ts';
import { MOST_COUNTED } from '../../core/search/query.ts';
import { shortenText } from '../../core/text/text.ts';
import type { ListedPaper } from '../../store/papers/public-papers.ts';

const LONGEST_AUTHORS = 200;

/** A paper in a list of papers of different days. */
export function viewListedPaper(paper: ListedPaper): ListedPaperView {
  const authors = namesOf(paper);
  return {
    title: paper.title,
    link: paperPath(paper.id, paper.title),
    ...(authors && { authors }),
    ...(paper.summary && { summary: paper.summary }),
    date: shortDate(paper.date),
    ...amendedOf(paper),
  };
}

/** What became of a paper, for a line under its title. */
export function amendedOf({ amended, title }: ListedPaper): { readonly amended?: string } {
  return amended ? { amended: sayAmendment(amended, title) } : {};
}

/** The authors of a paper in a line of print; empty where unknown. */
export function namesOf({ authors }: Pick<ListedPaper, 'authors'>): string {
  return shortenText(nameAuthors(authors), LONGEST_AUTHORS);
}

/** How many papers there are, as far as they are counted. */
export function sayExtent(count: number): string {
  if (count === 0) return 'No paper';
  if (count > MOST_COUNTED) return `More than ${MOST_COUNTED.toLocaleString('en-GB')} papers`;
  return count === 1 ? '1 paper' : `${count.toLocaleString('en-GB')} papers`;
}

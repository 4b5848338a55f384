import type { ListedPaperView } from '../../core/letter/paper-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { MOST_COUNTED } from '../../core/search/query.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import type { ListedPaper } from '../../store/papers/public-papers.ts';

const LONGEST_AUTHORS = 200;

/** A paper in a list of papers of different days. */
export function viewListedPaper(paper: ListedPaper, words: Words): ListedPaperView {
  const authors = namesOf(paper, words);
  return {
    title: paper.title,
    link: paperPath(paper.id, paper.title),
    ...(authors && { authors }),
    ...(paper.summary && { summary: paper.summary }),
    date: words.shortDate(paper.date),
  };
}

/** The authors of a paper in a line of print; empty where unknown. */
export function namesOf({ authors }: Pick<ListedPaper, 'authors'>, words: Words): string {
  return shortenText(nameAuthors(authors, words), LONGEST_AUTHORS);
}

/** How many papers there are, as far as they are counted. */
export function sayExtent(count: number): string {
  if (count === 0) return 'No paper';
  if (count > MOST_COUNTED) return `More than ${MOST_COUNTED.toLocaleString('en-GB')} papers`;
  return count === 1 ? '1 paper' : `${count.toLocaleString('en-GB')} papers`;
}

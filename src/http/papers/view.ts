import type { ListedPaperView } from '../../core/letter/paper-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { sayAmendment, translateAmendment } from '../../core/paper/amendment.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { MOST_COUNTED } from '../../core/search/query.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import type { ListedPaper } from '../../store/papers/public-papers.ts';
import type { Site } from '../site.ts';

const LONGEST_AUTHORS = 200;

/** A paper in a list of papers of different days. */
export function viewListedPaper(
  { words, prefix }: Pick<Site, 'words' | 'prefix'>,
  paper: ListedPaper,
): ListedPaperView {
  const authors = namesOf(paper, words);
  return {
    title: paper.title,
    link: `${prefix}${paperPath(paper.id, paper.title)}`,
    ...(authors && { authors }),
    ...(paper.summary && { summary: paper.summary }),
    date: words.shortDate(paper.date),
    ...amendedOf(paper, words),
  };
}

/** What became of a paper, for a line under its title. */
export function amendedOf(
  { amended, title }: ListedPaper,
  words: Words,
): { readonly amended?: string } {
  return amended ? { amended: translateAmendment(sayAmendment(amended, title), words) } : {};
}

/** The authors of a paper in a line of print; empty where unknown. */
export function namesOf({ authors }: Pick<ListedPaper, 'authors'>, words: Words): string {
  return shortenText(nameAuthors(authors, words), LONGEST_AUTHORS);
}

/** How many papers there are, as far as they are counted. */
export function sayExtent(count: number, words: Words): string {
  if (count === 0) return words.say('list.none');
  if (count > MOST_COUNTED) return words.say('list.many', { count: MOST_COUNTED });
  return words.say('papers', { count });
}

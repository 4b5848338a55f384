import { haveSameAuthors, isSameTitle, isTellingTitle } from './likeness.ts';
import { foldTitle, type Paper } from './paper.ts';

/** A paper as somebody names it who gives no id. */
export type Named = Pick<Paper, 'title' | 'authors'>;

/** Mails cut long titles; what is left of one that names its paper has so many letters. */
const FEWEST_LETTERS = 30;
const CUT = /\s*(?:…|\.{3})$/;

/** Whether a title and a first author name one paper, so that a source can be asked by them. */
export function isNamedByTitle({ title, authors }: Named): boolean {
  const isLong = !CUT.test(title) || foldTitle(title).length >= FEWEST_LETTERS;
  return authors.length > 0 && isLong && isTellingTitle(title);
}

/**
 * The paper that was named among those that a source found by its words: the same title, or what a
 * cut one begins with, and the same first author. The newest where there are several.
 */
export function findNamed(named: Named, found: readonly Paper[]): Paper | undefined {
  if (!isNamedByTitle(named)) return undefined;
  return found
    .filter((paper) => isTitled(named.title, paper.title) && hasFirst(named, paper))
    .sort((a, b) => Number(b.publishedAt ?? 0) - Number(a.publishedAt ?? 0))[0];
}

function isTitled(named: string, title: string): boolean {
  return CUT.test(named)
    ? foldTitle(title).startsWith(foldTitle(named.replace(CUT, '')))
    : isSameTitle(named, title);
}

function hasFirst({ authors }: Named, paper: Paper): boolean {
  return haveSameAuthors(authors.slice(0, 1), paper.authors.slice(0, 1)) === true;
}

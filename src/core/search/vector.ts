import { authorKey } from '../paper/author-link.ts';
import type { Paper } from '../paper/paper.ts';
import { wordsIn } from './words.ts';

/** What of a paper is searched. */
export type SearchedPaper = Pick<Paper, 'title' | 'abstract' | 'authors' | 'categories'> & {
  readonly keywords: readonly string[];
  /** What the group that it stands in is about; empty where that says nothing. */
  readonly group: string;
};

/** A paper's words as PostgreSQL takes them (`tsvector`), so that its own parser reads nothing. */
export interface SearchVectors {
  /** Title, authors, keywords and group: what decides the order. */
  readonly head: string;
  /** The same, its abstract, and the marks that fields of a query ask for. */
  readonly words: string;
}

type Weight = 'A' | 'B' | 'C' | 'D';

/** PostgreSQL counts no further; what stands behind counts as standing there. */
const LAST_PLACE = 16_383;
/** More of one word it does not keep. */
const MOST_PLACES = 255;
/** Between two texts, so that no phrase reaches from one into the other. */
const GAP = 10;

/** The words of a paper, to be stored; pure, and the same on every database. */
export function buildVectors(paper: SearchedPaper): SearchVectors {
  const vector = createVector();
  vector.addText(paper.title, 'A');
  for (const { name } of paper.authors) vector.addText(name, 'B');
  for (const text of [paper.group, ...paper.keywords]) vector.addText(text, 'C');
  const head = vector.write();
  vector.addText(paper.abstract, 'D');
  const names = paper.authors.map(({ name }) => name);
  for (const mark of new Set([...names.flatMap(authorMarks), ...categoryMarks(paper.categories)])) {
    vector.addMark(mark);
  }
  return { head, words: vector.write() };
}

/** What `author:` asks for: each word of a name, and the key that the whole name has a page under. */
function authorMarks(name: string): string[] {
  const words = wordsIn(name).flatMap(({ parts, whole }) => [...parts, whole]);
  return [...words.map(authorMark), authorPageMark(authorKey(name))];
}

/** The mark of a word in an author's name. */
export function authorMark(word: string): string {
  return `@${word}`;
}

/** The mark of an author by their key. */
export function authorPageMark(key: string): string {
  return `@=${key.replace(/['\\\0]/g, '')}`;
}

/** The mark of a category, and of the archive that it is part of: `cs.LG` is of `cs` too. */
export function categoryMark(category: string): string {
  return `#${category.toLowerCase().replace(/['\\\0\s]+/g, '-')}`;
}

function categoryMarks(categories: readonly string[]): string[] {
  return categories.flatMap((each) =>
    /^[\w-]+\.[\w-]+$/.test(each)
      ? [categoryMark(each), categoryMark(each.slice(0, each.indexOf('.')))]
      : [categoryMark(each.slice(0, 200))],
  );
}

function createVector() {
  const places = new Map<string, string[]>();
  let next = 1;
  const add = (text: string, place: string) => {
    const known = places.get(text);
    if (!known) places.set(text, [place]);
    else if (known.length < MOST_PLACES) known.push(place);
  };
  return {
    addText(text: string, weight: Weight): void {
      for (const { parts, joined } of wordsIn(text)) {
        const at = (offset: number) => `${Math.min(next + offset, LAST_PLACE)}${weight}`;
        for (const [offset, part] of parts.entries()) add(part, at(offset));
        for (const { from, text: whole } of joined) add(whole, at(from));
        next += parts.length;
      }
      next += GAP;
    },
    addMark: (mark: string) => {
      if (!places.has(mark)) places.set(mark, []);
    },
    write: () =>
      Array.from(places, ([text, at]) =>
        at.length === 0 ? `'${text}'` : `'${text}':${[...new Set(at)].join()}`,
      ).join(' '),
  };
}

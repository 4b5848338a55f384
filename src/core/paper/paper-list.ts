import { cleanAbstract, cleanTitle } from '../text/text.ts';
import type { Paper } from './paper.ts';

const LONGEST_TITLE = 500;
const SHORTEST_ABSTRACT = 80;

/** A file that is not a list of papers: says where and what to do. */
export class PaperListError extends Error {
  constructor(line: number, problem: string) {
    super(
      `line ${line}: ${problem}. The format is: a title, a blank line, its abstract, a blank line, and so on; short lines before the first title are skipped`,
    );
    this.name = 'PaperListError';
  }
}

interface Block {
  readonly line: number;
  readonly text: string;
}

/**
 * Reads the import format: blocks of text parted by blank lines, title and abstract in
 * turn. Short blocks before the first title (a page's header) are skipped: the first
 * block of abstract length marks the block before it as the first title.
 * Throws a PaperListError with the line.
 */
export function parsePaperList(text: string, publishedAt?: Date): Paper[] {
  const blocks = splitBlocks(text);
  if (blocks.length === 0) throw new PaperListError(1, 'the file is empty');
  const firstAbstract = blocks.findIndex((block) => isAbstract(block.text));
  if (firstAbstract < 1) {
    throw new PaperListError(
      blocks[0]?.line ?? 1,
      `no title followed by an abstract (of ${SHORTEST_ABSTRACT} characters or more, in two sentences) was found`,
    );
  }
  const pairs = blocks.slice(firstAbstract - 1);
  const papers: Paper[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    papers.push(parsePair(pairs[at], pairs[at + 1], publishedAt));
  }
  return papers;
}

function splitBlocks(text: string): Block[] {
  const blocks: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|[\n\r]/)
    .entries()) {
    const last = blocks.at(-1);
    if (line.trim() === '') isOpen = false;
    else if (isOpen && last) last.text += ` ${line.trim()}`;
    else {
      blocks.push({ line: index + 1, text: line.trim() });
      isOpen = true;
    }
  }
  return blocks;
}

function isAbstract(text: string): boolean {
  return text.length >= SHORTEST_ABSTRACT && /[.!?]["')\]]*\s+\S.*[.!?]/s.test(text);
}

function parsePair(
  title: Block | undefined,
  abstract: Block | undefined,
  publishedAt?: Date,
): Paper {
  if (!title) throw new PaperListError(1, 'there is no paper');
  const shown = `"${title.text.slice(0, 60)}"`;
  if (!abstract)
    throw new PaperListError(title.line, `the title ${shown} has no abstract after it`);
  if (title.text.length > LONGEST_TITLE) {
    throw new PaperListError(
      title.line,
      `a title was expected, but ${shown} is ${title.text.length} characters long`,
    );
  }
  if (abstract.text.length < SHORTEST_ABSTRACT) {
    throw new PaperListError(
      abstract.line,
      `an abstract of ${shown} was expected, but "${abstract.text.slice(0, 60)}" is too short for one`,
    );
  }
  return {
    title: cleanTitle(title.text),
    abstract: cleanAbstract(abstract.text),
    authors: [],
    categories: [],
    ids: {},
    ...(publishedAt ? { publishedAt } : {}),
  };
}

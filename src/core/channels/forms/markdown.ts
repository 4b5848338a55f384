import type { CutPost, PostPaper } from '../edition-post.ts';
import { escapeTarget } from '../escapes.ts';

/** How one dialect of Markdown is written. */
export interface Dialect {
  readonly quote: (text: string) => string;
  /** What stands before the title of the post, such as `#### `. */
  readonly heading: string;
}

/** A post as Markdown: a paper a paragraph, its title a link in bold. */
export function buildMarkdown(post: CutPost, dialect: Dialect): string {
  return [buildTitle(post, dialect), buildPapers(post, dialect)].join('\n\n');
}

function buildTitle({ title, lead }: CutPost, { quote, heading }: Dialect): string {
  const head = heading ? `${heading}${quote(title)}` : `**${quote(title)}**`;
  return lead ? `${head}\n\n${quote(lead)}` : head;
}

/** The papers and the link below them, for services that have a place of its own for the title. */
export function buildPapers({ papers, more, page }: CutPost, { quote }: Dialect): string {
  const said = papers.map((paper) => sayPaper(paper, quote));
  return [...said, `[${quote(more)}](${escapeTarget(page)})`].join('\n\n');
}

function sayPaper({ title, authors, link, summary }: PostPaper, quote: Dialect['quote']): string {
  const name = link ? `[${quote(title)}](${escapeTarget(link)})` : quote(title);
  const lines = [`**${name}**`, ...[authors, summary].flatMap((line) => (line ? quote(line) : []))];
  return lines.join('\n');
}

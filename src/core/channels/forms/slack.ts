import type { CutPost, PostPaper } from '../edition-post.ts';
import { escapeSlack } from '../escapes.ts';

const HEADER = 150;

/**
 * A message of Slack's: its papers as rich text, in which no sign means anything, so that no title
 * can ping or mark; `text` is what a notification shows.
 */
export function buildSlack(post: CutPost): object {
  return {
    text: escapeSlack(`${post.title}. ${post.lead}`),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(post.title), emoji: false } },
      ...(post.lead ? [richText([textOf(post.lead)])] : []),
      ...post.papers.map((paper) => richText(sayPaper(paper))),
      richText([linkTo(post.page, post.more)]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function sayPaper({ title, authors, link, summary }: PostPaper): object[] {
  const head = link ? linkTo(link, title, true) : textOf(title, true);
  const rest = [authors, summary].filter(Boolean).map((line) => textOf(`\n${line}`));
  return [head, ...rest];
}

const style = { style: { bold: true } };

function textOf(text: string, isBold = false): object {
  return { type: 'text', text, ...(isBold ? style : {}) };
}

function linkTo(url: string, text: string, isBold = false): object {
  return { type: 'link', url, text, ...(isBold ? style : {}) };
}

function richText(elements: readonly object[]): object {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function cut(title: string): string {
  const characters = [...title];
  return characters.length <= HEADER ? title : `${characters.slice(0, HEADER - 1).join('')}…`;
}

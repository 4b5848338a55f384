import markdownIt from 'markdown-it';
import { tellTokens } from './markdown-text.ts';

// No HTML passes: what looks like it is text. Links to scripts are none, and nothing is loaded from elsewhere.
const markdown = markdownIt({ html: false, linkify: true }).disable('image');

/** A text as HTML (CommonMark and tables), under its own first heading or under `title`. */
export function renderMarkdown(text: string, title: string): string {
  const tokens = markdown.parse(text, {});
  const hasHeading = tokens.some(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const head = hasHeading ? '' : markdown.render(`# ${title}`);
  return `${head}${markdown.render(text)}`;
}

/** The same for a place that has a heading: those of the text are one lower. */
export function renderBelowHeading(text: string): string {
  const tokens = markdown.parse(text, {});
  for (const token of tokens) {
    const [, level] = /^h([1-5])$/.exec(token.tag) ?? [];
    if (level) token.tag = `h${Number(level) + 1}`;
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** The same as plain text: lists with dashes, each link with its address behind it. */
export function tellMarkdown(text: string): string {
  return tellTokens(markdown.parse(text, {}));
}

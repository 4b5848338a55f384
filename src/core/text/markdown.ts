import markdownIt from 'markdown-it';

// No HTML passes: what looks like it is text. Links to scripts are none, and nothing is loaded from elsewhere.
const markdown = markdownIt({ html: false, linkify: true }).disable('image');

/** A text as HTML (CommonMark and tables), under its own first heading or under `title`. */
export function renderMarkdown(text: string, title: string): string {
  const tokens = markdown.parse(text, {});
  const hasHeading = tokens.some(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const head = hasHeading ? '' : markdown.render(`# ${title}`);
  return `${head}${markdown.render(text)}`;
}

import type { CutPost } from '../edition-post.ts';

/** A post in words alone, for who reads no marks. */
export function buildPlain({ title, lead, papers, more, page }: CutPost): string {
  const said = papers.map(({ title: name, authors, link, summary }) =>
    [name, authors, summary, link].filter(Boolean).join('\n'),
  );
  return [title, lead, ...said, `${more}: ${page}`].filter(Boolean).join('\n\n');
}

import { foldTitle, type Paper } from './paper.ts';

/** What of a paper a bibliography needs. */
export type CitedPaper = Pick<Paper, 'title' | 'authors' | 'ids' | 'link' | 'publishedAt'>;

/**
 * Papers as BibTeX, one `@misc` each, in their order, with keys that are unique in the
 * file. Fields as biblatex has them: eprint and eprinttype for arXiv (biblatex manual, 3.13.7).
 */
export function writeBibtex(papers: readonly CitedPaper[]): string {
  const taken = new Map<string, number>();
  const entries = papers.map((paper) => {
    const base = keyOf(paper);
    const count = taken.get(base) ?? 0;
    taken.set(base, count + 1);
    return writeEntry(count === 0 ? base : `${base}-${count + 1}`, paper);
  });
  return entries.join('\n');
}

function writeEntry(key: string, { title, authors, ids, link, publishedAt }: CitedPaper): string {
  const fields: [string, string | undefined][] = [
    ['title', `{${escapeTex(title)}}`],
    ['author', authors.map(({ name }) => escapeTex(name)).join(' and ') || undefined],
    ['year', publishedAt ? String(publishedAt.getUTCFullYear()) : undefined],
    ['eprint', ids.arxiv],
    ['eprinttype', ids.arxiv ? 'arxiv' : undefined],
    ['doi', ids.doi && verbatim(ids.doi)],
    ['url', link && verbatim(link)],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return [`@misc{${key},`, ...lines, '}', ''].join('\n');
}

/** Family name of the first author, year, first long word of the title. */
function keyOf({ authors, title, publishedAt }: CitedPaper): string {
  const family = foldTitle(authors[0]?.name.split(' ').at(-1) ?? '').replace(/[^a-z0-9]/g, '');
  const word = title.split(/\s+/).find((each) => each.length > 3) ?? title;
  const folded = foldTitle(word).replace(/[^a-z0-9]/g, '');
  return (
    `${family || 'anon'}${publishedAt?.getUTCFullYear() ?? ''}${folded.slice(0, 20)}` || 'paper'
  );
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces even behind a backslash.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** For fields that biblatex takes as they are: only what would end the field is encoded. */
function verbatim(text: string): string {
  return text.replace(/[{}\\]/g, encodeURIComponent);
}

/** What TeX would read as a command, escaped; letters beyond ASCII stay, as biber takes UTF-8. */
function escapeTex(text: string): string {
  return text.replace(/[\\{}~^]|[#$%&_]/g, (mark) => special[mark] ?? `\\${mark}`);
}

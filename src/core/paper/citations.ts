import { type CitedPaper, writeBibtex } from './bibtex.ts';

/** A form in which programs for literature take a paper. */
export interface CitationForm {
  readonly label: string;
  /** The ending of its address and file. */
  readonly ending: string;
  readonly type: string;
  /** One file of some papers, in their order. */
  write(papers: readonly CitedPaper[]): string;
}

/** What is offered of papers, by its ending. */
export const citationForms: readonly CitationForm[] = [
  {
    label: 'BibTeX',
    ending: 'bib',
    type: 'application/x-bibtex; charset=utf-8',
    write: writeBibtex,
  },
  {
    label: 'RIS',
    ending: 'ris',
    type: 'application/x-research-info-systems; charset=utf-8',
    write: (papers) => papers.map(writeRis).join('\r\n'),
  },
  {
    label: 'CSL JSON',
    ending: 'csl.json',
    type: 'application/vnd.citationstyles.csl+json; charset=utf-8',
    write: (papers) => `${JSON.stringify(papers.map(toCsl), null, 2)}\n`,
  },
];

/** What of a stored paper a bibliography needs. */
export function toCited({
  title,
  authors,
  ids,
  link,
  publishedAt,
}: Pick<CitedPaper, 'title' | 'authors' | 'ids'> & {
  readonly link: string | null;
  readonly publishedAt: Date | null;
}): CitedPaper {
  return {
    ...{ title, authors, ids },
    ...(link ? { link } : {}),
    ...(publishedAt ? { publishedAt } : {}),
  };
}

/** A line of RIS ends the entry before where its text brings a line of its own. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** RIS, as Reference Manager's specification has it: a tag, two blanks, a hyphen, a blank a line. */
function writeRis({ title, authors, ids, link, publishedAt }: CitedPaper): string {
  const lines: (readonly [string, string | undefined])[] = [
    // A preprint has no type of its own in most programs.
    ['TY', ids.arxiv && !ids.doi ? 'UNPB' : 'JOUR'],
    ['TI', oneLine(title)],
    ...authors.map(({ name }) => ['AU', familyFirst(name)] as const),
    ['PY', publishedAt && String(publishedAt.getUTCFullYear())],
    ['DA', publishedAt && isoDate(publishedAt).replaceAll('-', '/')],
    ['DO', ids.doi],
    ['AN', ids.arxiv && `arXiv:${ids.arxiv}`],
    ['UR', link],
  ];
  const written = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []));
  return `${written.join('')}ER  - \r\n`;
}

/** An item of CSL JSON 1.0.2, as styles and Zotero take it. */
function toCsl({ title, authors, ids, link, publishedAt }: CitedPaper) {
  const date = publishedAt && isoDate(publishedAt).split('-').map(Number);
  return {
    id: ids.doi ?? ids.arxiv ?? link ?? title,
    type: ids.arxiv && !ids.doi ? 'article' : 'article-journal',
    title,
    author: authors.map(({ name }) => nameParts(name)),
    ...(date && { issued: { 'date-parts': [date] } }),
    ...(ids.doi && { DOI: ids.doi }),
    ...(ids.arxiv && { number: `arXiv:${ids.arxiv}` }),
    ...(ids.pmid && { PMID: ids.pmid }),
    ...(link && { URL: link }),
  };
}

function isoDate(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The parts of a name. Names come in reading order: the last word is the family's, as in BibTeX. */
export function nameParts(name: string): { family?: string; given?: string; literal?: string } {
  const at = name.lastIndexOf(' ');
  return at < 0 ? { literal: name } : { family: name.slice(at + 1), given: name.slice(0, at) };
}

function familyFirst(name: string): string {
  const { family, given } = nameParts(oneLine(name));
  return family === undefined ? oneLine(name) : `${family}, ${given}`;
}

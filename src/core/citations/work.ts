import type { LibraryEntry, ReadLibrary, ReadLine } from '../library/library.ts';
import { UNREAD } from '../library/list.ts';
import type { PaperIds } from '../paper/identifier.ts';
import { isIdKey } from '../paper/identity.ts';
import { type Author, type Paper, paperKeys } from '../paper/paper.ts';
import { type AuthorId, readAuthor } from './author.ts';
import { CITATION_SOURCES, CITATIONS } from './sources.ts';

/** Nobody has more works than this; each costs requests for as long as it is there. */
export const MOST_OWN_WORKS = 300;

/** A work as its reader names it. */
export interface NamedWork {
  readonly ids: PaperIds;
  readonly title: string | null;
}

/** A text without the lines that name authors, and those. */
export interface SplitText {
  readonly text: string;
  readonly authors: readonly AuthorId[];
  readonly faults: ReadWorks['faults'];
}

/** Takes ORCID iDs and OpenAlex authors out of a text, whose other lines keep their numbers. */
export function splitAuthors(pasted: string): SplitText {
  const authors = new Set<AuthorId>();
  const faults: { line: number; text: string; problem: string }[] = [];
  const lines = pasted.split(/\r\n?|\n/).map((text, at) => {
    const read = text.length < LONGEST_AUTHOR ? readAuthor(text) : undefined;
    if (!read) return text;
    if ('author' in read) authors.add(read.author);
    else faults.push({ line: at + 1, text: text.trim(), problem: read.problem });
    return '';
  });
  return { text: lines.join('\n'), authors: [...authors], faults };
}

/** Longer than any link to one. */
const LONGEST_AUTHOR = 100;

/** What was read of a text: the works that can be asked for, and what cannot, by its line. */
export interface ReadWorks
  extends Pick<ReadLibrary, 'format' | 'refusal' | 'faults' | 'faultCount'> {
  readonly works: readonly (NamedWork & ReadLine)[];
}

const SCHEMES = new Set(CITATION_SOURCES.flatMap((source) => CITATIONS[source].schemes));

/** The works of what was read as a library; an entry without an id that a source is asked by is a fault. */
export function readWorks(read: ReadLibrary): ReadWorks {
  const works = read.entries.filter(isAskable);
  const unasked = read.entries
    .filter((entry) => !isAskable(entry))
    .map(({ line, text }) => ({ line, text, problem: NO_ID }));
  return {
    ...read,
    works: works.map(({ ids = {}, title, line, text }) => ({ ids, title, line, text })),
    faults: [...read.faults.map(tellForm), ...unasked].toSorted((a, b) => a.line - b.line),
    faultCount: read.faultCount + unasked.length,
  };
}

/** Whoever types an id is told what one looks like. */
function tellForm<Fault extends { readonly problem: string }>(fault: Fault): Fault {
  return fault.problem === UNREAD ? { ...fault, problem: FORM } : fault;
}

const FORM =
  'This is no id of a work: a DOI looks like 10.1234/abcd, an arXiv id like 2501.01234, a PMID like 38012345.';
const NO_ID =
  'This has no DOI (10.1234/abcd), arXiv id (2501.01234) or PMID (38012345), by which sources are asked what cites it.';

function isAskable({ ids = {} }: LibraryEntry): boolean {
  return canBeAsked(ids);
}

/** Whether a work with these ids can be asked for. */
export function canBeAsked(ids: PaperIds): boolean {
  return Object.keys(ids).some((scheme) => SCHEMES.has(scheme as keyof PaperIds));
}

/** The keys by which works are known to be one: their ids alone. */
export function workKeys(ids: PaperIds): string[] {
  return paperKeys({ ids, title: '' }).filter(isIdKey);
}

/** The key of a title, by which works that may be one are found. */
export function titleKey(title: string): string {
  return paperKeys({ ids: {}, title })[0] ?? '';
}

/** What a work is called where its title is not known yet. */
export function nameWork({ title, ids }: NamedWork): string {
  if (title) return title;
  return ids.arxiv ? `arXiv:${ids.arxiv}` : (ids.doi ?? `PMID ${ids.pmid ?? ''}`);
}

/** What is known of a work. */
interface Described extends NamedWork {
  readonly authors: readonly Author[];
  readonly publishedAt: Date | null;
}

/** The same with what a source says of its versions: first come, first believed; the earliest date counts. */
export function describeWork(known: Described, papers: readonly Paper[]): Described {
  return papers.reduce<Described>(
    (work, { ids, title, authors, publishedAt }) => ({
      ids: { ...ids, ...work.ids },
      title: work.title ?? title,
      authors: work.authors.length > 0 ? work.authors : authors,
      publishedAt:
        work.publishedAt && publishedAt
          ? new Date(Math.min(work.publishedAt.getTime(), publishedAt.getTime()))
          : (work.publishedAt ?? publishedAt ?? null),
    }),
    known,
  );
}

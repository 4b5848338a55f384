import type { LibraryEntry, ReadLibrary, ReadLine } from '../library/library.ts';
import type { PaperIds } from '../paper/identifier.ts';
import { isIdKey } from '../paper/identity.ts';
import { type Author, type Paper, paperKeys } from '../paper/paper.ts';
import { CITATION_SOURCES, CITATIONS } from './sources.ts';

/** Nobody has more works than this; each costs requests for as long as it is there. */
export const MOST_OWN_WORKS = 300;

/** A work as its reader names it. */
export interface NamedWork {
  readonly ids: PaperIds;
  readonly title: string | null;
}

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
    faults: [...read.faults, ...unasked].toSorted((a, b) => a.line - b.line),
    faultCount: read.faultCount + unasked.length,
  };
}

const NO_ID =
  'This has no DOI (10.1234/abcd), arXiv id (2501.01234) or PMID (38012345), by which sources are asked what cites it.';

function isAskable({ ids = {} }: LibraryEntry): boolean {
  return Object.keys(ids).some((scheme) => SCHEMES.has(scheme as keyof PaperIds));
}

/** The keys by which works are known to be one: their ids alone. */
export function workKeys(ids: PaperIds): string[] {
  return paperKeys({ ids, title: '' }).filter(isIdKey);
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

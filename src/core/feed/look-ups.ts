import type { IdScheme } from '../paper/id-form.ts';

/** The kinds of ids that papers are asked for by. */
export const LOOKED_UP = ['arxiv', 'doi', 'pmid'] as const satisfies readonly IdScheme[];
export type LookUpScheme = (typeof LOOKED_UP)[number];

/** Where papers are asked for by one kind of id, and how many: one row a source. */
export interface LookUp {
  readonly scheme: LookUpScheme;
  readonly source: string;
  /** Ids in one request, requests in one run, and ids in a day. */
  readonly atOnce: number;
  readonly aRun: number;
  readonly aDay: number;
  /** Where the numbers are from. */
  readonly seen: string;
}

export const LOOK_UPS: readonly LookUp[] = [
  {
    scheme: 'arxiv',
    source: 'arXiv',
    atOnce: 50,
    aRun: 4,
    aDay: 4_000,
    seen: 'arXiv API manual: `id_list`, 2,000 entries a request, one request in 3 seconds',
  },
  {
    scheme: 'doi',
    source: 'Crossref',
    atOnce: 20,
    aRun: 10,
    aDay: 4_000,
    seen: 'Crossref REST API: several filters `doi:` mean any of them; lists 3 a second',
  },
  {
    scheme: 'pmid',
    source: 'PubMed',
    atOnce: 100,
    aRun: 4,
    aDay: 4_000,
    seen: 'E-utilities in depth: more than 200 ids in an address are refused with a 414',
  },
];

/** Where a paper is asked for by its title and first author, one in a request. */
export const TITLE_LOOK_UP = {
  source: 'Crossref',
  aRun: 20,
  aDay: 1_000,
  seen: 'Crossref REST API: `query.bibliographic` and `query.author`; lists 3 a second',
} as const;

const DAY_MS = 24 * 3_600_000;
/** A new DOI is not known for some days; what is unknown after that is asked for no more. */
const AGAIN_AFTER_MS = [DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

/** When to ask again for an id that a source did not know, after so many tries; null for never. */
export function nextLookUp(at: Date, tries: number): Date | null {
  const wait = AGAIN_AFTER_MS[tries];
  return wait === undefined ? null : new Date(at.getTime() + wait);
}

/** Ids as their sources are asked for them, at most so many at once. */
export function chunkIds<Id>(ids: readonly Id[], atOnce: number): Id[][] {
  const starts = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, at) => at * atOnce);
  return starts.map((start) => ids.slice(start, start + atOnce));
}

/** What is known of a source that is asked by its API: one row a source, the only place that says it. */
export interface SourceFacts {
  /** As people call it. */
  readonly name: string;
  /** Where it is; the variable in the environment that moves it. */
  readonly base: string;
  readonly setting: string;
  /** From the end of one answer to the next request, over all our processes. */
  readonly spacingMs: number;
  /** Items that one request asks for, and the most that one window is read to. */
  readonly pageSize: number;
  readonly mostItems: number;
  /** The parameter or the header that takes a key, and the variable that holds it. */
  readonly key?: { readonly setting: string } & (
    | { readonly parameter: string }
    | { readonly header: string }
  );
  /** What the source allows, in its own numbers. */
  readonly limits: string;
  /** Where the facts were seen. */
  readonly seen: string;
}

const facts = {
  crossref: {
    name: 'Crossref',
    base: 'https://api.crossref.org',
    setting: 'CROSSREF_URL',
    spacingMs: 500,
    pageSize: 100,
    // An offset may not go beyond this.
    mostItems: 10_000,
    limits: 'lists: 3 a second with an address to write to, else one connection',
    seen: 'headers of recorded answers, x-rate-limit-limit and x-api-pool, 2026-06 and 2026-07',
  },
  pubmed: {
    name: 'PubMed',
    base: 'https://eutils.ncbi.nlm.nih.gov',
    setting: 'PUBMED_URL',
    spacingMs: 400,
    // More ids in one address are refused with a 414.
    pageSize: 200,
    mostItems: 9_999,
    key: { parameter: 'api_key', setting: 'PUBMED_KEY' },
    limits: '3 requests a second, 10 with a key; 9,999 ids of a search',
    seen: 'E-utilities in depth (NCBI Bookshelf); recorded answers of 2020 to 2026-06',
  },
  europepmc: {
    name: 'Europe PMC',
    base: 'https://www.ebi.ac.uk',
    setting: 'EUROPEPMC_URL',
    spacingMs: 500,
    pageSize: 100,
    mostItems: 10_000,
    limits: 'none is told',
    seen: 'recorded answers of 2025 to 2026-10, version 6.9',
  },
  openalex: {
    name: 'OpenAlex',
    base: 'https://api.openalex.org',
    setting: 'OPENALEX_URL',
    spacingMs: 1000,
    // More is refused since 2026.
    pageSize: 100,
    // A search costs 0.001 of the 0.1 dollars that a day has: two pages an hour are half of it.
    mostItems: 200,
    key: { parameter: 'api_key', setting: 'OPENALEX_KEY' },
    limits:
      'a key is needed since February 2026; 0.1 dollars a day are free: 1,000 lists or 100 searches',
    seen: 'x-ratelimit headers and meta.cost_usd of recorded answers, 2026-07; developers.openalex.org',
  },
  inspire: {
    name: 'INSPIRE',
    base: 'https://inspirehep.net',
    setting: 'INSPIRE_URL',
    spacingMs: 1000,
    pageSize: 100,
    mostItems: 10_000,
    limits: '15 requests in 5 seconds, a refused one counts; 10,000 hits of a search',
    seen: 'inspirehep/rest-api-doc; a recorded answer of 2026-09',
  },
  osf: {
    name: 'OSF Preprints',
    base: 'https://api.osf.io',
    setting: 'OSF_URL',
    spacingMs: 1000,
    pageSize: 50,
    mostItems: 10_000,
    limits: '100 requests an hour without a token',
    seen: 'recorded answers of 2025-08 to 2026-09; developer.osf.io',
  },
  eprint: {
    name: 'IACR ePrint',
    base: 'https://eprint.iacr.org',
    setting: 'EPRINT_URL',
    spacingMs: 5000,
    pageSize: 100,
    mostItems: 1000,
    limits: 'its feed says to come once a day (ttl 1440)',
    seen: 'a recorded feed of 2026-07',
  },
  zenodo: {
    name: 'Zenodo',
    base: 'https://zenodo.org',
    setting: 'ZENODO_URL',
    spacingMs: 1000,
    pageSize: 25,
    mostItems: 1000,
    limits: '133 requests a minute; a retry-after in a 200 does not mean "wait"',
    seen: 'headers of recorded answers, 2024 to 2026-07',
  },
  openreview: {
    name: 'OpenReview',
    base: 'https://api2.openreview.net',
    setting: 'OPENREVIEW_URL',
    spacingMs: 1000,
    pageSize: 1000,
    mostItems: 10_000,
    limits: 'none is told; its count stops at 10,000',
    seen: 'recorded answers of 2026-08 and 2026-09',
  },
  nep: {
    name: 'RePEc NEP',
    base: 'https://nep.repec.org',
    setting: 'NEP_URL',
    spacingMs: 5000,
    pageSize: 1000,
    mostItems: 1000,
    limits: 'none is told; one report a week',
    seen: 'feeds and report pages as public projects kept them, 2026',
  },
} as const satisfies Record<string, SourceFacts>;

/** The kinds of feeds that are such sources. */
export type SourceKind = keyof typeof facts;

export const SOURCES: Readonly<Record<SourceKind, SourceFacts>> = facts;

/** Their names as an operator types them. */
export const SOURCE_KINDS = [
  'crossref',
  'pubmed',
  'europepmc',
  'openalex',
  'inspire',
  'osf',
  'eprint',
  'zenodo',
  'openreview',
  'nep',
] as const satisfies readonly SourceKind[];

export function isSourceKind(kind: string): kind is SourceKind {
  return Object.hasOwn(facts, kind);
}

/** Who is asked what cites a work, and gives no feed. */
const citationFacts = {
  semanticscholar: {
    name: 'Semantic Scholar',
    base: 'https://api.semanticscholar.org',
    setting: 'SEMANTICSCHOLAR_URL',
    spacingMs: 3000,
    pageSize: 1000,
    // An offset and its page may not go beyond this.
    mostItems: 9_999,
    key: { header: 'x-api-key', setting: 'SEMANTICSCHOLAR_KEY' },
    limits:
      'without a key all share a pool that is often empty (429); with one, 1 request a second',
    seen: 'danielnsilva/semanticscholar 82; recorded answers of 2023-12 to 2026-06',
  },
  opencitations: {
    name: 'OpenCitations',
    base: 'https://api.opencitations.net',
    setting: 'OPENCITATIONS_URL',
    spacingMs: 1000,
    pageSize: 10_000,
    mostItems: 10_000,
    key: { header: 'authorization', setting: 'OPENCITATIONS_KEY' },
    limits: 'none is told; it asks for a token',
    seen: 'opencitations-client, 2026; the manual of Index v2',
  },
} as const satisfies Record<string, SourceFacts>;

/** Everybody who is asked by an API. */
export type ApiKind = SourceKind | keyof typeof citationFacts;

export const APIS: Readonly<Record<ApiKind, SourceFacts>> = { ...facts, ...citationFacts };

export const API_KINDS: readonly ApiKind[] = [...SOURCE_KINDS, 'semanticscholar', 'opencitations'];

type ApiBases = Readonly<Record<ApiKind, string>>;

/** Where each of them is, if nobody says otherwise. */
export const API_BASES: ApiBases = Object.fromEntries(
  API_KINDS.map((kind) => [kind, APIS[kind].base]),
) as ApiBases;

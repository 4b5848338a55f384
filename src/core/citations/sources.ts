import type { ApiKind } from '../feed/sources.ts';
import type { PaperIds } from '../paper/identifier.ts';

/** Who says which papers cite a work. */
export const CITATION_SOURCES = [
  'openalex',
  'semanticscholar',
  'opencitations',
  'europepmc',
  'inspire',
] as const satisfies readonly ApiKind[];
export type CitationSource = (typeof CITATION_SOURCES)[number];

/** What a source of citations can do: one row a source, the only place that says it. */
export interface CitationFacts {
  /** The kinds of ids that it is asked by; a work without any of them is not asked for there. */
  readonly schemes: readonly (keyof PaperIds)[];
  /** Works in one question, and the newest citers of one work that are read. */
  readonly atOnce: number;
  readonly mostCiters: number;
  /** Requests in a day, without a key and with one. */
  readonly aDay: number;
  readonly aDayWithKey: number;
  /** It brings nothing new for so long only when it stands still. */
  readonly silentAfterDays: number;
  readonly seen: string;
}

export const CITATIONS: Readonly<Record<CitationSource, CitationFacts>> = {
  openalex: {
    schemes: ['doi', 'arxiv', 'pmid'],
    atOnce: 50,
    mostCiters: 1_000,
    // Feeds of OpenAlex are paid from the same day's money.
    aDay: 500,
    aDayWithKey: 8_000,
    silentAfterDays: 7,
    seen: 'x-ratelimit headers of recorded answers, 2026-07: 1,000 lists a day without a key, 10,000 with one',
  },
  semanticscholar: {
    schemes: ['doi', 'arxiv', 'pmid'],
    atOnce: 1,
    mostCiters: 3_000,
    aDay: 500,
    aDayWithKey: 20_000,
    // It stood still for more than a month in the summer of 2025.
    silentAfterDays: 14,
    seen: 'danielnsilva/semanticscholar 82; allenai/s2-folks 70, 166, 199; allenai/s2orc 55',
  },
  opencitations: {
    schemes: ['doi', 'arxiv', 'pmid'],
    atOnce: 1,
    mostCiters: 10_000,
    aDay: 5_000,
    aDayWithKey: 10_000,
    // New data comes in dumps, months apart.
    silentAfterDays: 120,
    seen: 'opencitations-client, 2026; Index v2',
  },
  europepmc: {
    schemes: ['doi', 'pmid', 'pmcid'],
    atOnce: 1,
    mostCiters: 1_000,
    aDay: 10_000,
    aDayWithKey: 10_000,
    silentAfterDays: 14,
    seen: 'recorded answers of 2025 to 2026-10, version 6.9',
  },
  inspire: {
    schemes: ['arxiv', 'doi'],
    atOnce: 1,
    mostCiters: 1_000,
    aDay: 10_000,
    aDayWithKey: 10_000,
    silentAfterDays: 14,
    seen: 'inspirehep/rest-api-doc; 15 requests in 5 seconds',
  },
};

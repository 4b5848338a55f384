import { z } from 'zod';
import { datePaper, splitDate } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIds } from '../../core/paper/identifier.ts';
import { readKind } from '../../core/paper/kind.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { toAuthor } from '../authors.ts';
import { type FeedWindow, toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson, textProperty } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, mailOf, pageNumber, toPage } from './ask.ts';

const answerShape = z.object({
  meta: z.object({ count: z.number().int() }),
  results: z.array(z.unknown()),
});

/** A work as OpenAlex writes it; which of the fields are there, the question says. */
export const openalexWork = z.object({
  id: z.string(),
  doi: z.string().nullish(),
  title: z.string().nullish(),
  type: z.string().nullish(),
  ids: z.object({ pmid: z.string().nullish(), pmcid: z.string().nullish() }).nullish(),
  publication_date: z.string().nullish(),
  created_date: z.string().nullish(),
  primary_location: z.object({ landing_page_url: z.string().nullish() }).nullish(),
  authorships: z
    .array(
      z.object({
        author: z.object({ display_name: z.string().nullish() }).nullish(),
        raw_author_name: z.string().nullish(),
      }),
    )
    .default([]),
  is_retracted: z.boolean().nullish(),
  keywords: z
    .array(z.object({ display_name: z.string() }))
    .nullish()
    .catch(undefined),
  abstract_inverted_index: z.record(z.string(), z.array(z.number().int())).nullish(),
});

// To ask by the day of entry costs money, and works are entered some weeks after they are out.
const ENTERED_WITHIN_MS = 30 * 24 * 3_600_000;

/**
 * Asks for what was published of late, newest first, with a key where one is set. OpenAlex wants a
 * key since February 2026; see `SOURCES` for what is free.
 */
export const fetchOpenalex: FetchPage = async ({ address, window, start }, source) => {
  const filter = /^filter=(.*)$/.exec(address)?.[1];
  const bytes = await askSource(source, {
    kind: 'openalex',
    path: '/works',
    params: {
      filter: [...(filter ? [filter] : []), ...publishedIn(window)].join(','),
      search: filter ? undefined : address,
      sort: 'publication_date:desc',
      'per-page': String(SOURCES.openalex.pageSize),
      page: pageNumber('openalex', start),
      mailto: mailOf(source),
    },
  });
  return parseOpenalex(bytes, start);
};

function publishedIn({ from, to }: FeedWindow): string[] {
  const earliest = new Date(from.getTime() - ENTERED_WITHIN_MS);
  return [`from_publication_date:${dayOf(earliest)}`, `to_publication_date:${dayOf(to)}`];
}

/** Reads one page of OpenAlex's works that began at `start`. */
export async function parseOpenalex(bytes: Uint8Array, start = 0): Promise<Page> {
  const { meta, results } = parseJson(bytes, answerShape);
  const batch = await toPapers(results, nameItem, (item) =>
    readOpenalexWork(checkItem(item, openalexWork)),
  );
  const step = SOURCES.openalex.pageSize;
  return toPage('openalex', batch, { start, count: results.length, total: meta.count, step });
}

const NO_TEXTS = /^(?:peer-review|paratext|dataset|grant|supplementary-materials|software)$/;

/** Makes a paper of a work. Throws where it is none. */
export function readOpenalexWork(found: z.infer<typeof openalexWork>): Paper {
  const { id, doi, type, title, primary_location: place } = found;
  if (NO_TEXTS.test(type ?? '')) throw new Error(`It is no paper: its type is ${type}.`);
  const explicit = [doi ?? '', found.ids?.pmid ?? '', found.ids?.pmcid ?? ''];
  const { ids, version = 1 } = readIds({ explicit, links: [place?.landing_page_url ?? ''] });
  return buildPaper({
    title: title ?? '',
    abstract: unfoldIndex(found.abstract_inverted_index ?? {}),
    authors: found.authorships.flatMap(({ author, raw_author_name: raw }) =>
      toAuthor(author?.display_name || raw || ''),
    ),
    categories: [],
    keywords: found.keywords?.map((keyword) => keyword.display_name),
    ids,
    link: doi ?? place?.landing_page_url ?? id,
    ...datePaper(readDate(found.created_date ?? ''), splitDate(found.publication_date ?? '')),
    announcement: version > 1 ? 'replace' : undefined,
    kind: found.is_retracted
      ? 'retraction'
      : readKind({ title: title ?? '', sections: [type ?? ''], links: [] }).kind,
  });
}

/** No abstract has more words; a place beyond is a mistake. */
const MOST_WORDS = 10_000;

/** The abstract of an index from each word to its places. */
export function unfoldIndex(index: Readonly<Record<string, readonly number[]>>): string {
  const words: string[] = [];
  for (const [word, places] of Object.entries(index)) {
    for (const place of places) if (place >= 0 && place < MOST_WORDS) words[place] = word;
  }
  return words.filter((word) => word !== undefined).join(' ');
}

function nameItem(item: unknown, index: number): string {
  return (
    textProperty(item, 'title') || textProperty(item, 'doi') || `(number ${index + 1} of its page)`
  );
}

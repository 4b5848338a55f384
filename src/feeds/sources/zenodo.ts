import { z } from 'zod';
import { datePaper, splitDate } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { parseAuthors } from '../authors.ts';
import { toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson, textProperty } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, pageNumber, toPage } from './ask.ts';

const answerShape = z.object({
  hits: z.object({ total: z.number().int(), hits: z.array(z.unknown()) }),
});

const record = z.object({
  id: z.coerce.string(),
  created: z.string().default(''),
  doi: z.string().optional(),
  conceptdoi: z.string().optional(),
  metadata: z.object({
    title: z.string(),
    description: z.string().default(''),
    creators: z.array(z.object({ name: z.string() })).default([]),
    keywords: z.array(z.string()).default([]),
    publication_date: z.string().default(''),
    resource_type: z.object({ type: z.string() }).optional(),
    relations: z
      .object({ version: z.array(z.object({ index: z.number().int() })).default([]) })
      .optional(),
  }),
});

/** Asks for the texts that a community of Zenodo got within the window, newest first. */
export const fetchZenodo: FetchPage = async ({ address, window, start }, source) => {
  const days = `[${dayOf(window.from)} TO ${dayOf(window.to)}]`;
  const bytes = await askSource(source, {
    kind: 'zenodo',
    path: '/api/records',
    params: {
      q: `created:${days}`,
      communities: address,
      type: 'publication',
      sort: 'mostrecent',
      size: String(SOURCES.zenodo.pageSize),
      page: pageNumber('zenodo', start),
    },
  });
  return parseZenodo(bytes, start);
};

/** Reads one page of Zenodo's records that began at `start`. */
export async function parseZenodo(bytes: Uint8Array, start = 0): Promise<Page> {
  const { hits, total } = parseJson(bytes, answerShape).hits;
  const batch = await toPapers(hits, nameItem, (item) => toPaper(checkItem(item, record)));
  const step = SOURCES.zenodo.pageSize;
  return toPage('zenodo', batch, { start, count: hits.length, total, step });
}

/** A record is one version; what stays is the DOI of all of them. */
function toPaper({ id, created, doi, conceptdoi, metadata }: z.infer<typeof record>): Paper {
  const { type } = metadata.resource_type ?? {};
  if (type !== undefined && type !== 'publication') {
    throw new Error(`It is no paper: its type is ${type}.`);
  }
  const { ids } = readIds({ explicit: [conceptdoi ?? doi ?? ''] });
  const isLater = (metadata.relations?.version[0]?.index ?? 0) > 0;
  return buildPaper({
    title: metadata.title,
    abstract: metadata.description,
    authors: metadata.creators.flatMap(({ name }) => parseAuthors([name], { isInverted: true })),
    categories: [],
    keywords: metadata.keywords,
    ids,
    link: `https://zenodo.org/records/${encodeURIComponent(id)}`,
    ...datePaper(readDate(created), splitDate(metadata.publication_date)),
    announcement: isLater ? 'replace' : 'new',
  });
}

const named = z.object({ metadata: z.unknown() }).catch({ metadata: undefined });

function nameItem(item: unknown, index: number): string {
  return textProperty(named.parse(item).metadata, 'title') ?? `(number ${index + 1} of its page)`;
}

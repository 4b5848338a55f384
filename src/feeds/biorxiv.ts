import { z } from 'zod';
import { readIdentifier, readIds } from '../core/paper/identifier.ts';
import type { Paper } from '../core/paper/paper.ts';
import { parseAuthors } from './authors.ts';
import {
  type FeedRequest,
  type FeedWindow,
  type FetchedFeed,
  type Source,
  toPapers,
} from './fetched.ts';
import { buildPaper } from './fields.ts';
import { checkItem, parseJson, textProperty } from './json.ts';
import { EmptyPage, fetchPages, type Page } from './pages.ts';
import { cleanPreprint } from './preprint-text.ts';
import { readDate } from './texts/dates.ts';

// Source: api.biorxiv.org.
const PAGE_SIZE = 100;

const answerShape = z.object({
  messages: z
    .array(z.object({ status: z.string().default(''), total: z.coerce.number().int().optional() }))
    .default([]),
  collection: z.array(z.unknown()).default([]),
});

const preprint = z.object({
  doi: z.string(),
  title: z.string(),
  authors: z.string().default(''),
  date: z.string().default(''),
  version: z.coerce.string().default('1'),
  category: z.string().default(''),
  abstract: z.string().default(''),
  server: z.string().default(''),
  // bioRxiv says `withdrawn`; medRxiv has one word for all.
  type: z.string().default(''),
  // The DOI of the article that it became, or `NA`.
  published: z.string().nullish(),
});

/**
 * Fetches what bioRxiv or medRxiv posted on the days of the window in one subject or in all,
 * page by page to the end. Further versions come too, announced as `replace`. Source:
 * api.biorxiv.org.
 */
export function fetchBiorxiv(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  return fetchPages(feed, window, async (start, { from, to }) => {
    const days = `${toDay(from)}/${toDay(to)}`;
    const subject = feed.address === 'all' ? '' : `?category=${encodeURIComponent(feed.address)}`;
    const url = `${source.bases.biorxiv}/details/${feed.kind}/${days}/${start}/json${subject}`;
    const { bytes } = await source.fetch({ url, accept: 'application/json' });
    return parseBiorxiv(bytes, start);
  });
}

/** Reads one page of the API that began at `start`. Throws EmptyPage for one below the total. */
export async function parseBiorxiv(bytes: Uint8Array, start = 0): Promise<Page> {
  const { messages, collection } = parseJson(bytes, answerShape);
  const [message] = messages;
  const total = message?.total ?? start + collection.length;
  const end = start + collection.length;
  if (collection.length === 0 && start < total) {
    const reason = message?.status ?? 'nothing';
    const size = PAGE_SIZE;
    throw new EmptyPage(`The page at ${start} of ${total} is empty: ${reason}.`, { size, total });
  }
  const batch = await toPapers(collection, nameItem, toPaper);
  return { ...batch, ...(end < total && { next: end }) };
}

function toPaper(item: unknown): Paper {
  const { doi: identifier, version, server, published, ...found } = checkItem(item, preprint);
  const {
    ids: { doi },
  } = readIds({ explicit: [identifier] });
  if (doi === undefined) throw new Error(`"${identifier.slice(0, 100)}" is not a DOI.`);
  const article = readIdentifier(published ?? '');
  const host = server.toLowerCase() === 'medrxiv' ? 'www.medrxiv.org' : 'www.biorxiv.org';
  return buildPaper({
    title: found.title,
    abstract: cleanPreprint(found.abstract),
    authors: parseAuthors([found.authors]),
    categories: [found.category],
    ids: { doi, ...(article?.scheme === 'doi' && { article: article.id }) },
    link: `https://${host}/content/${doi}v${Number.parseInt(version, 10) || 1}`,
    publishedAt: readDate(found.date),
    announcement: Number(version) > 1 ? 'replace' : 'new',
    kind: isWithdrawn(found) ? 'retraction' : undefined,
  });
}

/** Of a withdrawn one, title and abstract say that and nothing else. */
function isWithdrawn({ type, title }: { type: string; title: string }): boolean {
  return /^withdrawn$/i.test(type) || /^withdrawn:/i.test(title);
}

function nameItem(item: unknown, index: number): string {
  return (
    textProperty(item, 'title') ?? textProperty(item, 'doi') ?? `(number ${index + 1} of its page)`
  );
}

function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

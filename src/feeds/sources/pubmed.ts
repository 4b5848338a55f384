import { z } from 'zod';
import { FeedError } from '../../core/feed/feed.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import type { Source } from '../fetched.ts';
import { toPapers } from '../fetched.ts';
import { parseJson } from '../json.ts';
import type { Page } from '../pages.ts';
import { askSource, dayOf, type FetchPage, mailOf, toPage } from './ask.ts';
import { nameArticle, readArticles, toPaper } from './pubmed-article.ts';

const answerShape = z.object({
  esearchresult: z.object({
    count: z.coerce.number().int().default(0),
    idlist: z.array(z.string()).default([]),
    ERROR: z.string().optional(),
  }),
});

/**
 * Asks for what came into PubMed within the window, by its date of entry: the ids of a search, and
 * then their records. Source: E-utilities in depth, NCBI Bookshelf.
 */
export const fetchPubmed: FetchPage = async ({ address, window, start }, source) => {
  const bytes = await askPubmed(source, 'esearch', {
    term: address,
    retmode: 'json',
    datetype: 'edat',
    mindate: dayOf(window.from).replaceAll('-', '/'),
    maxdate: dayOf(window.to).replaceAll('-', '/'),
    retstart: String(start),
    retmax: String(SOURCES.pubmed.pageSize),
  });
  const { count: total, idlist, ERROR: error } = parseJson(bytes, answerShape).esearchresult;
  if (error) throw new FeedError('source-error', `PubMed says: ${error.slice(0, 300)}`);
  const place = { start, count: idlist.length, total };
  if (idlist.length === 0) return toPage('pubmed', { papers: [], refusals: [] }, place);
  const records = await askPubmed(source, 'efetch', { id: idlist.join(','), retmode: 'xml' });
  return toPage('pubmed', await parsePubmed(records, idlist), place);
};

/** Articles by their PMIDs, in no order; what PubMed does not know is missing. */
export async function fetchArticles(ids: readonly string[], source: Source) {
  const records = await askPubmed(source, 'efetch', { id: ids.join(','), retmode: 'xml' });
  return (await parsePubmed(records)).papers;
}

function askPubmed(source: Source, tool: string, params: Readonly<Record<string, string>>) {
  return askSource(source, {
    kind: 'pubmed',
    path: `/entrez/eutils/${tool}.fcgi`,
    accept: tool === 'efetch' ? 'application/xml' : 'application/json',
    params: { db: 'pubmed', ...params, tool: 'paperround', email: mailOf(source) },
  });
}

/** Reads records of PubMed; of the ids `asked` for, those that have none are refused. */
export async function parsePubmed(bytes: Uint8Array, asked: readonly string[] = []): Promise<Page> {
  const articles = readArticles(bytes);
  const batch = await toPapers(articles, nameArticle, toPaper);
  const given = new Set(articles.map(({ MedlineCitation: { PMID } }) => PMID));
  const missing = asked
    .filter((id) => !given.has(id))
    .map((id) => ({ item: `PMID ${id}`, reason: 'PubMed lists it and gives no record of it.' }));
  return { ...batch, refusals: [...batch.refusals, ...missing] };
}

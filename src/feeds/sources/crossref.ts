import { z } from 'zod';
import { FeedError } from '../../core/feed/feed.ts';
import { type DateParts, datePaper } from '../../core/feed/source-dates.ts';
import { SOURCES } from '../../core/feed/sources.ts';
import { readIdentifier, readIds } from '../../core/paper/identifier.ts';
import { readKind } from '../../core/paper/kind.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { type FeedWindow, type Source, toPapers } from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { checkItem, parseJson } from '../json.ts';
import type { Page } from '../pages.ts';
import { readDate } from '../texts/dates.ts';
import { askSource, dayOf, type FetchPage, mailOf, toPage } from './ask.ts';
import { joinName, partHeadings } from './texts.ts';

const texts = z.array(z.string().nullish()).nullish();
const dates = z.object({ 'date-parts': z.array(z.array(z.number().nullish())).optional() });
const tie = z.object({ id: z.string() });

const answerShape = z.object({
  message: z.object({ 'total-results': z.number().int(), items: z.array(z.unknown()) }),
});

const work = z.object({
  DOI: z.string(),
  title: texts,
  abstract: z.string().nullish(),
  type: z.string().default(''),
  subtype: z.string().nullish(),
  'group-title': z.string().nullish(),
  author: z
    .array(
      z.object({
        given: z.string().nullish(),
        family: z.string().nullish(),
        suffix: z.string().nullish(),
        name: z.string().nullish(),
      }),
    )
    .nullish(),
  'update-to': z.array(z.object({ DOI: z.string(), type: z.string() })).nullish(),
  relation: z.object({ 'is-preprint-of': z.array(tie).optional() }).nullish(),
  created: z.object({ 'date-time': z.string() }).optional(),
  'published-online': dates.optional(),
  issued: dates.optional(),
});
type Work = z.infer<typeof work>;

/** The types of what is read; a component is a figure or a supplement, and posted content may be a blog. */
const TEXTS: readonly string[] = [
  ...['journal-article', 'posted-content', 'proceedings-article', 'book-chapter', 'book'],
  ...['monograph', 'report', 'dissertation'],
];

/** Asks for what Crossref learned of within the window, by its `created` and nothing else. */
export const fetchCrossref: FetchPage = async ({ address, window, start }, source) => {
  const [first = '', ...funder] = address.split('/');
  const isFunder = first === 'funder';
  const bytes = await askSource(source, {
    kind: 'crossref',
    path: isFunder ? `/funders/${funder.join('/')}/works` : `/journals/${address}/works`,
    unknown: isFunder ? `funder ${funder.join('/')}` : `journal with the ISSN ${address}`,
    params: {
      filter: filterOf(window),
      sort: 'created',
      order: 'desc',
      rows: String(SOURCES.crossref.pageSize),
      offset: String(start),
      mailto: mailOf(source),
    },
  });
  return parseCrossref(bytes, start);
};

/** Works by their DOIs, in no order; what Crossref does not know, or is no text, is missing. */
export async function fetchWorks(dois: readonly string[], source: Source): Promise<Paper[]> {
  // A comma parts filters, so a DOI with one is asked for alone.
  const listed = dois.filter((doi) => !doi.includes(','));
  const papers: Paper[] = [];
  if (listed.length > 0) {
    const filter = listed.map((doi) => `doi:${doi}`).join(',');
    const params = { filter, rows: String(listed.length), mailto: mailOf(source) };
    const bytes = await askSource(source, { kind: 'crossref', path: '/works', params });
    papers.push(...(await parseCrossref(bytes)).papers);
  }
  for (const doi of dois.filter((one) => one.includes(','))) {
    papers.push(...(await fetchWork(doi, source)));
  }
  return papers;
}

const MOST_CANDIDATES = 5;

/** Works that have the words of a title and an author, the likeliest first. */
export async function fetchLike(
  { title, author }: { readonly title: string; readonly author: string },
  source: Source,
): Promise<readonly Paper[]> {
  const params = {
    'query.bibliographic': title,
    'query.author': author,
    rows: String(MOST_CANDIDATES),
    mailto: mailOf(source),
  };
  const bytes = await askSource(source, { kind: 'crossref', path: '/works', params });
  return (await parseCrossref(bytes)).papers;
}

async function fetchWork(doi: string, source: Source): Promise<readonly Paper[]> {
  const path = `/works/${encodeURIComponent(doi)}`;
  const params = { mailto: mailOf(source) };
  try {
    const bytes = await askSource(source, { kind: 'crossref', path, params, unknown: doi });
    const { message } = parseJson(bytes, z.object({ message: z.unknown() }));
    return (await toPapers([message], nameItem, (item) => toPaper(checkItem(item, work)))).papers;
  } catch (error) {
    if (error instanceof FeedError && error.status === 404) return [];
    throw error;
  }
}

/** Filters of one name mean any of them. */
function filterOf({ from, to }: FeedWindow): string {
  const days = [`from-created-date:${dayOf(from)}`, `until-created-date:${dayOf(to)}`];
  return [...days, ...TEXTS.map((type) => `type:${type}`)].join(',');
}

/** Reads one page of Crossref's works that began at `start`. */
export async function parseCrossref(bytes: Uint8Array, start = 0): Promise<Page> {
  const { message } = parseJson(bytes, answerShape);
  const { items, 'total-results': total } = message;
  const batch = await toPapers(items, nameItem, (item) => toPaper(checkItem(item, work)));
  return toPage('crossref', batch, { start, count: items.length, total });
}

function toPaper(found: Work): Paper {
  if (!isText(found))
    throw new Error(`It is no paper: its type is ${found.subtype ?? found.type}.`);
  const { ids, version = 1 } = readIds({ explicit: [found.DOI] });
  if (ids.doi === undefined && ids.arxiv === undefined) {
    throw new Error(`"${found.DOI.slice(0, 100)}" is not a DOI.`);
  }
  const title = found.title?.find(Boolean) ?? '';
  const article = readIdentifier(found.relation?.['is-preprint-of']?.[0]?.id ?? '');
  const came = readDate(found.created?.['date-time'] ?? '');
  return buildPaper({
    title,
    abstract: partHeadings(found.abstract ?? '', title),
    authors: (found.author ?? []).flatMap(({ name, ...person }) =>
      joinName({ ...person, group: name }),
    ),
    categories: found['group-title'] ? [found['group-title']] : [],
    ids: { ...ids, ...(article?.scheme === 'doi' && { article: article.id }) },
    link: `https://doi.org/${found.DOI}`,
    ...datePaper(came, printedOn(found)),
    announcement: version > 1 ? 'replace' : undefined,
    kind: kindOf(found, title),
  });
}

function isText({ type, subtype }: Work): boolean {
  if (type === 'posted-content') return !subtype || subtype === 'preprint';
  return type === '' || TEXTS.includes(type);
}

/** A new version names its own DOI, and is no correction. */
function kindOf({ DOI, 'update-to': updates }: Work, title: string): PaperKind {
  const others = (updates ?? []).filter((update) => update.DOI.toLowerCase() !== DOI.toLowerCase());
  for (const { type } of others) {
    if (/^(?:retraction|partial_retraction|withdrawal|removal)$/.test(type)) return 'retraction';
    if (type !== 'new_version' && type !== 'new_edition') return 'correction';
  }
  return readKind({ title, sections: [], links: [] }).kind;
}

function printedOn({ issued, 'published-online': online }: Work): DateParts {
  return online?.['date-parts']?.[0] ?? issued?.['date-parts']?.[0] ?? [];
}

function nameItem(item: unknown, index: number): string {
  const { title, DOI } = named.parse(item);
  return (title?.find(Boolean) ?? DOI ?? `(number ${index + 1} of its page)`).slice(0, 120);
}

const named = z
  .object({ title: texts.catch(null), DOI: z.string().nullish().catch(null) })
  .catch({ title: null, DOI: null });

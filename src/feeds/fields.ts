import type { PaperKind } from '../core/paper/kinds.ts';
import {
  type Author,
  type Paper,
  type PaperIds,
  parseArxivId,
  parseDoi,
} from '../core/paper/paper.ts';
import { cleanAbstract, cleanName, cleanTitle } from '../core/text/text.ts';
import { repairEncoding } from './charset.ts';

// The longest real titles, markup and all, stay far below.
const MAX_RAW_TITLE = 10_000;
const MAX_AUTHORS = 10_000;
const MAX_CATEGORIES = 50;

/** What an adapter found in one item, as the feed wrote it. */
export interface PaperFields {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly ids: PaperIds;
  readonly link?: string | undefined;
  readonly publishedAt?: Date | undefined;
  readonly announcedAt?: Date | undefined;
  readonly upvotes?: number | undefined;
  readonly announcement?: Paper['announcement'] | undefined;
  readonly kind?: PaperKind | undefined;
}

/**
 * Makes the paper, its texts cleaned and bounded. Throws with the reason where it has no usable
 * title, or is matter of an issue and no text.
 */
export function buildPaper(fields: PaperFields): Paper {
  const { link, publishedAt, announcedAt, upvotes, announcement, kind } = fields;
  if (kind === 'matter') throw new Error(MATTER);
  return {
    title: readTitle(fields.title),
    abstract: cleanAbstract(repairEncoding(fields.abstract)),
    authors: fields.authors.slice(0, MAX_AUTHORS),
    categories: readCategories(fields.categories),
    ids: fields.ids,
    ...(link !== undefined && { link }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(announcedAt !== undefined && { announcedAt }),
    ...(upvotes !== undefined && { upvotes }),
    ...(announcement !== undefined && { announcement }),
    ...(kind !== undefined && kind !== 'paper' && { kind }),
  };
}

const MATTER = 'It is no paper but matter of an issue: cover, contents, board or the like.';

function readTitle(raw: string): string {
  if (raw.length > MAX_RAW_TITLE) throw new Error(`Its title has ${raw.length} characters.`);
  const title = cleanTitle(repairEncoding(raw));
  if (title === '') throw new Error('It has no title.');
  return title;
}

function readCategories(raw: readonly string[]): string[] {
  const cleaned = raw.slice(0, MAX_CATEGORIES).map((text) => cleanName(text));
  return [...new Set(cleaned.filter(Boolean))];
}

/** The first http(s) address among some, without what only tells where the reader came from. */
export function readLink(candidates: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const text = candidate.trim().slice(0, 2000);
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) continue;
    const url = new URL(text);
    for (const name of [...url.searchParams.keys()]) {
      if (/^(utm_.*|rss|af|fc|ff)$/i.test(name)) url.searchParams.delete(name);
    }
    url.username = '';
    url.password = '';
    return url.href;
  }
  return undefined;
}

/** Finds every id in some texts (identifiers, guids, links), each read by where it stands. */
export function readIds(candidates: readonly string[]): PaperIds {
  const ids: { arxiv?: string; doi?: string; pmid?: string } = {};
  for (const candidate of candidates.map((text) => text.trim().slice(0, 500))) {
    const doi = readDoi(candidate);
    // arXiv's own DOIs say no more than the id, and differ from the journal's.
    const arxiv = readArxiv(doi?.replace(/^10\.48550\/arxiv\./, 'arxiv:') ?? candidate);
    const pmid = /(?:^pmid:\s*|^pubmed:\s*|pubmed\.ncbi\.nlm\.nih\.gov\/)(\d{1,9})/i.exec(
      candidate,
    )?.[1];
    if (arxiv) ids.arxiv ??= arxiv;
    else if (doi) ids.doi ??= doi;
    else if (pmid) ids.pmid ??= pmid;
  }
  return ids;
}

function readArxiv(text: string): string | undefined {
  return /arxiv/i.test(text.slice(0, 40)) ? parseArxivId(text) : undefined;
}

/** Also from a publisher's page (`/doi/10.…`, `/content/10.…v2`); preprint DOIs lose their version. */
function readDoi(text: string): string | undefined {
  const inPath =
    /^https?:\/\/[^/]+\/(?:.*\/)?(?:doi|content)\/(?:[a-z]+\/)?(10\.\d{4,9}\/[^?#\s]+)/i;
  const found = parseDoi(text) ?? parseDoi(decodePath(inPath.exec(text)?.[1] ?? ''));
  return found?.replace(/^(10\.(?:1101|64898)\/[\d.]+)v\d+(?:\..*)?$/, '$1');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

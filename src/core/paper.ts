import { createHash } from 'node:crypto';

/** One work as the store and the pages know it, all its versions and feeds together. */
export interface Paper {
  /** Cleaned text: no markup, no TeX, one line. */
  readonly title: string;
  /** Cleaned text; empty where the feed gave none. */
  readonly abstract: string;
  readonly authors: readonly Author[];
  /** As the feed spells them, the primary one first. */
  readonly categories: readonly string[];
  /** An http(s) address for people, where one is known. */
  readonly link?: string;
  /** When the work was published or announced, where the feed says so. */
  readonly publishedAt?: Date;
  /** Votes on the feed's own site (Hugging Face), where it has them. */
  readonly upvotes?: number;
  readonly announcement?: Announcement;
  readonly ids: PaperIds;
}

/** One author's name in reading order, cleaned. */
export interface Author {
  readonly name: string;
  readonly affiliations?: readonly string[];
}

/** How arXiv announced it, relative to the categories asked for. */
export type Announcement = 'new' | 'cross' | 'replace' | 'replace-cross';

/** Whether a paper was announced as one: a new version of a known work is not a new paper. */
export function isFreshAnnouncement(paper: Pick<Paper, 'announcement'>): boolean {
  return paper.announcement !== 'replace' && paper.announcement !== 'replace-cross';
}

/** Every identifier a feed gave; each is in canonical form, see `paperKeys`. */
export interface PaperIds {
  /** Base id without version: `2505.01234` or `astro-ph/0601001`. */
  readonly arxiv?: string;
  /** Lower case, without resolver: `10.1101/2025.05.07.652345`. */
  readonly doi?: string;
  readonly pmid?: string;
}

/**
 * The canonical keys of a paper, strongest first: arXiv base id, DOI, PMID, the link
 * where there is no id, and always the folded title. The first key names the paper;
 * a paper that shares an id or the link with a known one is that paper. The title key
 * joins only papers whose ids do not contradict each other (see `isSamePaper`).
 */
export function paperKeys(paper: Pick<Paper, 'ids' | 'link' | 'title'>): string[] {
  const { arxiv, doi, pmid } = paper.ids;
  const keys: string[] = [];
  if (arxiv) keys.push(`arxiv:${arxiv}`);
  if (doi) keys.push(`doi:${doi}`);
  if (pmid) keys.push(`pmid:${pmid}`);
  if (keys.length === 0 && paper.link) keys.push(`link:${foldLink(paper.link)}`);
  const folded = foldTitle(paper.title);
  keys.push(`title:${createHash('sha256').update(folded).digest('hex').slice(0, 32)}`);
  return keys;
}

/** Whether two sets of keys can be one paper: none of their id schemes disagree. */
export function isSamePaper(a: readonly string[], b: readonly string[]): boolean {
  const known = new Map(a.filter((key) => !key.startsWith('title:')).map((key) => keyParts(key)));
  return b.every((key) => {
    const [scheme, value] = keyParts(key);
    return scheme === 'title' || !known.has(scheme) || known.get(scheme) === value;
  });
}

function keyParts(key: string): [scheme: string, value: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** The title's letters and digits alone, without accents, case or spaces. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A link without what changes from feed to feed: scheme, `www.`, fragment, tracking. */
function foldLink(link: string): string {
  const url = new URL(link);
  for (const name of [...url.searchParams.keys()]) {
    if (/^(utm_.*|rss|fc|ff|v)$/i.test(name)) url.searchParams.delete(name);
  }
  const query = url.searchParams.size > 0 ? `?${url.searchParams}` : '';
  return `${url.hostname.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${query}`;
}

/** Reads an arXiv id in any of its spellings (`oai:arXiv.org:…v2`, abs or pdf link); the base id, or undefined. Source: arXiv identifier help page. */
export function parseArxivId(text: string): string | undefined {
  const match =
    /(?:^|arxiv(?:\.org)?[:/]|\/(?:abs|pdf|html)\/)\s*((?:\d{4}\.\d{4,5})|(?:[a-z-]+(?:\.[A-Z]{2})?\/\d{7}))(?:v\d+)?(?:\.pdf)?(?:[?#].*)?$/i.exec(
      text.trim(),
    );
  return match?.[1]?.toLowerCase();
}

/** Reads a DOI, bare or behind a resolver or `doi:`; lower case, or undefined. Source: ISO 26324; DOIs ignore case. */
export function parseDoi(text: string): string | undefined {
  const match = /(?:^|doi\.org\/|doi:\s*)(10\.\d{4,9}\/\S+)$/i.exec(text.trim());
  return match?.[1]?.replace(/[.,;]+$/, '').toLowerCase();
}

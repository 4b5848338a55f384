import { createHash } from 'node:crypto';
import { isAmendment } from './kind.ts';
import type { PaperKind } from './kinds.ts';

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
  /** When the feed took it up, where that is another day: Hugging Face's daily papers. Not stored. */
  readonly announcedAt?: Date;
  /** Votes on the feed's own site (Hugging Face), where it has them. */
  readonly upvotes?: number;
  readonly announcement?: Announcement;
  readonly ids: PaperIds;
  /** What it is, where it is more or less than a paper. */
  readonly kind?: PaperKind;
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
 * The canonical keys of a paper, strongest first: arXiv base id (also from arXiv's own DOI),
 * DOI, PMID, the link, and always the folded title. The first key names the paper. Which
 * papers they join, `isSamePaper` says.
 */
export function paperKeys(paper: Pick<Paper, 'ids' | 'link' | 'title'>): string[] {
  const { doi, pmid } = paper.ids;
  const registered = doi && ARXIV_DOI.exec(doi)?.[1];
  const arxiv = paper.ids.arxiv ?? registered;
  const keys: string[] = [];
  if (arxiv) keys.push(`arxiv:${arxiv}`);
  if (doi && !registered) keys.push(`doi:${doi}`);
  if (pmid) keys.push(`pmid:${pmid}`);
  // The link of an arXiv paper says no more than its id.
  if (paper.link && !arxiv) keys.push(`link:${foldLink(paper.link)}`);
  const folded = foldTitle(paper.title) || paper.title;
  keys.push(`title:${createHash('sha256').update(folded).digest('hex').slice(0, 32)}`);
  return keys;
}

// Source: arXiv help, "arXiv identifiers and DOIs".
const ARXIV_DOI = /^10\.48550\/arxiv\.(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/;
const ID_SCHEMES = ['arxiv', 'doi', 'pmid'];

/**
 * Whether two sets of keys that have one in common can be one paper. The strongest scheme
 * of ids that both have decides: a work has one arXiv id, but may have a second DOI. Where
 * they share no scheme, a common link or title is enough, unless neither has an id and
 * their links differ ("Editorial").
 */
export function isSamePaper(a: Iterable<string>, b: Iterable<string>): boolean {
  const [first, second] = [keysByScheme(a), keysByScheme(b)];
  const hasId = [...first.keys(), ...second.keys()].some((scheme) => ID_SCHEMES.includes(scheme));
  const deciding = [...ID_SCHEMES, ...(hasId ? [] : ['link'])].find(
    (scheme) => first.has(scheme) && second.has(scheme),
  );
  if (deciding === undefined) return true;
  const known = first.get(deciding) ?? [];
  return (second.get(deciding) ?? []).some((key) => known.includes(key));
}

function keysByScheme(keys: Iterable<string>): Map<string, string[]> {
  const schemes = new Map<string, string[]>();
  for (const key of keys) {
    const scheme = key.slice(0, key.indexOf(':'));
    schemes.set(scheme, [...(schemes.get(scheme) ?? []), key]);
  }
  return schemes;
}

/**
 * A known paper with what another source adds: what was missing, the longer abstract, what it is,
 * the newest count of votes. The same object where nothing changed.
 */
export function mergePapers(known: Paper, other: Paper): Paper {
  // An amendment that comes under its paper's own id is not what the paper says.
  if (isAmendment(other.kind) && !isAmendment(known.kind)) return known;
  const gained: Partial<Paper> = {
    ...(other.abstract.length > known.abstract.length && { abstract: other.abstract }),
    ...(known.authors.length === 0 && other.authors.length > 0 && { authors: other.authors }),
    ...(known.categories.length === 0 &&
      other.categories.length > 0 && { categories: other.categories }),
    ...(!known.link && other.link && { link: other.link }),
    ...(!known.publishedAt && other.publishedAt && { publishedAt: other.publishedAt }),
    ...(other.upvotes !== undefined &&
      other.upvotes !== known.upvotes && { upvotes: other.upvotes }),
    ...(!known.kind && other.kind && { kind: other.kind }),
    ...(hasNewId(known.ids, other.ids) && { ids: { ...other.ids, ...known.ids } }),
  };
  return Object.keys(gained).length === 0 ? known : { ...known, ...gained };
}

function hasNewId(known: PaperIds, other: PaperIds): boolean {
  return Object.keys(other).some((scheme) => !Object.hasOwn(known, scheme));
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

/**
 * Reads an arXiv id in any of its spellings (`oai:arXiv.org:…v2`, abs or pdf link); the base
 * id without an old id's subject class, or undefined. Source: arXiv identifier help page.
 */
export function parseArxivId(text: string): string | undefined {
  const match =
    /(?:^|arxiv(?:\.org)?[:/]|\/(?:abs|pdf|html)\/)\s*((?:\d{4}\.\d{4,5})|(?:[a-z-]+(?:\.[A-Z]{2})?\/\d{7}))(?:v\d+)?(?:\.pdf)?(?:[?#].*)?$/i.exec(
      text.trim(),
    );
  return match?.[1]?.toLowerCase().replace(/^([a-z-]+)\.[a-z]{2}\//, '$1/');
}

/** Reads a DOI, bare or behind a resolver or `doi:`; lower case, or undefined. Source: ISO 26324; DOIs ignore case. */
export function parseDoi(text: string): string | undefined {
  const match = /(?:^|doi\.org\/|doi:\s*)(10\.\d{4,9}\/\S+)$/i.exec(text.trim());
  return match?.[1]?.replace(/[.,;]+$/, '').toLowerCase();
}

import { findNearest, isCategory } from './arxiv-category.ts';
import { BIORXIV_SUBJECTS } from './biorxiv-subjects.ts';
import { readServerPage } from './server-pages.ts';
import { SOURCE_FORMS } from './source-forms.ts';
import { isSourceKind, SOURCE_KINDS, type SourceKind } from './sources.ts';

/** What kinds of upstream there are; each is read by an adapter of its own. */
export const FEED_KINDS = [
  'arxiv',
  'arxiv-query',
  'huggingface',
  'biorxiv',
  'medrxiv',
  ...SOURCE_KINDS,
  'feed',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/**
 * A feed in canonical form. `address` is, by kind: arXiv categories joined by `+`; an arXiv search or
 * `id_list=…`; `daily`; a subject of bioRxiv or medRxiv, or `all`; what `SOURCE_FORMS` says; a URL.
 */
export interface FeedAddress {
  readonly kind: FeedKind;
  readonly address: string;
}

/** An item that a feed gave and that did not become a paper, with the reason in words. */
export interface Refusal {
  readonly item: string;
  readonly reason: string;
}

export type FeedErrorCode =
  | 'bad-address'
  | 'private-address'
  | 'too-large'
  | 'too-many-redirects'
  | 'timeout'
  | 'network'
  | 'status'
  | 'busy'
  | 'not-a-feed'
  | 'malformed'
  | 'source-error'
  | 'cancelled';

/** A feed that could not be read as a whole; the message is a plain sentence for an operator. */
export class FeedError extends Error {
  readonly code: FeedErrorCode;
  /** The HTTP status, where the feed answered with one that is no success. */
  readonly status?: number;
  /** How long the feed asked us to stay away, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(code: FeedErrorCode, message: string, details: FeedErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'FeedError';
    this.code = code;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

export interface FeedErrorDetails {
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const FORMS = `Forms:
  arxiv:cs.CL+cs.LG
  arxiv-query:cat:cs.LG AND abs:diffusion   or   arxiv-query:id_list=2402.10149,2508.13426
  huggingface:daily
  biorxiv:neuroscience   or   biorxiv:all   (medrxiv: likewise)
${Object.values(SOURCE_FORMS)
  .map(({ examples }) => `  ${examples.join('   or   ')}`)
  .join('\n')}
  https://example.org/feed.xml   (RSS, Atom, RDF or JSON Feed)`;

const PARSERS: Record<Exclude<FeedKind, SourceKind | 'feed'>, (rest: string) => string> = {
  arxiv: parseArxivCategories,
  'arxiv-query': parseArxivQuery,
  huggingface: parseDaily,
  biorxiv: parseBiorxivSubject,
  medrxiv: parseSubject,
};

/**
 * Reads what an operator types for a feed: a kind with its address, or a URL, whose host
 * may tell the kind. Throws FeedError `bad-address` with what was wrong and all forms.
 */
export function parseFeedAddress(text: string): FeedAddress {
  const [, scheme = '', rest = ''] = /^([a-z-]+):(.*)$/is.exec(text.trim()) ?? [];
  const kind = scheme.toLowerCase();
  if (kind === 'http' || kind === 'https') return parseUrl(text.trim());
  if (isSourceKind(kind)) return { kind, address: parseSource(kind, rest) };
  if (!isNamedKind(kind)) throw badAddress(`"${text.trim()}" names no kind of feed.`);
  return { kind, address: PARSERS[kind](rest.trim()) };
}

/** Writes a feed as an operator may type it; `parseFeedAddress` gives the same feed back. */
export function buildFeedAddress(feed: FeedAddress): string {
  return feed.kind === 'feed' ? feed.address : `${feed.kind}:${feed.address}`;
}

/** The feed's public URL, for OPML and for people; `parseFeedAddress` gives the same feed back. */
export function buildFeedUrl({ kind, address }: FeedAddress): string {
  if (kind === 'arxiv') return `https://rss.arxiv.org/rss/${address}`;
  if (kind === 'huggingface') return 'https://huggingface.co/api/daily_papers';
  if (kind === 'arxiv-query') {
    const query = /^id_list=(.*)$/.exec(address)?.[1];
    const params = new URLSearchParams(query ? { id_list: query } : { search_query: address });
    return `https://export.arxiv.org/api/query?${params}`;
  }
  if (kind === 'biorxiv' || kind === 'medrxiv') {
    const subject = address === 'all' ? '' : `?category=${address}`;
    return `https://api.biorxiv.org/details/${kind}${subject}`;
  }
  return kind === 'feed' ? address : SOURCE_FORMS[kind].page(address);
}

function parseSource(kind: SourceKind, text: string): string {
  const { parse, what } = SOURCE_FORMS[kind];
  const address = parse(text.trim());
  if (address === undefined) throw badAddress(`"${text.trim().slice(0, 100)}" is not ${what}.`);
  return address;
}

function isNamedKind(kind: string): kind is keyof typeof PARSERS {
  return Object.hasOwn(PARSERS, kind);
}

function badAddress(what: string): FeedError {
  return new FeedError('bad-address', `${what}\n${FORMS}`);
}

function parseUrl(text: string): FeedAddress {
  if (!URL.canParse(text)) throw badAddress(`"${text}" is not a URL.`);
  const url = new URL(text);
  if (url.username || url.password) {
    throw badAddress('A feed address must not hold a name or password.');
  }
  url.hash = '';
  return parseKnownHost(url) ?? { kind: 'feed', address: url.href };
}

function parseKnownHost(url: URL): FeedAddress | undefined {
  const { hostname, pathname, searchParams } = url;
  const categories = /^\/(?:rss|atom)\/([^/]+)$/.exec(pathname)?.[1];
  if (/^(rss|export)\.arxiv\.org$/.test(hostname) && categories) {
    return { kind: 'arxiv', address: parseArxivCategories(decodeURIComponent(categories)) };
  }
  if (/^(export\.)?arxiv\.org$/.test(hostname) && pathname === '/api/query') {
    return { kind: 'arxiv-query', address: parseArxivQuery(queryOf(searchParams)) };
  }
  if (hostname === 'huggingface.co' && /^\/(api\/daily_)?papers\/?$/.test(pathname)) {
    return { kind: 'huggingface', address: 'daily' };
  }
  const server = /^\/details\/(biorxiv|medrxiv)(\/|$)/.exec(pathname)?.[1];
  if (hostname === 'api.biorxiv.org' && (server === 'biorxiv' || server === 'medrxiv')) {
    return { kind: server, address: PARSERS[server](searchParams.get('category') ?? 'all') };
  }
  const list = readServerPage(url);
  if (list) return { kind: list.kind, address: PARSERS[list.kind](list.name) };
  return readSourcePage(url);
}

/** A page of a source that is known, whatever of it cannot be read: then it is any other page. */
function readSourcePage(url: URL): FeedAddress | undefined {
  for (const kind of SOURCE_KINDS) {
    const named = SOURCE_FORMS[kind].read(url);
    const address = named === undefined ? undefined : SOURCE_FORMS[kind].parse(named);
    if (address !== undefined) return { kind, address };
  }
  return undefined;
}

function queryOf(params: URLSearchParams): string {
  const ids = params.get('id_list');
  const search = params.get('search_query');
  if (ids && search) throw badAddress('An arXiv query is either a search or an id_list, not both.');
  return ids ? `id_list=${ids}` : (search ?? '');
}

/** arXiv ignores case; one spelling makes one feed of what is the same. */
function parseArxivCategories(text: string): string {
  const categories = text.split(/[+,\s]+/).filter(Boolean);
  if (categories.length === 0) throw badAddress('No arXiv category is named.');
  return [...new Set(categories.map(findArxivCategory))].join('+');
}

function findArxivCategory(text: string): string {
  const category = parseArxivCategory(text);
  if (isCategory(category)) return category;
  const nearest = findNearest(category).join(', ');
  throw badAddress(`arXiv has no category "${category}". Nearest: ${nearest}.`);
}

function parseArxivCategory(text: string): string {
  const [, archive, subject] = /^([a-z]+(?:-[a-z]+)?)(?:\.([a-z-]+))?$/i.exec(text) ?? [];
  if (!archive) throw badAddress(`"${text}" is not an arXiv category such as cs.CL or hep-ph.`);
  if (!subject) return archive.toLowerCase();
  // Two letters are a code (`cs.LG`), more are a word (`cond-mat.mes-hall`).
  const spelt = subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase();
  return `${archive.toLowerCase()}.${spelt}`;
}

function parseArxivQuery(text: string): string {
  const query = text.replace(/^search_query=/i, '').trim();
  if (!query) throw badAddress('The arXiv query is empty.');
  const ids = /^id_list=(.*)$/i.exec(query)?.[1];
  if (ids === undefined) return query.replace(/\s+/g, ' ');
  const listed = ids.split(/[,\s]+/).filter(Boolean);
  if (listed.length === 0) throw badAddress('The id_list is empty.');
  return `id_list=${listed.join(',')}`;
}

function parseDaily(text: string): string {
  if (text.toLowerCase() !== 'daily') throw badAddress(`huggingface has "daily" only.`);
  return 'daily';
}

function parseSubject(text: string): string {
  const subject = text
    .toLowerCase()
    .split(/[\s_-]+/)
    .join('_');
  if (!/^[a-z_()/]+$/.test(subject)) throw badAddress(`"${text}" is not a subject.`);
  return subject;
}

/** bioRxiv answers a subject that it does not have with an empty list, so we ask first. */
function parseBiorxivSubject(text: string): string {
  const subject = parseSubject(text);
  if (subject === 'all' || BIORXIV_SUBJECTS.includes(subject)) return subject;
  throw badAddress(
    `bioRxiv has no subject "${text}". It has: ${BIORXIV_SUBJECTS.join(', ').replaceAll('_', ' ')}.`,
  );
}

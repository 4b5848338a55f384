import type { Author, Paper } from '../core/paper/paper.ts';
import { cleanAbstract } from '../core/text/text.ts';
import { parseAuthors, toAuthor } from './authors.ts';
import {
  type Batch,
  conditions,
  type FeedRequest,
  type FetchedFeed,
  MAX_ITEMS,
  type Source,
  toPapers,
  unchanged,
  validators,
} from './fetched.ts';
import { buildPaper, readDate, readLink } from './fields.ts';
import { dropSharedIds, readIdentity } from './identity.ts';
import { nameOf, type RawEntry, textOf, textsOf } from './raw-feed.ts';
import { brokenItems, parseFeedBytes } from './xml.ts';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';
// Shorter than this it may be a teaser, and a longer text of the same item is better.
const FULL_ABSTRACT = 200;

import { cleanPreprint } from './preprint-text.ts';

/** Fetches any RSS, Atom, RDF or JSON Feed: PubMed searches, journals, bioRxiv's subjects. */
export async function fetchPlainFeed(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const answer = await source.fetch({ url: feed.address, accept: ACCEPT, ...conditions(feed) });
  if (answer.isUnchanged) return unchanged(answer);
  const { bytes, contentType } = answer;
  const { papers, refusals, isWhole } = await parsePlainFeed(bytes, contentType, feed.address);
  return { status: 'fetched', papers, refusals, complete: isWhole, ...validators(answer) };
}

/** Reads a feed of any format and publisher, from its address. Throws FeedError where it is none. */
export async function parsePlainFeed(
  bytes: Uint8Array,
  contentType = '',
  address = '',
): Promise<Batch & { readonly isWhole: boolean }> {
  const raw = await parseFeedBytes(bytes, contentType);
  const { papers, refusals } = await toPapers(raw.entries, nameOf, (entry) =>
    toPaper(entry, address),
  );
  const isWhole = raw.isWhole && raw.entries.length <= MAX_ITEMS;
  return { papers: dropSharedIds(papers), refusals: [...refusals, ...brokenItems(raw)], isWhole };
}

function toPaper(entry: RawEntry, address: string): Paper {
  const links = [
    ...entry.links.filter(({ rel }) => rel === 'alternate').map(({ href }) => href),
    ...textsOf(entry, 'prism:url'),
    ...textsOf(entry, 'guid'),
    ...textsOf(entry, 'id'),
  ];
  return buildPaper({
    title: textOf(entry, 'title', 'dc:title'),
    abstract: isPreprint(links) ? cleanPreprint(readAbstract(entry)) : readAbstract(entry),
    authors: readAuthors(entry),
    categories: entry.terms.length > 0 ? entry.terms : textsOf(entry, 'dc:subject'),
    ...readIdentity(entry, address),
    link: readLink(links),
    // Wiley's dc:date is twelve hours off where its pubDate is right, so dc:date comes later.
    publishedAt: ['pubDate', 'published', 'dc:date', 'prism:publicationDate', 'updated']
      .map((name) => readDate(textOf(entry, name)))
      .find((date) => date !== undefined),
  });
}

function readAuthors(entry: RawEntry): Author[] {
  if (entry.persons.length === 1) return parseAuthors(entry.persons.map(({ name }) => name));
  if (entry.persons.length > 1) {
    return entry.persons.flatMap(({ name, affiliations }) => toAuthor(name, affiliations));
  }
  const creators = textsOf(entry, 'dc:creator');
  if (creators.length > 0) return parseAuthors(creators);
  const authors = textsOf(entry, 'author');
  if (authors.length > 0) return parseAuthors(authors);
  return parseAuthors([authorsInText(textOf(entry, 'description'))]);
}

/** ScienceDirect has its authors only as a paragraph of the description. */
function authorsInText(description: string): string {
  return /<p>\s*Author\(s\):([^<]*)<\/p>/i.exec(description)?.[1]?.trim() ?? '';
}

function readAbstract(entry: RawEntry): string {
  if (isPubmed(entry)) return pubmedAbstract(textOf(entry, 'content:encoded'));
  const texts = ['dc:description', 'description', 'summary', 'content:encoded', 'content']
    .map((name) => dropCitation(textOf(entry, name), textOf(entry, 'prism:publicationName')))
    .map((text) => ({ text, length: cleanAbstract(text).length }))
    .filter(({ length }) => length > 0);
  const full = texts.find(
    ({ text, length }) => length >= FULL_ABSTRACT && !/(…|\.\.\.)\s*$/.test(text),
  );
  const longest = texts.toSorted((a, b) => b.length - a.length)[0];
  return (full ?? longest)?.text ?? '';
}

function isPreprint(links: readonly string[]): boolean {
  return links.some((link) => /^https?:\/\/(?:\w+\.)?(?:bio|med)rxiv\.org\//.test(link));
}

function isPubmed(entry: RawEntry): boolean {
  return /^pubmed:/.test(textOf(entry, 'guid'));
}

/** PubMed cuts its descriptions; the whole stands between two marks, or there is none. */
function pubmedAbstract(html: string): string {
  const start = /<b>\s*ABSTRACT\s*<\/b>\s*<\/p>/i.exec(html);
  if (!start) return '';
  const rest = html.slice(start.index + start[0].length);
  const end = rest.search(/<p[^<>]{0,100}>\s*PMID:/i);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Where and when it appeared is no abstract: Wiley, ScienceDirect and Nature put it in front or alone. */
function dropCitation(text: string, publication: string): string {
  if (publication && text.startsWith(`${publication},`)) return '';
  if (/^\s*<p>\s*Publication date:/i.test(text)) return '';
  return text.replace(/^\s*<p>[^<]{0,300}<a [^<>]{0,300}>\s*doi:[^<]{0,200}<\/a>\s*<\/p>/i, '');
}

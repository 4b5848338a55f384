import Parser from 'rss-parser';
import type { RawEntry, RawFeed, RawLink, RawPerson } from './raw-feed.ts';

// Only what rss-parser needs to find its way keeps its name. All other elements are renamed
// and come through as custom fields: for the known names rss-parser derives values of its
// own, which takes seconds on hostile text (its snippets), keeps the first of several
// authors, and throws away a whole Atom feed for one bad date.
const STRUCTURE = new Set(['feed', 'rss', 'rdf:RDF', 'channel', 'item', 'entry']);
const PREFIX = 'raw:';

const TEXTS = [
  'title',
  'id',
  'guid',
  'link',
  'description',
  'summary',
  'content',
  'content:encoded',
  'author',
  'category',
  'pubDate',
  'published',
  'updated',
  'dc:title',
  'dc:creator',
  'dc:date',
  'dc:description',
  'dc:identifier',
  'dc:doi',
  'bibo:doi',
  'dc:subject',
  'prism:doi',
  'prism:url',
  'prism:publicationName',
  'prism:publicationDate',
  'arxiv:announce_type',
  'arxiv:DOI',
  'arxiv:doi',
  'arxiv:primary_category',
];

interface XmlElement {
  readonly _?: string;
  readonly $?: Readonly<Record<string, string>>;
  /** The children in their order, texts among them. */
  readonly $$?: readonly XmlChild[];
  readonly [child: `raw:${string}`]: readonly XmlValue[] | undefined;
}
type XmlValue = string | XmlElement;
type XmlChild = XmlElement & { readonly '#name': string };
type XmlItem = Readonly<Record<string, readonly XmlValue[] | undefined>>;

const OPTIONS: Parser.ParserOptions<Record<string, unknown>, XmlItem> = {
  customFields: {
    feed: ['title', 'subtitle', 'description', 'pubDate', 'updated', 'opensearch:totalResults'].map(
      (name) => PREFIX + name,
    ),
    item: TEXTS.map((name) => [PREFIX + name, name, { keepArray: true }]),
  },
  xml2js: {
    tagNameProcessors: [(name: string) => (STRUCTURE.has(name) ? name : PREFIX + name)],
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
  },
};

/** Reads RSS, Atom or RDF by rss-parser. Rejects what is not well formed or none of these. */
export async function parseStrictly(text: string): Promise<RawFeed> {
  // A new one each time: after a fault xml2js keeps errors of the next text to itself.
  const feed = await new Parser(OPTIONS).parseString(text);
  const field = (name: string) => {
    const value = feed[PREFIX + name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const total = Number.parseInt(field('opensearch:totalResults'), 10);
  return {
    title: field('title'),
    description: field('description') || field('subtitle'),
    date: field('pubDate') || field('updated'),
    ...(Number.isSafeInteger(total) && { total }),
    entries: feed.items.map(readEntry),
    broken: [],
    isWhole: true,
  };
}

function readEntry(item: XmlItem): RawEntry {
  const values = (name: string) => item[name] ?? [];
  return {
    texts: new Map(
      TEXTS.map((name) => [name, values(name).map((value) => readText(value) || readTerm(value))]),
    ),
    links: values('link').flatMap(readLink),
    persons: values('author').flatMap(readPerson),
    terms: values('category').map((value) => readTerm(value) || readText(value)),
  };
}

function readText(value: XmlValue): string {
  if (typeof value === 'string') return value;
  const hasMarkup = value.$$?.some((child) => !isTextChild(child));
  return hasMarkup ? writeMarkup(value) : (value._ ?? '');
}

function isTextChild(child: XmlChild): boolean {
  return child['#name'] === '__text__' || child['#name'] === '__cdata';
}

/** Markup that stands in the XML itself (an XHTML summary), put together again in its order. */
function writeMarkup(element: XmlElement): string {
  const parts = (element.$$ ?? []).map((child) => {
    if (isTextChild(child)) return escapeMarkup(child._ ?? '');
    const name = child['#name'].slice(PREFIX.length);
    return `<${name}>${writeMarkup(child)}</${name}>`;
  });
  return parts.join('');
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function attribute(value: XmlValue, name: string): string | undefined {
  return typeof value === 'string' ? undefined : value.$?.[name];
}

/** Atom and arXiv write a category as an attribute. */
function readTerm(value: XmlValue): string {
  return attribute(value, 'term') ?? '';
}

function readLink(value: XmlValue): RawLink[] {
  const href = attribute(value, 'href') ?? readText(value).trim();
  return href ? [{ href, rel: attribute(value, 'rel') ?? 'alternate' }] : [];
}

function readPerson(value: XmlValue): RawPerson[] {
  if (typeof value === 'string') return [];
  const [name] = value['raw:name'] ?? [];
  if (name === undefined) return [];
  const affiliations = (value['raw:arxiv:affiliation'] ?? []).map(readText);
  return [{ name: readText(name), affiliations }];
}

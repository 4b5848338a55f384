import Parser from 'rss-parser';
import { nameByNamespace, prefixOwnDublinCore } from './namespaces.ts';
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
  'authors',
  'category',
  'pubDate',
  'published',
  'updated',
  'dc:abstract',
  'dc:title',
  'dc:creator',
  'dc:date',
  'dc:description',
  'dc:identifier',
  'dc:doi',
  'bibo:doi',
  'dc:language',
  'dc:subject',
  'dc:source',
  'dc:type',
  'doi',
  'feedburner:origLink',
  'prism:category',
  'prism:doi',
  'prism:genre',
  'prism:url',
  'prism:publicationName',
  'prism:publicationDate',
  'prism:section',
  'arxiv:announce_type',
  'arxiv:comment',
  'arxiv:DOI',
  'arxiv:doi',
  'arxiv:primary_category',
  'media:description',
];

interface XmlElement {
  readonly _?: string;
  readonly $?: Attributes;
  /** The children in their order, texts among them. */
  readonly $$?: readonly XmlChild[];
  readonly [child: `raw:${string}`]: readonly XmlValue[] | undefined;
}
type Attributes = Readonly<Record<string, string>>;
type XmlValue = string | XmlElement;
type XmlChild = XmlElement & { readonly '#name': string };
type XmlItem = Readonly<Record<string, readonly XmlValue[] | undefined>>;

const FEED_FIELDS = [
  ...['title', 'subtitle', 'description', 'pubDate', 'updated', 'opensearch:totalResults'],
  ...['link', 'language', 'dc:language', 'generator'],
];

type KeptField = [from: string, to: string, options: { keepArray: true }];
const kept = (from: string, to: string): KeptField => [from, to, { keepArray: true }];

function optionsFor(text: string): Parser.ParserOptions<Record<string, unknown>, XmlItem> {
  const nameOf = nameByNamespace(text);
  const rename = (given: string) => {
    const name = nameOf(given);
    return STRUCTURE.has(name) ? name : PREFIX + name;
  };
  // Its types know no options for the fields of a feed, which it takes as for those of an item.
  const feed = FEED_FIELDS.map((name) => kept(PREFIX + name, name)) as unknown as string[];
  const item = [...TEXTS, 'enclosure', 'media:group'].map((name) => kept(PREFIX + name, name));
  return {
    customFields: { feed, item: [...item, kept('$', '$')] },
    xml2js: {
      tagNameProcessors: [rename],
      explicitChildren: true,
      preserveChildrenOrder: true,
      charsAsChildren: true,
    },
  };
}

/** Reads RSS, Atom or RDF by rss-parser. Rejects what is not well formed or none of these. */
export async function parseStrictly(given: string): Promise<RawFeed> {
  const text = prefixOwnDublinCore(given);
  // A new one each time: after a fault xml2js keeps errors of the next text to itself.
  const feed = await new Parser(optionsFor(text)).parseString(text);
  const values = (name: string) => (feed[name] ?? []) as readonly XmlValue[];
  const field = (name: string) => values(name).map(readText).find(Boolean)?.trim() ?? '';
  const total = Number.parseInt(field('opensearch:totalResults'), 10);
  return {
    title: field('title'),
    description: field('description') || field('subtitle'),
    date: field('pubDate') || field('updated'),
    link:
      values('link')
        .flatMap(readLink)
        .find(({ rel }) => rel === 'alternate')?.href ?? '',
    language: field('language') || field('dc:language'),
    generator: field('generator'),
    ...(Number.isSafeInteger(total) && { total }),
    entries: feed.items.map(readEntry),
    broken: [],
    isWhole: true,
  };
}

function readEntry(item: XmlItem): RawEntry {
  const values = (name: string) => [...(item[name] ?? []), ...inGroups(item, name)];
  const { $: attributes } = item as { $?: Attributes };
  const base = attributes?.['xml:base'];
  const about = attributes?.['rdf:about'];
  const links = values('link').flatMap(readLink);
  const own = links.length === 0 && about ? [{ href: about, rel: 'alternate' }] : links;
  return {
    texts: new Map(
      TEXTS.map((name) => [name, values(name).map((value) => readText(value) || readTerm(value))]),
    ),
    links: [...own, ...values('enclosure').flatMap(readEnclosure)],
    ...(base !== undefined && { base }),
    persons: values('author').flatMap(readPerson),
    terms: values('category').map((value) => readTerm(value) || readText(value)),
  };
}

/** What is said of a film stands in a group of elements (Media RSS). */
function inGroups(item: XmlItem, name: string): readonly XmlValue[] {
  if (!name.startsWith('media:')) return [];
  return (item['media:group'] ?? []).flatMap((group) =>
    typeof group === 'string' ? [] : (group[`raw:${name}`] ?? []),
  );
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
    // By its class a block of a publisher is known.
    const mark = child.$?.['class'] ? ` class="${child.$['class'].replaceAll('"', '')}"` : '';
    return `<${name}${mark}>${writeMarkup(child)}</${name}>`;
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
  const base = attribute(value, 'xml:base');
  const rel = attribute(value, 'rel') ?? 'alternate';
  return href ? [{ href, rel, ...(base !== undefined && { base }) }] : [];
}

function readEnclosure(value: XmlValue): RawLink[] {
  const href = attribute(value, 'url');
  return href ? [{ href, rel: 'enclosure', type: attribute(value, 'type') ?? '' }] : [];
}

function readPerson(value: XmlValue): RawPerson[] {
  if (typeof value === 'string') return [];
  // J-STAGE has an element for each language around the names.
  const place = value['raw:name'] ? value : value.$$?.find((child) => child['raw:name']);
  const affiliations = (place?.['raw:arxiv:affiliation'] ?? []).map(readText);
  return (place?.['raw:name'] ?? []).map((name) => ({ name: readText(name), affiliations }));
}

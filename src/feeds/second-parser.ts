import {
  type AtomFeed,
  type DcNs,
  type JsonFeed,
  type PrismNs,
  parseFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith';
import type { RawEntry, RawFeed, RawLink, RawPerson } from './raw-feed.ts';

type Texts = Record<string, readonly (string | undefined)[] | undefined>;

interface Parts {
  readonly texts: Texts;
  readonly links?: readonly (RawLink | undefined)[];
  readonly persons?: readonly RawPerson[];
  readonly terms?: readonly (string | undefined)[];
}

/**
 * Reads by feedsmith what rss-parser refuses: a bare `&`, HTML entities, prefixed roots, RSS
 * without a version, and JSON Feed. It drops arXiv's own elements in RSS. Throws where it
 * finds no feed.
 */
export function parseLoosely(text: string): RawFeed {
  const parsed = parseFeed(text);
  if (parsed.format === 'atom') return readAtom(parsed.feed);
  if (parsed.format === 'json') return readJson(parsed.feed);
  const { feed } = parsed;
  const own = parsed.format === 'rss' ? parsed.feed : undefined;
  const entries: readonly RssItem[] = feed.items ?? [];
  const { title, description, link, dc } = feed;
  return rawFeed(
    {
      ...{ title, description, date: own?.pubDate, link, generator: own?.generator },
      language: own?.language ?? dc?.languages?.[0],
    },
    entries.map(readRssItem),
  );
}

type RssItem = Partial<RssFeed.Item<string>> & Pick<Partial<RdfFeed.Item<string>>, 'rdf'>;

function readRssItem(item: RssItem): RawEntry {
  return rawEntry({
    texts: {
      title: [item.title],
      guid: [item.guid?.value ?? item.rdf?.about],
      link: [item.link],
      description: [item.description],
      'content:encoded': [item.content?.encoded],
      pubDate: [item.pubDate],
      author: item.authors?.map((author) => author.name ?? author.email),
      ...dublinCore(item.dc),
      ...prism(item.prism),
    },
    links: [item.link === undefined ? undefined : { rel: 'alternate', href: item.link }],
    terms: item.categories?.map((category) => category.name) ?? [],
  });
}

function readAtom(feed: Partial<AtomFeed.Feed<string>>): RawFeed {
  const about = {
    ...{ title: feed.title?.value, description: feed.subtitle?.value, date: feed.updated },
    link: feed.links?.find(({ rel }) => (rel ?? 'alternate') === 'alternate')?.href,
    generator: feed.generator?.text,
  };
  const raw = rawFeed(about, (feed.entries ?? []).map(readAtomEntry));
  const total = feed.opensearch?.totalResults;
  return total === undefined ? raw : { ...raw, total };
}

function readAtomEntry(entry: Partial<AtomFeed.Entry<string>>): RawEntry {
  return rawEntry({
    texts: {
      title: [entry.title?.value],
      id: [entry.id],
      summary: [entry.summary?.value],
      content: [entry.content?.value],
      published: [entry.published],
      updated: [entry.updated],
      'arxiv:doi': [entry.arxiv?.doi],
      'arxiv:comment': [entry.arxiv?.comment],
      'arxiv:primary_category': [entry.arxiv?.primaryCategory?.term],
      ...dublinCore(entry.dc),
    },
    links: (entry.links ?? []).map(({ href, rel }) =>
      href === undefined ? undefined : { rel: rel ?? 'alternate', href },
    ),
    persons: (entry.authors ?? []).flatMap(({ name, arxiv }) =>
      name === undefined
        ? []
        : [{ name, affiliations: [arxiv?.affiliation ?? ''].filter(Boolean) }],
    ),
    terms: entry.categories?.map((category) => category.term) ?? [],
  });
}

function readJson(feed: Partial<JsonFeed.Feed<string>>): RawFeed {
  const { title, description, home_page_url: link, language } = feed;
  return rawFeed({ title, description, link, language }, (feed.items ?? []).map(readJsonItem));
}

function readJsonItem(item: Partial<JsonFeed.Item<string>>): RawEntry {
  const href = item.url ?? item.external_url;
  return rawEntry({
    texts: {
      title: [item.title],
      id: [item.id],
      summary: [item.summary],
      content: [item.content_html ?? item.content_text],
      published: [item.date_published],
      updated: [item.date_modified],
    },
    links: [href === undefined ? undefined : { rel: 'alternate', href }],
    persons: (item.authors ?? []).flatMap(({ name }) =>
      name === undefined ? [] : [{ name, affiliations: [] }],
    ),
    terms: item.tags ?? [],
  });
}

function dublinCore(dc: DcNs.ItemOrFeed<string> | undefined): Texts {
  return {
    'dc:title': dc?.titles,
    'dc:creator': dc?.creators,
    'dc:date': dc?.dates,
    'dc:description': dc?.descriptions,
    'dc:identifier': dc?.identifiers,
    'dc:language': dc?.languages,
    'dc:subject': dc?.subjects,
    'dc:type': dc?.types,
  };
}

function prism(item: PrismNs.Item<string> | undefined): Texts {
  return {
    'prism:doi': [item?.doi],
    'prism:url': item?.urls,
    'prism:publicationName': [item?.publicationName],
    'prism:publicationDate': item?.publicationDates,
    'prism:section': [item?.section],
    'prism:genre': item?.genres,
  };
}

function rawEntry(parts: Parts): RawEntry {
  const texts = Object.entries(parts.texts).map(
    ([name, values]) => [name, (values ?? []).filter(isPresent)] as const,
  );
  return {
    texts: new Map(texts),
    links: (parts.links ?? []).filter(isPresent),
    persons: parts.persons ?? [],
    terms: (parts.terms ?? []).filter(isPresent),
  };
}

type About = { [Field in keyof RawFeed]?: RawFeed[Field] | undefined };

function rawFeed(about: About, entries: readonly RawEntry[]): RawFeed {
  const { title = '', description = '', date = '' } = about;
  const { link = '', language = '', generator = '' } = about;
  const told = { title, description, date, link, language, generator };
  return { ...told, entries, broken: [], isWhole: true };
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

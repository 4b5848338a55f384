import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';

/** What programs follow: a list of things with a moment each, the newest first. */
export interface OutFeed {
  readonly title: string;
  readonly description: string;
  /** Where people read the same. */
  readonly page: string;
  /** Its own address. */
  readonly self: string;
  readonly items: readonly OutItem[];
}

/** One of its things. */
export interface OutItem {
  /** Stays the same for ever, whatever becomes of titles and addresses. */
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly at: Date;
  readonly authors: readonly string[];
  readonly text: string;
}

/** A form that programs read. */
export interface OutForm {
  readonly label: string;
  /** The ending of its address. */
  readonly ending: string;
  readonly type: string;
  write(feed: OutFeed): string;
}

/** All forms that a feed is offered in. */
export const outForms: readonly OutForm[] = [
  { label: 'Atom', ending: 'atom', type: 'application/atom+xml', write: writeAtom },
  { label: 'RSS', ending: 'rss', type: 'application/rss+xml', write: writeRss },
  { label: 'JSON Feed', ending: 'json', type: 'application/feed+json', write: writeJson },
];

/** Before anything came out. */
const NEVER = new Date(0);

/** Atom (RFC 4287). */
function writeAtom({ title, description, page, self, items }: OutFeed): string {
  return generateAtomFeed(
    {
      id: self,
      title: { value: title },
      subtitle: { value: description },
      updated: items[0]?.at ?? NEVER,
      authors: [{ name: title }],
      links: [
        { rel: 'self', href: self, type: 'application/atom+xml' },
        { rel: 'alternate', href: page, type: 'text/html' },
      ],
      entries: items.map(({ id, link, at, authors, text, ...item }) => ({
        ...{ id, updated: at, published: at, title: { value: item.title } },
        links: [{ rel: 'alternate', href: link, type: 'text/html' }],
        authors: authors.map((name) => ({ name })),
        summary: { value: text },
      })),
    },
    { strict: true },
  );
}

/** RSS 2.0, with Atom's link to itself (RSS Advisory Board, Best Practices Profile). */
function writeRss({ title, description, page, self, items }: OutFeed): string {
  return generateRssFeed(
    {
      ...{ title, description, link: page },
      lastBuildDate: items[0]?.at ?? NEVER,
      atom: { links: [{ rel: 'self', href: self, type: 'application/rss+xml' }] },
      items: items.map(({ id, link, at, authors, text, ...item }) => ({
        ...{ title: item.title, link, pubDate: at, description: text },
        guid: { value: id, isPermaLink: false },
        // RSS wants addresses of authors; names have an element of Dublin Core.
        ...(authors.length > 0 && { dc: { creators: [...authors] } }),
      })),
    },
    { strict: true },
  );
}

/** JSON Feed 1.1. */
function writeJson({ title, description, page, self, items }: OutFeed): string {
  const feed = generateJsonFeed(
    {
      ...{ title, description, home_page_url: page, feed_url: self },
      items: items.map(({ id, link, at, authors, text, ...item }) => ({
        ...{ id, url: link, title: item.title, content_text: text, date_published: at },
        authors: authors.map((name) => ({ name })),
      })),
    },
    { strict: true },
  );
  // The generator leaves out a list that is empty, and the format wants one.
  return `${JSON.stringify({ items: [], ...Object(feed) }, null, 1)}\n`;
}

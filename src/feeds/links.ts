import { unwrapLink } from '../core/paper/link.ts';
import { type RawEntry, type RawFeed, type RawLink, textsOf } from './raw-feed.ts';

const ROOT =
  /<(?:[\w.-]{1,40}:)?(?:rss|feed|RDF|channel)\s(?:[^<>]{0,4000}?\s)?xml:base\s*=\s*["']([^"'<>]{1,2000})["']/i;
// Namespaces and all, a root's start tag is shorter.
const HEAD = 20_000;

/** What the start of a feed's text names as the base of its addresses; empty where it names none. */
export function readBase(text: string): string {
  return ROOT.exec(text.slice(0, HEAD))?.[1] ?? '';
}

/**
 * Gives each entry its links as whole addresses: by the `xml:base` of link, entry and feed, else
 * the page that the feed is of, else the address that the feed came from. What can be made no
 * address stays as it is; what only counts clicks and leads on, as FeedBurner and alerts have it,
 * gives way to where it leads. Source: RFC 4287 2, RFC 3986 5.1.
 */
export function resolveLinks(feed: RawFeed, address: string): RawFeed {
  const outer = [feed.link, feed.base ?? ''].reduce(resolve, address);
  const entries = feed.entries.map((entry) => resolveEntry(entry, outer));
  return { ...feed, link: resolve(address, feed.link), entries };
}

function resolveEntry(entry: RawEntry, outer: string): RawEntry {
  const base = resolve(outer, entry.base ?? '');
  const own = textsOf(entry, 'feedburner:origLink').map((href) => ({ rel: 'alternate', href }));
  const links = [...own, ...entry.links].map((link: RawLink) => ({
    ...link,
    href: unwrapLink(resolve(resolve(base, link.base ?? ''), link.href.trim())),
  }));
  return { ...entry, links };
}

function resolve(base: string, reference: string): string {
  if (reference === '') return base;
  if (URL.canParse(reference)) return reference;
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

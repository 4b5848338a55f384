import { decodeHTMLStrict } from 'entities';
import { readIssn } from '../core/feed/source-forms.ts';
import { decodeBytes } from '../core/text/charset.ts';
import { cleanTitle } from '../core/text/text.ts';

/** What a page for people says of its feeds. */
export interface WebPage {
  readonly title: string;
  /** Addresses of feeds that it names, those of comments last. */
  readonly feeds: readonly string[];
  /** ISSNs that it names, in their order. */
  readonly issns: readonly string[];
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf)\+xml|^application\/feed\+json/i;
const MOST_READ = 1_000_000;

/** Reads a page's `<link rel="alternate">` and ISSNs. Source: HTML, section 4.6.7.1. */
export function readWebPage(bytes: Uint8Array, contentType: string, address: string): WebPage {
  const html = decodeBytes(bytes, contentType).slice(0, MOST_READ);
  const base = attribute(/<base\s[^<>]{0,2000}>/i.exec(html)?.[0] ?? '', 'href');
  const links = html.matchAll(/<link\s[^<>]{0,2000}>/gi);
  const found = Array.from(links, ([tag]) => tag).filter(isFeedLink);
  // A page that names none for programs may lead people to one.
  const shown = Array.from(html.matchAll(/<a\s[^<>]{0,2000}>/gi), ([tag]) => tag).filter(isShown);
  const named = found.filter((tag) => !isOfComments(tag));
  const feeds = [...named, ...shown, ...found.filter(isOfComments)]
    .map((tag) => resolve(attribute(tag, 'href'), resolve(base, address) || address))
    .filter(Boolean);
  const title = /<title[^<>]{0,500}>([^<]{0,2000})/i.exec(html)?.[1] ?? '';
  return { title: cleanTitle(title), feeds: [...new Set(feeds)], issns: readIssns(html) };
}

function isFeedLink(tag: string): boolean {
  const isAlternate = attribute(tag, 'rel').toLowerCase().split(/\s+/).includes('alternate');
  return isAlternate && FEED_TYPE.test(attribute(tag, 'type'));
}

/** `<a href="/rss/current.xml">`, as Silverchair, HighWire and J-STAGE have it. */
function isShown(tag: string): boolean {
  const href = attribute(tag, 'href').replace(/^https?:\/\/[^/]*/i, '');
  return !isOfComments(tag) && (FEED_PATH.test(href) || FEED_TYPE.test(attribute(tag, 'type')));
}

const FEED_PATH =
  /\.(?:rss|rdf|atom)(?:$|\?)|(?:^|\/)(?:rss|feed|atom)(?:\/[^?#]*)?(?:\.xml|\.php)?\/?(?:$|\?)|(?:feed|rss|atom|index|recent|current)\.xml(?:$|\?)|[?&](?:feed|format|type)=(?:rss|atom|feed)/i;

function isOfComments(tag: string): boolean {
  return /comment/i.test(`${attribute(tag, 'title')} ${attribute(tag, 'href')}`);
}

function attribute(tag: string, name: string): string {
  const form = new RegExp(String.raw`\s${name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`, 'i');
  const [, double, single, bare] = form.exec(tag) ?? [];
  return decodeHTMLStrict(double ?? single ?? bare ?? '').trim();
}

function resolve(href: string, base: string): string {
  return href !== '' && URL.canParse(href, base) ? new URL(href, base).href : '';
}

/** In elements for them (`citation_issn`, `prism.issn`) and in words. */
function readIssns(html: string): string[] {
  const named = html.matchAll(/issn[^\d<]{0,60}?(\d{4}-\d{3}[\dx])(?!\d)/gi);
  const read = Array.from(named, ([, text = '']) => readIssn(text) ?? '');
  return [...new Set(read.filter(Boolean))];
}

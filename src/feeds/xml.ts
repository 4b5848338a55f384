import { setImmediate as breathe } from 'node:timers/promises';
import { FeedError, type Refusal } from '../core/feed/feed.ts';
import { checkXml, isBalanced } from '../core/feed/xml-bounds.ts';
import { decodeBytes } from '../core/text/charset.ts';
import { parseStrictly } from './first-parser.ts';
import { readBase } from './links.ts';
import type { RawFeed } from './raw-feed.ts';
import { parseLoosely } from './second-parser.ts';

/**
 * Reads a feed in any format: rss-parser first. Where it refuses, each item is read alone,
 * its bare `&` and `<` escaped, by rss-parser or else by feedsmith, so that a fault costs one
 * item at most; `broken` has what neither can read. Throws FeedError `not-a-feed` or `malformed`.
 */
export async function parseFeedBytes(bytes: Uint8Array, contentType = ''): Promise<RawFeed> {
  const text = decodeBytes(bytes, contentType).trim();
  if (text === '') throw new FeedError('not-a-feed', 'The answer is empty.');
  if (text.startsWith('{')) return parseWhole(text);
  if (/^(<!doctype html|<html)/i.test(text)) {
    throw new FeedError('not-a-feed', 'The address gives a web page, not a feed.');
  }
  checkXml(text);
  // Why the whole was refused shows again, item by item.
  const feed = await parseStrictly(text).catch(() => parsePieces(text));
  const base = readBase(text);
  return base === '' ? feed : { ...feed, base };
}

function parseWhole(text: string): RawFeed {
  try {
    return parseLoosely(text);
  } catch (cause) {
    const message = 'The answer is not RSS, Atom, RDF or JSON Feed, or is badly damaged.';
    throw new FeedError('not-a-feed', message, { cause });
  }
}

async function parsePieces(text: string): Promise<RawFeed> {
  const pieces = splitItems(text);
  const root = /<(rss|feed|rdf:RDF)(?:\s[^<>]*)?>/.exec(text);
  const name = root?.[1];
  if (!root || !name || pieces.length === 0) return parseWhole(text);
  const [before, after] = name === 'feed' ? ['', ''] : ['<channel>', '</channel>'];
  const wrap = (piece: string) =>
    name === 'rdf:RDF'
      ? `${root[0]}<channel/>${piece}</rdf:RDF>`
      : `${root[0]}${before}${piece}${after}</${name}>`;
  const entries: RawFeed['entries'][number][] = [];
  const broken: string[] = [];
  for (const [index, piece] of pieces.slice(0, MAX_PIECES).entries()) {
    if (index % PIECES_A_BREATH === PIECES_A_BREATH - 1) await breathe();
    const [entry] = await parsePiece(wrap(piece));
    if (entry) entries.push(entry);
    else broken.push(piece.replace(/\s+/g, ' ').slice(0, 120));
  }
  if (pieces.length > MAX_PIECES) broken.push(`(all after the first ${MAX_PIECES} items)`);
  const about = await parseAbout(text, name);
  const isWhole = pieces.length <= MAX_PIECES && new RegExp(`</${name}\\s*>$`).test(text);
  return { ...about, entries, broken, isWhole };
}

async function parsePiece(piece: string): Promise<RawFeed['entries']> {
  const text = escapeBareMarks(piece);
  try {
    return (await parseStrictly(text)).entries;
  } catch {
    return isBalanced(text) ? (readLoosely(text)?.entries ?? []) : [];
  }
}

/** `AT&T` and `n < m` begin no entity and no element; so the first parser may do after all. */
function escapeBareMarks(text: string): string {
  return text.replace(/&(?!#?\w{1,32};)/g, '&amp;').replace(/<(?![\p{L}_:/!?])/gu, '&lt;');
}

/** What a feed says of itself, read from its text before the first item. */
async function parseAbout(text: string, name: string): Promise<RawFeed> {
  const head = text.slice(0, text.search(ITEM_START));
  const close = name === 'rss' ? '</channel></rss>' : `</${name}>`;
  return parseStrictly(head + close).catch(() => readLoosely(head + close) ?? NOTHING);
}

const NOTHING: RawFeed = {
  ...{ title: '', description: '', date: '', link: '', language: '', generator: '' },
  ...{ entries: [], broken: [], isWhole: true },
};

function readLoosely(text: string): RawFeed | undefined {
  try {
    return parseLoosely(text);
  } catch {
    return undefined;
  }
}

// Far more than any feed has; each piece costs two parsers' start.
const MAX_PIECES = 5000;
const PIECES_A_BREATH = 50;
const ITEM_START = /<(item|entry)(?=[\s>])/;

/** The text of each item, up to its end or to where the next begins. */
function splitItems(text: string): string[] {
  return text
    .split(/(?=<(?:item|entry)[\s>])/)
    .slice(1)
    .map((piece) => {
      const end = /<\/(item|entry)\s*>/.exec(piece);
      return end ? piece.slice(0, end.index + end[0].length) : piece;
    });
}

/** The pieces of a feed that no parser could read, as refusals. */
export function brokenItems({ broken, isWhole }: RawFeed): Refusal[] {
  const refusals = broken.map((item) => ({ item, reason: 'It is not well-formed XML.' }));
  const end = { item: '(the end of the feed)', reason: 'The feed breaks off before its end.' };
  return isWhole ? refusals : [...refusals, end];
}

import { generateOpml, type Opml, parseOpml as parseDocument } from 'feedsmith';
import { buildFeedUrl, type FeedAddress, FeedError } from './feed.ts';
import { checkXml } from './xml-bounds.ts';

export interface NamedFeed {
  readonly name: string;
  /** As an operator types it, see `parseFeedAddress`. */
  readonly address: string;
}

/** A feed of an OPML file, and the folder that it stands in. */
export interface ListedFeed extends NamedFeed {
  readonly folder: string | undefined;
}

const LONGEST_NAME = 80;

/** Reads the feeds of an OPML file, from all its folders. Throws FeedError where it is none. Source: OPML 2.0. */
export function parseOpml(text: string): ListedFeed[] {
  checkXml(text);
  try {
    return (parseDocument(text).body?.outlines ?? []).flatMap((each) => readOutline(each));
  } catch (cause) {
    throw new FeedError('not-a-feed', 'The file is not OPML, or is damaged.', { cause });
  }
}

function readOutline(outline: Opml.Outline<string>, folder?: string): ListedFeed[] {
  const { xmlUrl, text, title } = outline;
  const name = text ?? title;
  const inside = (outline.outlines ?? []).flatMap((each) => readOutline(each, name ?? folder));
  if (xmlUrl === undefined) return inside;
  return [{ name: name ?? xmlUrl, address: xmlUrl, folder }, ...inside];
}

/**
 * A name of at most 80 characters that none of `taken` has: its own, else with its folder, its
 * host or a number, since readers keep feeds of one name in several folders.
 */
export function nameApart(feed: ListedFeed, taken: ReadonlySet<string>): string {
  const marks = [undefined, feed.folder, hostOf(feed.address)];
  for (let number = 0; ; number += 1) {
    const mark = number < marks.length ? marks[number] : String(number - 1);
    if (mark === undefined && number > 0) continue;
    const end = mark === undefined ? '' : ` (${mark.slice(0, LONGEST_NAME / 2)})`;
    const name = `${feed.name.slice(0, LONGEST_NAME - end.length)}${end}`;
    if (!taken.has(name)) return name;
  }
}

const hostOf = (address: string) => (URL.canParse(address) && new URL(address).host) || undefined;

/** The library wants an outline at least, and OPML 2.0 does too; readers of it take a body without one. */
const NO_FEEDS =
  '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n  <head>\n    <title>Feeds</title>\n  </head>\n  <body></body>\n</opml>\n';

/** Writes feeds as OPML; those of known sites under their public URLs, which read back as what they were. */
export function buildOpml(feeds: readonly (FeedAddress & { readonly name: string })[]): string {
  if (feeds.length === 0) return NO_FEEDS;
  const outlines = feeds.map(({ name, kind, address }) => ({
    text: name,
    title: name,
    type: 'rss',
    xmlUrl: buildFeedUrl({ kind, address }),
  }));
  return generateOpml({ head: { title: 'Feeds' }, body: { outlines } });
}

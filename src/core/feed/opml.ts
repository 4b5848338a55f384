import { generateOpml, type Opml, parseOpml as parseDocument } from 'feedsmith';
import { buildFeedUrl, type FeedAddress, FeedError } from './feed.ts';
import { checkXml } from './xml-bounds.ts';

export interface NamedFeed {
  readonly name: string;
  /** As an operator types it, see `parseFeedAddress`. */
  readonly address: string;
}

/** Reads the feeds of an OPML file, from all its folders. Throws FeedError where it is none. Source: OPML 2.0. */
export function parseOpml(text: string): NamedFeed[] {
  checkXml(text);
  try {
    return (parseDocument(text).body?.outlines ?? []).flatMap(readOutline);
  } catch (cause) {
    throw new FeedError('not-a-feed', 'The file is not OPML, or is damaged.', { cause });
  }
}

function readOutline(outline: Opml.Outline<string>): NamedFeed[] {
  const { xmlUrl, text, title } = outline;
  const inside = (outline.outlines ?? []).flatMap(readOutline);
  if (xmlUrl === undefined) return inside;
  return [{ name: text ?? title ?? xmlUrl, address: xmlUrl }, ...inside];
}

/** Writes feeds as OPML; those of known sites under their public URLs, which read back as what they were. */
export function buildOpml(feeds: readonly (FeedAddress & { readonly name: string })[]): string {
  const outlines = feeds.map(({ name, kind, address }) => ({
    text: name,
    title: name,
    type: 'rss',
    xmlUrl: buildFeedUrl({ kind, address }),
  }));
  return generateOpml({ head: { title: 'Feeds' }, body: { outlines } });
}

import type { Paper } from '../core/paper/paper.ts';
import type { ReadItem } from '../core/paper/reading.ts';
import { cleanText } from '../core/text/text.ts';
import {
  type Batch,
  conditions,
  type FeedRequest,
  type FetchedFeed,
  MAX_ITEMS,
  reasonOf,
  type Source,
  toPapers,
  unchanged,
  validators,
} from './fetched.ts';
import { buildPaper, readLink } from './fields.ts';
import { dropSharedIds, readIdentity } from './identity.ts';
import { resolveLinks } from './links.ts';
import { nameOf, type RawEntry, textsOf } from './raw-feed.ts';
import { type EntryTexts, learnFeed } from './texts/reader.ts';
import { brokenItems, parseFeedBytes } from './xml.ts';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

/** Fetches any RSS, Atom, RDF or JSON Feed: PubMed searches, journals, bioRxiv's subjects. */
export async function fetchPlainFeed(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const answer = await source.fetch({ url: feed.address, accept: ACCEPT, ...conditions(feed) });
  if (answer.isUnchanged) return unchanged(answer);
  const { bytes, contentType } = answer;
  const { isWhole, ...batch } = await parsePlainFeed(bytes, contentType, feed.address);
  return { status: 'fetched', ...batch, complete: isWhole, ...validators(answer) };
}

/** What a feed of no known kind gives: papers, and how each of its first items was read. */
export interface PlainBatch extends Batch {
  /** What the feed calls itself, as plain text. */
  readonly title: string;
  readonly isWhole: boolean;
  readonly items: readonly ReadItem[];
}

/** So many items are kept as they were read; what an operator asks about is among the first. */
const MOST_KEPT = 300;

/**
 * Reads a feed of any format and publisher, its relative links by the address that it came from.
 * Throws FeedError where it is none.
 */
export async function parsePlainFeed(
  bytes: Uint8Array,
  contentType = '',
  address = '',
): Promise<PlainBatch> {
  const raw = resolveLinks(await parseFeedBytes(bytes, contentType), address);
  const read = await learnFeed(raw, address);
  const items: ReadItem[] = [];
  const { papers, refusals } = await toPapers(raw.entries, nameOf, (entry) => {
    const texts = read(entry);
    const item = readItem(entry, texts, address);
    if (items.length < MOST_KEPT) items.push(item);
    if (!item.paper) throw new Error(item.refusal);
    return item.paper;
  });
  const isWhole = raw.isWhole && raw.entries.length <= MAX_ITEMS;
  const own = dropSharedIds(papers);
  const title = cleanText(raw.title);
  return { title, papers: own, refusals: [...refusals, ...brokenItems(raw)], isWhole, items };
}

function readItem(entry: RawEntry, texts: EntryTexts, address: string): ReadItem {
  const item = { name: nameOf(entry), reading: texts.reading };
  try {
    return { ...item, paper: toPaper(entry, texts, address) };
  } catch (error) {
    return { ...item, refusal: reasonOf(error) };
  }
}

function toPaper(
  entry: RawEntry,
  { identifiers, reading: _, ...texts }: EntryTexts,
  address: string,
): Paper {
  const links = [
    ...entry.links.filter(({ rel }) => rel === 'alternate').map(({ href }) => href),
    ...textsOf(entry, 'prism:url'),
    ...textsOf(entry, 'guid'),
    ...textsOf(entry, 'id'),
  ];
  return buildPaper({
    ...texts,
    categories: entry.terms.length > 0 ? entry.terms : textsOf(entry, 'dc:subject'),
    ...readIdentity(entry, { address, found: identifiers }),
    link: readLink(links),
  });
}

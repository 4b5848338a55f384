import { readIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { parseAuthors } from '../authors.ts';
import {
  type Batch,
  conditions,
  type FeedRequest,
  type FetchedFeed,
  type Source,
  toPapers,
  unchanged,
  validators,
} from '../fetched.ts';
import { buildPaper } from '../fields.ts';
import { nameOf, type RawEntry, textOf, textsOf } from '../raw-feed.ts';
import { readDate } from '../texts/dates.ts';
import { brokenItems, parseFeedBytes } from '../xml.ts';

const ALL = 'all';

/** Fetches IACR ePrint's list, which is in the order of changes, and takes one category or all. */
export async function fetchEprint(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const url = `${source.bases.eprint.replace(/\/+$/, '')}/rss/rss.xml`;
  const answer = await source.fetch({ url, accept: 'application/rss+xml', ...conditions(feed) });
  if (answer.isUnchanged) return unchanged(answer);
  const batch = await parseEprint(answer.bytes, feed.address);
  return { status: 'fetched', ...batch, complete: true, ...validators(answer) };
}

/** Reads ePrint's RSS. A changed paper comes again with its old date, and so is no news. */
export async function parseEprint(bytes: Uint8Array, category = ALL): Promise<Batch> {
  const raw = await parseFeedBytes(bytes, 'application/rss+xml');
  const wanted = raw.entries.filter((entry) => category === ALL || isOf(entry, category));
  const { papers, refusals } = await toPapers(wanted, nameOf, toPaper);
  return { papers, refusals: [...refusals, ...brokenItems(raw)] };
}

function isOf(entry: RawEntry, category: string): boolean {
  return entry.terms.some((term) => term.toLowerCase() === category);
}

/** Its number is its only id; the description is plain text, in which `<a,x>` is no markup. */
function toPaper(entry: RawEntry): Paper {
  const link = textOf(entry, 'guid', 'link');
  const { ids } = readIds({ guids: textsOf(entry, 'guid'), links: [link] });
  if (ids.eprint === undefined) throw new Error('It has no number of ePrint.');
  return buildPaper({
    title: textOf(entry, 'title'),
    abstract: textOf(entry, 'description'),
    authors: parseAuthors(textsOf(entry, 'dc:creator')),
    categories: entry.terms,
    ids,
    link: `https://eprint.iacr.org/${ids.eprint}`,
    publishedAt: readDate(textOf(entry, 'pubDate')),
  });
}

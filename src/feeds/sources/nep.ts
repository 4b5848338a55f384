import { FeedError } from '../../core/feed/feed.ts';
import { readIds } from '../../core/paper/identifier.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { decodeBytes } from '../../core/text/charset.ts';
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

/**
 * Fetches a report of NEP by its feed, or where that is gone by the newest of its pages: in 2026
 * some projects read the feeds, and one wrote that they are no more.
 */
export async function fetchNep(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const base = source.bases.nep.replace(/\/+$/, '');
  try {
    const url = `${base}/rss/nep-${feed.address}.rss.xml`;
    const answer = await source.fetch({ url, ...conditions(feed) });
    if (answer.isUnchanged) return unchanged(answer);
    const batch = await parseNep(answer.bytes);
    return { status: 'fetched', ...batch, complete: true, ...validators(answer) };
  } catch (error) {
    if (!isGone(error)) throw error;
    return fetchReport(`${base}/nep-${feed.address}/`, source);
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof FeedError)) return false;
  return error.code === 'not-a-feed' || error.status === 404 || error.status === 410;
}

async function fetchReport(list: string, source: Source): Promise<FetchedFeed> {
  const html = decodeBytes((await source.fetch({ url: list, accept: 'text/html' })).bytes);
  const days = [...html.matchAll(/\/(\d{4}-\d\d-\d\d)["/#?]|["'](\d{4}-\d\d-\d\d)["/]/g)];
  const newest = days
    .map(([, one, other]) => one ?? other ?? '')
    .toSorted()
    .at(-1);
  if (!newest) throw new FeedError('not-a-feed', 'NEP has neither a feed nor reports there.');
  const page = await source.fetch({ url: `${list}${newest}`, accept: 'text/html' });
  const batch = await parseReport(page.bytes, newest);
  return { status: 'fetched', ...batch, complete: true, batchDate: newest };
}

/** Reads a report as RSS 1.0, whose dates are months or years and so no dates. */
export async function parseNep(bytes: Uint8Array): Promise<Batch> {
  const raw = await parseFeedBytes(bytes);
  const { papers, refusals } = await toPapers(raw.entries, nameOf, toPaper);
  return { papers, refusals: [...refusals, ...brokenItems(raw)] };
}

function toPaper(entry: RawEntry): Paper {
  const link = entry.links[0]?.href ?? textOf(entry, 'link');
  return buildNep({
    title: textOf(entry, 'title', 'dc:title'),
    abstract: textOf(entry, 'description'),
    authors: textsOf(entry, 'dc:creator'),
    link,
    publishedAt: readDate(textOf(entry, 'dc:date')),
  });
}

/** A cell of a report's table: what it is called, and what stands in it. */
const CELL = /class="fina">([^<]{1,40}):<\/td>\s{0,9}<td[^>]{0,80}>([\s\S]{0,20000}?)<\/td>/g;
const TITLE = /<a[^>]{0,300}class="trout"[^>]{0,300}>([^<]{1,2000})<\/a>/;

/** Reads one report's page: a list whose items are a title and a table. */
export function parseReport(bytes: Uint8Array, day: string): Promise<Batch> {
  const items = decodeBytes(bytes)
    .split(/<li[^>]{0,80}class="coblo_li"[^>]{0,80}>/)
    .slice(1);
  const titleOf = (item: string) => TITLE.exec(item)?.[1] ?? '';
  return toPapers(
    items,
    (item, index) => titleOf(item).slice(0, 120) || `(number ${index + 1})`,
    (item) => {
      const cells = new Map(Array.from(item.matchAll(CELL), ([, name, cell]) => [name, cell]));
      return buildNep({
        title: titleOf(item),
        abstract: cells.get('Abstract') ?? '',
        authors: (cells.get('By') ?? '').replace(/<[^<>]*>/g, '').split(';'),
        link: /href="([^"]{1,500})"/.exec(cells.get('URL') ?? '')?.[1] ?? '',
        announcedAt: readDate(day),
      });
    },
  );
}

interface NepItem {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly link: string;
  readonly publishedAt?: Date | undefined;
  readonly announcedAt?: Date | undefined;
}

/** Names come either way round; the handle is the same in each report, the rest of the link is not. */
function buildNep({ authors, ...item }: NepItem): Paper {
  const link = dropReport(item.link.replaceAll('&amp;', '&'));
  const names = authors.map((name) => name.trim()).filter(Boolean);
  return buildPaper({
    ...item,
    authors: names.flatMap((name) => parseAuthors([name], { isInverted: true })),
    categories: [],
    ids: readIds({ links: [link] }).ids,
    link: /^https?:/.test(link) ? link : undefined,
  });
}

function dropReport(link: string): string {
  return URL.canParse(link) ? link.replace(/&r=[^&]*/g, '') : link;
}

import { type FeedAddress, FeedError, parseFeedAddress } from '../../core/feed/feed.ts';
import { findPublisherFeed } from '../../core/feed/publishers.ts';
import { readIssn } from '../../core/feed/source-forms.ts';
import type { FeedRequest } from '../../feeds/fetched.ts';
import type { Outside } from '../steps.ts';

/** A feed that was found, with what it has, so that a person can say whether they meant it. */
export interface FoundFeed {
  readonly address: FeedAddress;
  /** How it was found, as half a sentence. */
  readonly how: string;
  /** What it calls itself; empty where it does not say. */
  readonly title: string;
  readonly papers: number;
  /** The titles of the first three. */
  readonly titles: readonly string[];
}

type FindOutside = Pick<Outside, 'feeds' | 'now'>;

interface Candidate {
  readonly address: FeedAddress;
  readonly how: string;
}

const DAY_MS = 24 * 3_600_000;
/** Long enough for a journal that has an issue a month. */
const SHOWN_MS = 45 * DAY_MS;
const SHOWN = 3;
/** A page may name a feed for each of its parts. */
const MOST_TRIED = 5;

/**
 * Finds the feed of what somebody typed: a feed in any form, an ISSN, or a page; each candidate is
 * asked once, and the first that has papers is it. Throws FeedError with what was tried.
 */
export async function findFeed(outside: FindOutside, text: string): Promise<FoundFeed> {
  const tried: string[] = [];
  let empty: FoundFeed | undefined;
  for await (const candidate of listCandidates(outside, text.trim(), tried)) {
    try {
      const found = await tryFeed(outside, candidate);
      if (found.papers > 0) return found;
      empty ??= found;
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      tried.push(`${candidate.how}: ${error.message}`);
    }
  }
  if (empty) return empty;
  const message = ['No feed was found there.', ...new Set(tried)].join('\n  ');
  throw new FeedError('not-a-feed', message);
}

/** What the text may mean, the likeliest first; a page is fetched only when that is needed. */
async function* listCandidates(
  outside: FindOutside,
  text: string,
  tried: string[],
): AsyncGenerator<Candidate> {
  const issn = readIssn(text);
  if (issn !== undefined) return yield ofIssn(issn);
  const typed = parseFeedAddress(/^www\./i.test(text) ? `https://${text}` : text);
  if (typed.kind !== 'feed') return yield { address: typed, how: 'as it was typed' };
  const known = findPublisherFeed(typed.address);
  if (known) {
    yield { address: parseFeedAddress(known.feed), how: `where ${known.name} keeps its feeds` };
  }
  yield { address: typed, how: 'at that address' };
  const page = await outside.feeds.readPage(typed.address).catch((error: unknown) => {
    if (!(error instanceof FeedError)) throw error;
    tried.push(`the page: ${error.message}`);
  });
  for (const address of page?.feeds.slice(0, MOST_TRIED) ?? []) {
    yield { address: parseFeedAddress(address), how: 'named by that page' };
  }
  for (const one of page?.issns.slice(0, 2) ?? []) yield ofIssn(one);
}

function ofIssn(issn: string): Candidate {
  return { address: { kind: 'crossref', address: issn }, how: `by the ISSN ${issn}, at Crossref` };
}

async function tryFeed({ feeds, now }: FindOutside, candidate: Candidate): Promise<FoundFeed> {
  const to = now();
  const request: FeedRequest = candidate.address;
  const window = { from: new Date(to.getTime() - SHOWN_MS), to };
  const { title = '', papers } = await feeds.fetchFeed(request, window);
  const titles = papers.slice(0, SHOWN).map(({ title }) => title);
  return { ...candidate, title, papers: papers.length, titles };
}

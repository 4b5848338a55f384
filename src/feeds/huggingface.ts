import { z } from 'zod';
import { readIds } from '../core/paper/identifier.ts';
import type { Paper } from '../core/paper/paper.ts';
import { toAuthor } from './authors.ts';
import {
  type Batch,
  conditions,
  type FeedRequest,
  type FeedWindow,
  type FetchedFeed,
  type Source,
  toPapers,
  unchanged,
  validators,
} from './fetched.ts';
import { buildPaper } from './fields.ts';
import { checkItem, parseJson, textProperty } from './json.ts';
import { fetchPages } from './pages.ts';
import { readDate } from './texts/dates.ts';

const DAY_MS = 24 * 3_600_000;
const MAX_DAILY = 100;

// The item's own publishedAt lies four hours before the paper's and so on another day.
const dailyItem = z.object({
  paper: z.object({
    id: z.string().min(1).max(100),
    title: z.string(),
    summary: z.string().default(''),
    authors: z
      .array(z.object({ name: z.string(), hidden: z.boolean().default(false) }))
      .default([]),
    publishedAt: z.string().optional(),
    submittedOnDailyAt: z.string().optional(),
    upvotes: z.number().int().nonnegative().optional(),
    ai_keywords: z.array(z.string()).nullish(),
    githubRepo: z.string().nullish(),
  }),
});

/** Fetches the newest daily papers, with their upvotes. Source: huggingface.co/.well-known/openapi.json. */
export async function fetchHuggingface(feed: FeedRequest, source: Source): Promise<FetchedFeed> {
  const url = `${source.bases.huggingface}/api/daily_papers?limit=${MAX_DAILY}`;
  const answer = await source.fetch({ url, accept: 'application/json', ...conditions(feed) });
  if (answer.isUnchanged) return unchanged(answer);
  const { papers, refusals, batchDate } = await parseHuggingface(answer.bytes);
  return {
    status: 'fetched',
    papers,
    refusals,
    complete: true,
    ...validators(answer),
    ...(batchDate !== undefined && { batchDate }),
  };
}

/** Fetches the daily papers of every day of the window; there are none on Saturdays and Sundays. */
export function fetchMissedHuggingface(
  feed: FeedRequest,
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  return fetchPages(feed, window, async (start, asked) => {
    const days = weekdays(asked);
    const day = days[start];
    if (day === undefined) return { papers: [], refusals: [] };
    const url = `${source.bases.huggingface}/api/daily_papers?date=${day}&limit=${MAX_DAILY}`;
    const { bytes } = await source.fetch({ url, accept: 'application/json' });
    const batch = await parseHuggingface(bytes);
    return { ...batch, ...(start + 1 < days.length && { next: start + 1 }) };
  });
}

/** Reads a list of daily papers; the batch is dated by the newest day a paper was put on. */
export async function parseHuggingface(
  bytes: Uint8Array,
): Promise<Batch & { readonly batchDate?: string }> {
  const items = parseJson(bytes, z.array(z.unknown()));
  let batchDate: string | undefined;
  const batch = await toPapers(items, nameItem, (item) => {
    const { paper } = checkItem(item, dailyItem);
    const day = readDate(paper.submittedOnDailyAt ?? '')
      ?.toISOString()
      .slice(0, 10);
    if (day !== undefined && day > (batchDate ?? '')) batchDate = day;
    return toPaper(paper);
  });
  return { ...batch, ...(batchDate !== undefined && { batchDate }) };
}

function toPaper(paper: z.infer<typeof dailyItem>['paper']): Paper {
  const { ids } = readIds({ explicit: [paper.id] }, true);
  return buildPaper({
    title: paper.title,
    abstract: paper.summary,
    authors: paper.authors.filter(({ hidden }) => !hidden).flatMap(({ name }) => toAuthor(name)),
    categories: [],
    ids,
    link:
      ids.arxiv === undefined
        ? `https://huggingface.co/papers/${encodeURIComponent(paper.id)}`
        : `https://arxiv.org/abs/${ids.arxiv}`,
    publishedAt: readDate(paper.publishedAt ?? ''),
    announcedAt: readDate(paper.submittedOnDailyAt ?? ''),
    upvotes: paper.upvotes,
    keywords: paper.ai_keywords ?? [],
    code: paper.githubRepo ?? '',
  });
}

function nameItem(item: unknown, index: number): string {
  return textProperty(item, 'title') ?? `(number ${index + 1})`;
}

function weekdays({ from, to }: FeedWindow): string[] {
  const days: string[] = [];
  for (let at = Math.floor(from.getTime() / DAY_MS) * DAY_MS; at <= to.getTime(); at += DAY_MS) {
    const day = new Date(at);
    if (day.getUTCDay() % 6 !== 0) days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

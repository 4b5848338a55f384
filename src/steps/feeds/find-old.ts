import { findAgeLimit } from '../../core/feed/feed-window.ts';
import { type Paper, renewKeys } from '../../core/paper/paper.ts';
import { ownKeys } from '../../core/paper/paper-join.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import type { Store } from '../../store/store.ts';

/** One answer of a feed, as its age is judged. */
export interface JudgedAnswer {
  readonly feed: FeedRow;
  readonly papers: readonly Paper[];
  readonly askedAt: Date;
  readonly isCatchUp: boolean;
}

// As many as a journal has in a week; what else an undated feed lists at first is older.
const FIRST_UNDATED = 30;

/** The papers of an answer that are too old to be news, each with the reason. Needs a transaction. */
export async function findOld(
  tx: Store,
  answer: JudgedAnswer,
  maxAgeDays: number,
): Promise<ReadonlyMap<Paper, string>> {
  const { feed, papers, askedAt, isCatchUp } = answer;
  const old = new Map<Paper, string>();
  const limit = findAgeLimit(feed, { at: askedAt, isCatchUp }, maxAgeDays);
  for (const paper of limit ? papers : []) {
    const date = dateOf(paper);
    if (limit && date && date < limit.oldest) old.set(paper, limit.reason);
  }
  for (const paper of await findPassed(tx, feed, papers)) {
    old.set(paper, 'It has no date and was in the feed before it was watched.');
  }
  return old;
}

/** When the feed announced a paper, as far as it tells. */
export function dateOf(paper: Paper): Date | undefined {
  return paper.announcedAt ?? paper.publishedAt;
}

/** Undated items of a plain feed that were far down in its first answer, now and ever after. */
async function findPassed(tx: Store, feed: FeedRow, papers: readonly Paper[]): Promise<Paper[]> {
  const undated = feed.kind === 'feed' ? papers.filter(({ publishedAt }) => !publishedAt) : [];
  if (undated.length === 0) return [];
  const keysOf = ownKeys(undated);
  if (!feed.lastAnswerAt) {
    const firstKeys = keysOf.slice(FIRST_UNDATED).map(([first = '']) => first);
    if (firstKeys.length > 0) await tx.feeds.recordPassed(feed.id, firstKeys);
    return undated.slice(FIRST_UNDATED);
  }
  const stored = await tx.feeds.listPassed(feed.id);
  const passed = new Set(stored.flatMap((key) => [...renewKeys([key])]));
  return undated.filter((_, index) => keysOf[index]?.some((key) => passed.has(key)));
}

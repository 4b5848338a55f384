import { FeedError, type Refusal } from '../../core/feed/feed.ts';
import { nextFetch, nextRetry } from '../../core/feed/feed-pace.ts';
import type { FeedProgress } from '../../core/feed/feed-progress.ts';
import { isFreshAnnouncement, type Paper } from '../../core/paper/paper.ts';
import { listItems } from '../../core/paper/reading.ts';
import { shortenText } from '../../core/text/text.ts';
import type { FetchedFeed } from '../../feeds/fetched.ts';
import type { FeedRow, FeedRun } from '../../store/papers/feeds.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';
import { dateOf, findOld } from './find-old.ts';
import { recordAmendments } from './record-amendments.ts';
import { storePapers } from './store-papers.ts';

/** What one run over a feed came to. */
export type IngestReport = Omit<FeedRun, 'feedId'> & { readonly feed: string };

/** A run that is under way. */
export interface Run {
  readonly feed: FeedRow;
  readonly startedAt: Date;
  readonly isCatchUp: boolean;
}

type RecordOutside = Pick<Outside, 'config' | 'now'>;

const LISTED_REFUSALS = 100;
const LONGEST_NAME = 120;

/** Stores an answer's papers in the open draft and writes down what became of them. Needs a transaction. */
export async function recordFetched(
  { config, now }: RecordOutside,
  tx: Store,
  run: Run & { fetched: FetchedFeed; progress: FeedProgress },
): Promise<IngestReport> {
  const { feed, fetched, progress, startedAt, isCatchUp } = run;
  const { papers, refused } = leaveOut(feed, fetched);
  const at = now();
  const judged = { feed, papers, askedAt: startedAt, isCatchUp };
  const old = await findOld(tx, judged, config.feeds.maxAgeDays);
  const replaced = papers.filter((paper) => !isFreshAnnouncement(paper));
  const onlyKnown = new Set([...old.keys(), ...replaced]);
  const place = { cut: config.cut, at, feedId: feed.id, onlyKnown };
  const arrivals = papers.length > 0 ? await storePapers(tx, papers, place) : [];
  await recordAmendments(tx, fetched.papers, at);
  if (fetched.items) await tx.feeds.recordListing(feed.id, listItems(fetched.items));
  const leftOut = papers.filter((_, index) => arrivals[index] === 'left_out');
  const tooOld = leftOut.flatMap((paper) => {
    const reason = old.get(paper);
    return reason === undefined ? [] : [{ item: nameWithDate(paper), reason }];
  });
  const refusals = [...fetched.refusals, ...refused, ...tooOld];
  const count = (wanted: string) => arrivals.filter((arrival) => arrival === wanted).length;
  await tx.feeds.recordProgress(feed.id, { ...progress, at, error: null });
  return recordRun(tx, run, {
    endedAt: at,
    status: fetched.status,
    isComplete: fetched.complete,
    batchDate: fetched.batchDate ?? null,
    fetched: fetched.papers.length + fetched.refusals.length,
    kept: count('kept'),
    merged: count('merged'),
    known: count('known'),
    replaced: leftOut.length - tooOld.length,
    refused: refusals.length,
    old: tooOld.length,
    refusals: listRefusals(refusals),
    error: null,
  });
}

/** An answer without the kinds of text that the feed leaves out, each with the reason. */
function leaveOut({ leavesOut }: FeedRow, { papers }: FetchedFeed) {
  const isLeft = ({ kind = 'paper' }: Paper) => leavesOut.includes(kind);
  const refused = papers.filter(isLeft).map(({ title, kind = 'paper' }) => ({
    item: shortenText(title, LONGEST_NAME),
    reason: `It is of a kind that this feed leaves out: ${kind}.`,
  }));
  return { papers: papers.filter((paper) => !isLeft(paper)), refused };
}

/** Writes down that a feed could not be read and when to try again. */
export function recordFailed(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  run: Run & { error: Error },
): Promise<IngestReport> {
  const { feed, isCatchUp } = run;
  const at = now();
  const retryAfterMs = run.error instanceof FeedError ? run.error.retryAfterMs : undefined;
  // A source's own words may hold what a database's text cannot.
  const error = run.error.message.replaceAll('\0', ' ');
  return store.transaction(async (tx) => {
    if (isCatchUp) {
      const nextFetchAt = nextFetch(at, 'due');
      await tx.feeds.recordOwing(feed.id, { nextFetchAt, error });
    } else {
      const nextFetchAt = nextRetry(at, feed.failures, retryAfterMs);
      await tx.feeds.recordFailure(feed.id, { nextFetchAt, error });
    }
    return recordRun(tx, run, {
      endedAt: at,
      status: 'failed',
      isComplete: false,
      batchDate: null,
      fetched: 0,
      kept: 0,
      merged: 0,
      known: 0,
      replaced: 0,
      refused: 0,
      old: 0,
      refusals: [],
      error,
    });
  });
}

async function recordRun(
  tx: Store,
  { feed, startedAt, isCatchUp }: Run,
  outcome: Omit<FeedRun, 'feedId' | 'startedAt' | 'isCatchUp'>,
): Promise<IngestReport> {
  const report = { startedAt, isCatchUp, ...outcome };
  await tx.feeds.recordRun({ feedId: feed.id, ...report });
  return { feed: feed.name, ...report };
}

function nameWithDate(paper: Paper): string {
  const date = dateOf(paper)?.toISOString().slice(0, 10);
  const title = shortenText(paper.title, LONGEST_NAME);
  return date === undefined ? title : `${title} (${date})`;
}

/** A thousand old items have one reason: the first of them tell it. */
function listRefusals(refusals: readonly Refusal[]): Refusal[] {
  return refusals.slice(0, LISTED_REFUSALS);
}

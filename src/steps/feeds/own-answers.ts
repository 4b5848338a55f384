import { announcementFor, isListedIn } from '../../core/feed/arxiv-category.ts';
import { findStaleDate, rememberList } from '../../core/feed/arxiv-list.ts';
import { isFreshAnnouncement } from '../../core/paper/paper.ts';
import type { FetchedFeed } from '../../feeds/fetched.ts';
import type { FeedRow } from '../../store/papers/feeds.ts';
import type { Store } from '../../store/store.ts';

/** What one feed has of an answer, under the date that its list is really of. */
export interface OwnAnswer {
  readonly feed: FeedRow;
  readonly fetched: FetchedFeed;
  /** An older day's list under a new date. */
  readonly isStale: boolean;
}

/** Tells each feed of a group its own of the answer that they share. Needs a transaction. */
export async function readOwnAnswers(
  tx: Store,
  group: readonly FeedRow[],
  fetched: FetchedFeed,
): Promise<OwnAnswer[]> {
  const answers: (OwnAnswer & { isKnown: boolean })[] = [];
  for (const feed of group) {
    const own = group.length > 1 ? selectFor(feed, fetched) : fetched;
    const last = feed.kind === 'arxiv' ? await tx.feeds.findListed(feed.id) : undefined;
    const date = findStaleDate(last, own.batchDate, own.papers);
    answers.push({ feed, ...dated(own, date), isKnown: last !== undefined });
  }
  // A feed that listed nothing before cannot tell: the others do.
  const other = answers.find(({ isStale }) => isStale)?.fetched.batchDate;
  return answers.map(({ isKnown, ...answer }) =>
    isKnown ? answer : { ...answer, ...dated(answer.fetched, other) },
  );
}

/** Keeps what arXiv listed for a feed, for the next list to be compared with. Needs a transaction. */
export async function recordListed(tx: Store, { feed, fetched }: OwnAnswer): Promise<void> {
  const { status, batchDate, papers } = fetched;
  if (feed.kind !== 'arxiv' || status !== 'fetched' || batchDate === undefined) return;
  const last = await tx.feeds.findListed(feed.id);
  await tx.feeds.recordListed(feed.id, rememberList(last, batchDate, papers));
}

function dated(fetched: FetchedFeed, staleDate: string | undefined) {
  const isStale = staleDate !== undefined;
  return { fetched: isStale ? { ...fetched, batchDate: staleDate } : fetched, isStale };
}

/** Of a shared answer, what one feed's categories list, announced as they would have announced it. */
function selectFor(feed: FeedRow, fetched: FetchedFeed): FetchedFeed {
  const asked = feed.address.split('+');
  const papers = fetched.papers
    .filter(({ categories }) => categories.length === 0 || isListedIn(categories, asked))
    .map((paper) => {
      const isReplaced = !isFreshAnnouncement(paper);
      const announcement = announcementFor(paper.categories, asked, isReplaced);
      return { ...paper, announcement };
    });
  return { ...fetched, papers };
}

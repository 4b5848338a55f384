import { nameAuthors } from '../../core/letter/paper-views.ts';
import type { PaperList } from '../../core/letter/reader-pages.ts';
import { dateForPeople } from '../../core/reader/schedule.ts';
import type { KeptPaper } from '../../store/readers/kept-digests.ts';
import type { Outside } from '../steps.ts';
import { DAY_MS } from './limit.ts';

const LISTED = 60;
const MOST_FOUND = 200;

/** What a reader looks back on: their digests, newest first, and what they voted on, or the papers that hold every word of a search. */
export async function listHistory(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  { subscriberId, query }: { subscriberId: number; query: string },
  linkVote: (deliveryId: number, paperId: number) => string,
): Promise<{ lists: PaperList[]; hasMore: boolean }> {
  const words = query.split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const found = await store.keptDigests.search(subscriberId, words, MOST_FOUND);
    const label = `With “${words.join(' ')}”`;
    const lists =
      found.length > 0 ? [{ label, papers: found.map((paper) => viewKept(paper)) }] : [];
    return { lists, hasMore: false };
  }
  const digests = await store.keptDigests.list(subscriberId, LISTED + 1);
  const shown = digests.slice(0, LISTED);
  const papers = await store.keptDigests.listPapers(
    subscriberId,
    shown.flatMap((digest) => digest.papers),
  );
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  // A vote is checked against the digest, and may be given as long as that is kept.
  const keptSince = new Date(now().getTime() - config.keepDays.digests * DAY_MS);
  const lists = shown.map(({ deliveryId, date, acceptedAt, papers: ids }) => ({
    label: dateForPeople(date),
    papers: ids.flatMap((id) => {
      const paper = byId.get(id);
      const voteLink = acceptedAt > keptSince ? linkVote(deliveryId, id) : undefined;
      return paper ? [viewKept(paper, voteLink)] : [];
    }),
  }));
  const voted = await store.keptDigests.listVoted(subscriberId, MOST_FOUND);
  if (voted.length > 0)
    lists.push({ label: 'Papers you voted on', papers: voted.map((paper) => viewKept(paper)) });
  return { lists, hasMore: digests.length > LISTED };
}

function viewKept(
  { id, title, authors, link, vote }: KeptPaper,
  voteLink?: string,
): PaperList['papers'][number] {
  const names = nameAuthors(authors);
  return {
    id,
    title,
    ...(names ? { authors: names } : {}),
    ...(link ? { link } : {}),
    ...(vote ? { vote } : {}),
    ...(voteLink ? { voteLink } : {}),
  };
}

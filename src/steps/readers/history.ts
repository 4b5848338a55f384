import { tellItem } from '../../core/letter/digest-items.ts';
import { viewItem } from '../../core/letter/item-views.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import type { NamedLine, PaperList } from '../../core/letter/reader-pages.ts';
import { fillItems, listNoteIds } from '../../core/letter/said-notes.ts';
import type { Words } from '../../core/words/words.ts';
import type { KeptPaper } from '../../store/readers/kept-digests.ts';
import type { Outside } from '../steps.ts';
import { DAY_MS } from './limit.ts';

const LISTED = 60;
const MOST_FOUND = 200;
/** More than a digest can count as one more page of it. */
const MOST_NAMED = 1_000;

/** What a reader looks back on: their digests, newest first, and what they voted on, or the papers that hold every word of a search. */
export async function listHistory(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  { subscriberId, query, words }: { subscriberId: number; query: string; words: Words },
  linkVote: (deliveryId: number, paperId: number) => string,
): Promise<{ lists: PaperList[]; hasMore: boolean }> {
  const sought = query.split(/\s+/).filter(Boolean);
  if (sought.length > 0) {
    const found = await store.keptDigests.search(subscriberId, sought, MOST_FOUND);
    const label = words.say('history.found', { query: sought.join(' ') });
    const lists =
      found.length > 0 ? [{ label, papers: found.map((paper) => viewKept(paper, words)) }] : [];
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
    label: words.date(date),
    papers: ids.flatMap((id) => {
      const paper = byId.get(id);
      const voteLink = acceptedAt > keptSince ? linkVote(deliveryId, id) : undefined;
      return paper ? [viewKept(paper, words, voteLink)] : [];
    }),
  }));
  const voted = await store.keptDigests.listVoted(subscriberId, MOST_FOUND);
  if (voted.length > 0) {
    const label = words.say('history.voted');
    lists.push({ label, papers: voted.map((paper) => viewKept(paper, words)) });
  }
  return { lists, hasMore: digests.length > LISTED };
}

function viewKept(
  { id, title, authors, link, vote }: KeptPaper,
  words: Words,
  voteLink?: string,
): PaperList['papers'][number] {
  const names = nameAuthors(authors, words);
  return {
    id,
    title,
    ...(names ? { authors: names } : {}),
    ...(link ? { link } : {}),
    ...(vote ? { vote } : {}),
    ...(voteLink ? { voteLink } : {}),
  };
}

/** What alerts and the like named to a reader, the newest first. */
export async function listNamed(
  { store }: Pick<Outside, 'store'>,
  subscriberId: number,
  words: Words,
): Promise<NamedLine[]> {
  const items = (await store.items.list(subscriberId, MOST_NAMED)).map((item) =>
    tellItem({ ...item, isPublic: false }, item.reasons),
  );
  const notes = await store.circleNotes.listSaid(listNoteIds({ items }));
  return fillItems(items, notes).map((shown) => {
    const { title, authors, link, reason } = viewItem(shown, words);
    return {
      title,
      ...(authors ? { authors } : {}),
      ...(link ? { link } : {}),
      ...(reason ? { reason } : {}),
    };
  });
}

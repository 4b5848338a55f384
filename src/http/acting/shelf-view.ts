import type { ShelfView } from '../../core/letter/kept-pages.ts';
import { tellShelf } from '../../core/library/shelf.ts';
import type { Site } from '../site.ts';

const FAILED_LISTED = 20;

/** How it goes with what a reader has go to Zotero; undefined where nothing does. */
export async function viewShelf(
  { outside: { store }, words }: Site,
  subscriberId: number,
): Promise<ShelfView | undefined> {
  const shelf = await store.shelves.find(subscriberId);
  if (!shelf) return undefined;
  const counts = await store.shelves.count(shelf);
  const failed = counts.failed > 0 ? await store.shelves.listFailed(shelf, FAILED_LISTED) : [];
  const { userName, userId, withMail, sealedKey, collection } = shelf;
  return {
    library: words.say('shelf.library', { name: userName, id: String(userId) }),
    says: tellShelf({ ...shelf, hasCollection: collection !== null }, counts, words),
    ...(counts.held > 0 ? { held: words.say('shelf.held', { count: counts.held }) } : {}),
    hasKey: sealedKey !== null,
    withMail,
    isHomeless: collection === null,
    failed: failed.map(({ title, reason }) => ({
      title,
      reason: reason ?? words.say('shelf.trouble'),
    })),
  };
}

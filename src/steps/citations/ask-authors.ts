import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import type { AskedAuthor } from '../../store/citations/asked-authors.ts';
import type { Outside } from '../steps.ts';
import { addWorks } from './name-works.ts';

/** In one run; somebody waits for each. */
const MOST_AUTHORS = 20;

/** Asks OpenAlex for the works of authors that readers say they are, of which they choose then. */
export async function askAuthors({
  store,
  feeds,
  now,
}: Pick<Outside, 'store' | 'feeds' | 'now'>): Promise<void> {
  for (const { id, author, tries } of await store.askedAuthors.listDue(now(), MOST_AUTHORS)) {
    let requests = 0;
    try {
      const found = await feeds.fetchAuthorWorks(author, () => {
        requests += 1;
      });
      await store.askedAuthors.recordFound(id, found);
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      await store.askedAuthors.postpone(id, nextRetry(now(), tries, error.retryAfterMs));
    } finally {
      if (requests > 0) await store.citationTurns.recordUse('openalex', now(), requests);
    }
  }
}

/** Makes those works of an author a reader's that they chose, by their places in the list; undefined where nothing is there any more. */
export async function takeWorks(
  outside: Pick<Outside, 'store' | 'queue' | 'now'>,
  { id, subscriberId, works }: AskedAuthor,
  chosen: ReadonlySet<number>,
) {
  const wanted = (works ?? []).filter((_, place) => chosen.has(place));
  const came = await addWorks(outside, subscriberId, wanted);
  await outside.store.askedAuthors.remove(id, subscriberId);
  return came;
}

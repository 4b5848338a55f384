import { FeedError } from '../core/feed/feed.ts';
import { ZOTERO } from '../core/library/zotero.ts';
import { decodeBytes } from '../core/text/charset.ts';
import type { FetchedBytes, FetchRequest } from './fetch.ts';
import type { Source } from './fetched.ts';

type Answer = Pick<FetchedBytes, 'status' | 'bytes'>;

/** A key that is none any more; what a good one may not do is refused in other words. */
function isInvalidKey({ status, bytes }: Answer): boolean {
  return status === 403 && /invalid key/i.test(decodeBytes(bytes).slice(0, 1000));
}

/**
 * Asks Zotero by a key of somebody's. After one that is none all of us rest, since a few wrong ones
 * shut out everybody. Throws FeedError: with the status 401 where the key is none, so that it is not
 * tried again, and 403 where it may not do this. Zotero answers 403 to both.
 */
export async function fetchWithKey(
  key: string,
  { fetch }: Pick<Source, 'fetch'>,
  request: FetchRequest,
): Promise<FetchedBytes> {
  const answer = await fetch({
    ...request,
    alsoStatus: 403,
    restAfter: (given) => (isInvalidKey(given) ? ZOTERO.refusedRestMs : 0),
    headers: { ...request.headers, 'zotero-api-key': key },
  });
  if (answer.status !== 403) return answer;
  const isInvalid = isInvalidKey(answer);
  const message = isInvalid ? 'Zotero refuses the key.' : 'The key may not do this.';
  throw new FeedError('status', message, { status: isInvalid ? 401 : 403 });
}

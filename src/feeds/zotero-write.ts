import { decodeHTMLStrict } from 'entities';
import { z } from 'zod';
import { FeedError } from '../core/feed/feed.ts';
import { headerOf } from './body.ts';
import type { FetchedBytes, FetchRequest } from './fetch.ts';
import type { Source } from './fetched.ts';
import { parseJson } from './json.ts';
import { fetchWithKey } from './zotero-key.ts';

/** Whose a key is, and whether it may write into their library. */
export interface ZoteroKey {
  readonly userId: number;
  readonly userName: string;
  readonly mayWrite: boolean;
}

/** A user's library, by a key of theirs. */
export interface OwnLibrary {
  readonly userId: number;
  readonly key: string;
}

/** What came of writing. */
export interface Written {
  /** Of the library, after it. */
  readonly version: number;
  /** What was not written, by its place in what was sent. */
  readonly failed: ReadonlyMap<number, { readonly code: number; readonly message: string }>;
}

/** More in one request is refused as a whole. */
export const MOST_WRITTEN = 50;

const keyShape = z.looseObject({
  userID: z.number().int().positive(),
  username: z.string().default(''),
  access: z
    .looseObject({
      user: z.looseObject({ library: z.boolean(), write: z.boolean() }).partial().optional(),
    })
    .optional(),
});
const writtenShape = z.looseObject({
  failed: z
    .record(z.string(), z.looseObject({ code: z.number(), message: z.string().default('') }))
    .default({}),
});
const deletedShape = z.looseObject({ items: z.array(z.string()).default([]) });

/** Asks once whose a key is, and waits for no long rest. Throws FeedError, see `fetchWithKey`. */
export async function findZoteroKey(key: string, source: Source): Promise<ZoteroKey> {
  const { bytes } = await ask(key, source, {
    path: 'keys/current',
    mostWaitMs: 8000,
  });
  const { userID, username, access } = parseJson(bytes, keyShape);
  const { library = false, write = false } = access?.user ?? {};
  return { userId: userID, userName: username, mayWrite: library && write };
}

/**
 * Makes items or collections anew under keys of their own; what is there under such a key stays as it
 * is and is told as failed with 412. Throws FeedError, see `fetchWithKey`.
 */
export async function writeZotero(
  { userId, key }: OwnLibrary,
  what: 'items' | 'collections',
  objects: readonly object[],
  source: Source,
): Promise<Written> {
  const answer = await ask(key, source, {
    path: `users/${userId}/${what}`,
    post: JSON.stringify(objects),
  });
  const { failed } = parseJson(answer.bytes, writtenShape);
  return {
    version: versionOf(answer),
    failed: new Map(
      Object.entries(failed).map(([place, { code, message }]) => [
        Number(place),
        { code, message: decodeHTMLStrict(message).slice(0, 300) },
      ]),
    ),
  };
}

/** Keys of items that were deleted for good since a version of a library. Throws FeedError, see `fetchWithKey`. */
export async function listZoteroDeleted(
  { userId, key }: OwnLibrary,
  since: number,
  source: Source,
): Promise<readonly string[]> {
  const { bytes } = await ask(key, source, { path: `users/${userId}/deleted?since=${since}` });
  return parseJson(bytes, deletedShape).items;
}

/** Asks once: the queue asks again, and until then others have their turn. Throws FeedError, see `fetchWithKey`. */
function ask(
  key: string,
  source: Source,
  { path, ...request }: { readonly path: string } & Pick<FetchRequest, 'post' | 'mostWaitMs'>,
): Promise<FetchedBytes> {
  return fetchWithKey(key, source, {
    ...request,
    isOnce: true,
    url: `${source.bases.zotero.replace(/\/+$/, '')}/${path}`,
    accept: 'application/json',
    headers: { 'zotero-api-version': '3' },
  });
}

function versionOf({ headers }: FetchedBytes): number {
  const text = headerOf(headers, 'last-modified-version')?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new FeedError('malformed', 'The answer of Zotero says no version of the library.');
}

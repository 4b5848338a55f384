import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { FeedError } from '../core/feed/feed.ts';
import { ZOTERO, type ZoteroPlace } from '../core/library/zotero.ts';
import { headerOf } from './body.ts';
import type { FetchedBytes } from './fetch.ts';
import type { Source } from './fetched.ts';
import { parseJson } from './json.ts';
import { fetchWithKey } from './zotero-key.ts';

/** A library at Zotero, and what was read of it before. */
export interface AskedLibrary {
  readonly place: ZoteroPlace;
  readonly key?: string | undefined;
  /** The version that was read last; absent where all of it is wanted. */
  readonly since?: number | undefined;
}

/** What a library has, or what changed in it. */
export interface FetchedLibrary {
  /** Its version, to ask for later changes. */
  readonly version: number;
  /** Items as the API gives them, the newest first; trashed ones are among `removed`. */
  readonly items: readonly { readonly key: string; readonly item: unknown }[];
  /** Keys of what was deleted or trashed since. */
  readonly removed: readonly string[];
  /** False where it has more than is read. */
  readonly isWhole: boolean;
}

const itemShape = z.looseObject({
  key: z.string(),
  data: z.looseObject({ deleted: z.unknown() }).partial().optional(),
});
const itemsShape = z.array(z.unknown());
const deletedShape = z.looseObject({ items: z.array(z.string()).default([]) });

/** A page that came with another version than the one before it. */
class Moved extends Error {}

/**
 * Reads a library by Zotero's web API (version 3): what changed since a version, or all of it.
 * Undefined where nothing changed. Throws FeedError.
 */
export async function fetchZotero(
  asked: AskedLibrary,
  source: Source,
): Promise<FetchedLibrary | undefined> {
  try {
    return await readLibrary(asked, source);
  } catch (error) {
    if (!(error instanceof Moved)) throw error;
  }
  // Somebody changed it meanwhile: once more from the beginning, as the documentation says.
  return readLibrary(asked, source).catch((error: unknown) => {
    if (!(error instanceof Moved)) throw error;
    throw new FeedError('busy', 'The library at Zotero changes while it is read.');
  });
}

async function readLibrary(
  asked: AskedLibrary,
  source: Source,
): Promise<FetchedLibrary | undefined> {
  const items: { key: string; item: unknown }[] = [];
  const removed: string[] = [];
  let version: number | undefined;
  let total = 0;
  let start = 0;
  let before: FetchedBytes | undefined;
  do {
    await rest(before);
    const answer = await ask(asked, source, { path: 'items/top', start });
    before = answer;
    if (answer.isUnchanged) return undefined;
    version = sameVersion(answer, version);
    total = readNumber(answer, 'total-results') ?? 0;
    for (const item of parseJson(answer.bytes, itemsShape)) {
      const read = itemShape.safeParse(item);
      if (!read.success) continue;
      if (read.data.data?.deleted) removed.push(read.data.key);
      else items.push({ key: read.data.key, item });
    }
    start += ZOTERO.pageSize;
  } while (start < total && start < ZOTERO.mostPages * ZOTERO.pageSize);
  if (asked.since !== undefined) {
    await rest(before);
    const answer = await ask(asked, source, { path: 'deleted' });
    version = sameVersion(answer, version);
    removed.push(...parseJson(answer.bytes, deletedShape).items);
  }
  return { version, items, removed, isWhole: start >= total };
}

interface Question {
  readonly path: 'items/top' | 'deleted';
  readonly start?: number;
}

async function ask(
  { place, key, since }: AskedLibrary,
  source: Source,
  { path, start }: Question,
): Promise<FetchedBytes> {
  const url = new URL(`${source.bases.zotero.replace(/\/+$/, '')}/${place}/${path}`);
  const params = {
    ...(since !== undefined && { since }),
    ...(start !== undefined && { format: 'json', limit: ZOTERO.pageSize, start }),
    ...(start !== undefined && { sort: 'dateAdded', direction: 'desc' }),
    // Only so is it told what was put into the trash.
    ...(start !== undefined && since !== undefined && { includeTrashed: 1 }),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
  const isFirst = start === 0 && since !== undefined;
  const request = {
    url: url.href,
    accept: 'application/json',
    headers: {
      'zotero-api-version': '3',
      ...(isFirst && { 'if-modified-since-version': String(since) }),
    },
  };
  return key === undefined ? source.fetch(request) : fetchWithKey(key, source, request);
}

/** A server that is busy says so in any answer; a longer rest is left to the next run. */
const LONGEST_REST_MS = 30_000;

async function rest(before: FetchedBytes | undefined): Promise<void> {
  const seconds = before && readNumber(before, 'backoff');
  if (seconds === undefined) return;
  const waitMs = seconds * 1000;
  if (waitMs > LONGEST_REST_MS) {
    const message = `Zotero asks us to come back in ${seconds} seconds.`;
    throw new FeedError('busy', message, { retryAfterMs: waitMs });
  }
  await sleep(waitMs);
}

function sameVersion(answer: FetchedBytes, before: number | undefined): number {
  const version = readNumber(answer, 'last-modified-version');
  if (version === undefined) {
    throw new FeedError('malformed', 'The answer of Zotero says no version of the library.');
  }
  if (before !== undefined && before !== version) throw new Moved();
  return version;
}

function readNumber({ headers }: FetchedBytes, name: string): number | undefined {
  const text = headerOf(headers, name)?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

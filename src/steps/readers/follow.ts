import { FeedError } from '../../core/feed/feed.ts';
import { readItem } from '../../core/library/json.ts';
import {
  judgeZotero,
  nextReading,
  type ZoteroPlace,
  type ZoteroProblem,
} from '../../core/library/zotero.ts';
import type { KeyRing } from '../../core/reader/keys.ts';
import { isSealedByOld, seal, unseal } from '../../core/reader/seal.ts';
import type { Work } from '../../core/reading/work.ts';
import type { FetchedLibrary } from '../../feeds/zotero.ts';
import type { FollowedLibrary } from '../../store/readers/followed-libraries.ts';
import type { KeptFrom } from '../../store/readers/libraries.ts';
import { breathe } from '../breathe.ts';
import type { Outside } from '../steps.ts';
import { fitEntries } from './library.ts';
import { changeTaste } from './taste.ts';

type FollowOutside = Pick<Outside, 'store' | 'queue' | 'keys' | 'now'>;

/** More libraries than a reader has need of. */
export const MOST_FOLLOWED = 5;
/** A press asks no sooner than this after the last request for the same library. */
const AGAIN_AFTER_MS = 10 * 60_000;
const PURPOSE = 'zotero';

/** What somebody says of a library at Zotero. */
export interface FollowWish {
  readonly subscriberId: number;
  readonly place: ZoteroPlace;
  readonly key?: string | undefined;
  readonly actor: string;
}

/**
 * Follows a library at Zotero from now on; where it is followed, with this key instead. False where
 * the reader follows as many as they may.
 */
export async function followLibrary(
  { store, queue, keys, now }: FollowOutside,
  { subscriberId, place, key, actor }: FollowWish,
): Promise<boolean> {
  const at = now();
  const id = await store.transaction(async (tx) => {
    if (!(await tx.votes.lockReader(subscriberId))) return undefined;
    const others = (await tx.followed.list(subscriberId)).filter((each) => each.place !== place);
    if (others.length >= MOST_FOLLOWED) return undefined;
    const sealedKey = key === undefined ? null : sealKey(keys, { subscriberId, place }, key);
    const [row] = await tx.followed.upsert({ subscriberId, place, sealedKey, at });
    await audit(tx, { subscriberId, action: 'follow_library', actor, at });
    return row?.id;
  });
  if (id === undefined) return false;
  await queue.enqueue('follow', { followedId: id });
  return true;
}

/** Follows a library no more; with `isEmptied`, its papers go, and what was learned from them. */
export async function unfollowLibrary(
  outside: Pick<Outside, 'store' | 'threads' | 'now'>,
  library: Pick<FollowedLibrary, 'id' | 'subscriberId'>,
  { isEmptied, actor }: { readonly isEmptied: boolean; readonly actor: string },
): Promise<void> {
  const { id, subscriberId } = library;
  const change = { subscriberId, action: 'remove_library', actor } as const;
  await changeTaste(outside, change, async (tx, at) => {
    const isChanged = isEmptied && (await tx.libraries.removeItems(id, { keep: [] }));
    await tx.followed.remove(id);
    await audit(tx, { subscriberId, action: 'unfollow_library', actor, at });
    return { isChanged };
  });
}

/** Has a library read now. False where that was a moment ago. */
export async function readAgain(
  { store, queue, now }: Pick<Outside, 'store' | 'queue' | 'now'>,
  { id, askedAt, nextAt }: FollowedLibrary,
): Promise<boolean> {
  const at = now();
  if (nextAt !== null && nextAt <= at) return true;
  if (askedAt && at.getTime() - askedAt.getTime() < AGAIN_AFTER_MS) return false;
  await store.followed.recordNext(id, at);
  await queue.enqueue('follow', { followedId: id });
  return true;
}

/**
 * Reads a followed library where it is due, and has its reader's own follow: what is new, what
 * changed, what was removed. One line of what came of it; undefined where nothing was due.
 */
export async function readFollowed(
  outside: Pick<Outside, 'store' | 'threads' | 'feeds' | 'keys' | 'now'>,
  followedId: number,
): Promise<string | undefined> {
  const library = await outside.store.followed.find(followedId);
  if (!library?.nextAt || library.nextAt > outside.now()) return undefined;
  const key = await openKey(outside, library);
  if (key === undefined) return recordFailure(outside, library, 'sealed');
  const { place, version } = library;
  try {
    const asked = { place, key: key ?? undefined, since: version ?? undefined };
    const fetched = await outside.feeds.fetchLibrary(asked);
    if (fetched) return await take(outside, library, fetched);
    const at = outside.now();
    const read = { version: version ?? 0, leftOut: library.leftOut, at, nextAt: nextOf(at) };
    await outside.store.followed.recordRead(followedId, read);
    return `library ${followedId}: nothing new`;
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const problem = judgeZotero(error, key !== null);
    // Whoever sends wrong keys is shut out, and every reader with them.
    if (error.status === 401) return recordLast(outside, library, problem);
    return recordFailure(outside, library, problem, error.retryAfterMs);
  }
}

const nextOf = (at: Date) => nextReading(at) ?? at;

/** Null where none is needed, undefined where it does not open. One under an old key of ours is sealed anew. */
async function openKey(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  library: FollowedLibrary,
): Promise<string | null | undefined> {
  const { id, sealedKey } = library;
  if (sealedKey === null) return null;
  const key = unseal(keys, { purpose: PURPOSE, bound: boundOf(library) }, sealedKey);
  if (key !== undefined && isSealedByOld(keys, sealedKey)) {
    await store.followed.recordKey(id, sealKey(keys, library, key));
  }
  return key;
}

type Owned = Pick<FollowedLibrary, 'subscriberId' | 'place'>;

/** A row that is copied to another reader opens nothing there. */
const boundOf = ({ subscriberId, place }: Owned) => `${subscriberId} ${place}`;

function sealKey(keys: KeyRing, library: Owned, key: string): string {
  return seal(keys, { purpose: PURPOSE, bound: boundOf(library) }, key);
}

async function recordFailure(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { id, failures }: FollowedLibrary,
  problem: ZoteroProblem,
  waitMs = 0,
): Promise<string> {
  const at = now();
  const nextAt = nextReading(at, { problem, failures: failures + 1, waitMs }) ?? null;
  await store.followed.recordFailure(id, { problem, at, nextAt });
  return `library ${id}: ${problem}`;
}

/** Nothing more is tried before the reader asks. */
async function recordLast(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { id }: FollowedLibrary,
  problem: ZoteroProblem,
): Promise<string> {
  await store.followed.recordFailure(id, { problem, at: now(), nextAt: null });
  return `library ${id}: ${problem}`;
}

/** Puts what was fetched into the reader's library, and what was removed out of it. */
async function take(
  outside: Pick<Outside, 'store' | 'threads' | 'now'>,
  { id, subscriberId, version, leftOut: before }: FollowedLibrary,
  fetched: FetchedLibrary,
): Promise<string | undefined> {
  const entries = await breathe(entriesOf(fetched));
  const isAll = version === null && fetched.isWhole;
  const change = {
    subscriberId,
    action: 'read_library',
    actor: 'service',
    detail: { entries: entries.length, removed: fetched.removed.length },
  } as const;
  const came = await changeTaste(outside, change, async (tx, at) => {
    // Somebody may have taken it away meanwhile.
    if (!(await tx.followed.find(id))) return { isChanged: false };
    const keep = entries.map(({ key }) => key);
    const items = [...fetched.items.map(({ key }) => key), ...fetched.removed];
    const isFewer = await tx.libraries.removeItems(id, { ...(isAll ? {} : { items }), keep });
    const { kept, added, leftOut } = fitEntries(entries, await tx.libraries.listKeys(subscriberId));
    const isMore = await tx.libraries.upsert(subscriberId, kept, { at, followedId: id });
    await tx.followed.recordRead(id, {
      version: fetched.version,
      leftOut: version === null ? leftOut : before + leftOut,
      at,
      nextAt: nextOf(at),
    });
    return { isChanged: isMore || isFewer, added };
  });
  return came && `library ${id}: ${came.added ?? 0} papers added`;
}

/** The papers of what was fetched; an item that says nothing of what it is, is none. */
function* entriesOf({ items }: FetchedLibrary): Work<KeptFrom[]> {
  const entries = new Map<string, KeptFrom>();
  for (const { key: itemKey, item } of items) {
    yield;
    const read = readItem(item);
    if (read && 'key' in read && !entries.has(read.key)) {
      entries.set(read.key, { ...read, item: itemKey });
    }
  }
  return [...entries.values()];
}

async function audit(
  tx: Outside['store'],
  change: { subscriberId: number; action: string; actor: string; at: Date },
): Promise<void> {
  const { subscriberId, action, actor, at } = change;
  const reader = await tx.subscribers.findBySubscriber(subscriberId);
  const subject = `subscription ${reader?.id ?? 0}`;
  await tx.records.recordAudit({ at, actor, action, subject, detail: {} });
}

/** Seals under the newest key the keys of readers that hang on an older one; how many. */
export async function resealLibraries(outside: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const old = await outside.store.followed.listSealedByOld(outside.keys.newest);
  const opened: unknown[] = [];
  for (const library of old) opened.push(await openKey(outside, library));
  return opened.filter((key) => key !== undefined).length;
}

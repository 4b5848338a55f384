import { randomBytes } from 'node:crypto';
import { FeedError } from '../../core/feed/feed.ts';
import { judgeShelving, makeZoteroKey, type ShelfProblem } from '../../core/library/shelf.ts';
import type { KeyRing } from '../../core/reader/keys.ts';
import { isSealedByOld, seal, unseal } from '../../core/reader/seal.ts';
import type { Shelf } from '../../store/readers/shelves.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';
import { countToLimit, DAY_MS } from './limit.ts';

type ShelfOutside = Pick<Outside, 'store' | 'queue' | 'feeds' | 'keys' | 'now'>;

/** Whoever needs more has given wrong ones. */
const KEYS_A_DAY = 10;
const PURPOSE = 'shelf';

/** Why a key was not taken. */
export type KeyFault = ShelfProblem | 'readonly' | 'tooMany';

/**
 * Has the kept papers of a reader go into their library at Zotero from now on, by a key that is tested
 * first. Undefined where it was taken.
 */
export async function putUpShelf(
  outside: ShelfOutside,
  given: { readonly subscriberId: number; readonly key: string; readonly withMail: boolean },
): Promise<KeyFault | undefined> {
  const { store, queue, feeds, keys, now } = outside;
  const { subscriberId, key, withMail } = given;
  const limit = { name: 'key at zotero', most: KEYS_A_DAY, windowMs: DAY_MS };
  const tooMany = await countToLimit(outside, { ...limit, key: String(subscriberId) });
  if (tooMany !== undefined) return 'tooMany';
  const found = await feeds.findZoteroKey(key).catch((error: unknown) => {
    if (!(error instanceof FeedError)) throw error;
    return judgeShelving(error);
  });
  if (typeof found === 'string') return found;
  if (!found.mayWrite) return 'readonly';
  const { userId, userName } = found;
  const at = now();
  const shelf = { subscriberId, userId, userName, withMail, at };
  await store.transaction(async (tx) => {
    if (!(await tx.votes.lockReader(subscriberId))) return;
    const sealedKey = sealKey(keys, shelf, key);
    const collection = makeZoteroKey(randomBytes(8));
    await tx.shelves.upsert({ ...shelf, sealedKey, collection });
    await audit(tx, { subscriberId, action: 'put_up_shelf', at });
  });
  await queue.enqueue('shelve', { subscriberId });
  return undefined;
}

/** Has nothing go there any more; what is there stays, and is known if the same library comes again. */
export async function takeDownShelf(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriberId: number,
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.shelves.remove(subscriberId);
    await audit(tx, { subscriberId, action: 'take_down_shelf', at: now() });
  });
}

/** What a reader asks of their shelf. */
export type ShelfWish = 'again' | 'mail' | 'web' | 'collection';

/** Changes what goes to a shelf, and has it go now. */
export async function changeShelf(
  { store, queue, now }: Pick<Outside, 'store' | 'queue' | 'now'>,
  shelf: Shelf,
  wish: ShelfWish,
): Promise<void> {
  const { subscriberId } = shelf;
  const at = now();
  await store.transaction(async (tx) => {
    if (wish === 'collection' && shelf.collection === null) {
      await tx.shelves.recordCollection(shelf, makeZoteroKey(randomBytes(8)));
    }
    if (wish === 'mail' || wish === 'web') {
      await tx.shelves.recordWithMail(subscriberId, wish === 'mail');
    }
    await tx.shelves.tryAgain(shelf, at);
  });
  await queue.enqueue('shelve', { subscriberId });
}

type Owned = Pick<Shelf, 'subscriberId' | 'userId'>;

/** A row that is copied to another reader opens nothing there. */
const boundOf = ({ subscriberId, userId }: Owned) => `${subscriberId} ${userId}`;

function sealKey(keys: KeyRing, shelf: Owned, key: string): string {
  return seal(keys, { purpose: PURPOSE, bound: boundOf(shelf) }, key);
}

/** The key of a shelf; undefined where it does not open, or Zotero refused it. One under an old key of ours is sealed anew. */
export async function openShelfKey(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  shelf: Shelf,
): Promise<string | undefined> {
  const { subscriberId, sealedKey } = shelf;
  if (sealedKey === null) return undefined;
  const key = unseal(keys, { purpose: PURPOSE, bound: boundOf(shelf) }, sealedKey);
  if (key !== undefined && isSealedByOld(keys, sealedKey)) {
    await store.shelves.recordKey(subscriberId, sealKey(keys, shelf, key));
  }
  return key;
}

/** Seals under the newest key the keys of shelves that hang on an older one; how many. */
export async function resealShelves(outside: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const old = await outside.store.shelves.listSealedByOld(outside.keys.newest);
  const opened: unknown[] = [];
  for (const shelf of old) opened.push(await openShelfKey(outside, shelf));
  return opened.filter((key) => key !== undefined).length;
}

async function audit(
  tx: Store,
  { subscriberId, action, at }: { subscriberId: number; action: string; at: Date },
): Promise<void> {
  const reader = await tx.subscribers.findBySubscriber(subscriberId);
  const subject = `subscription ${reader?.id ?? 0}`;
  await tx.records.recordAudit({ at, actor: 'reader', action, subject, detail: {} });
}

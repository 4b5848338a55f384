import type { Example, Taste } from '../../core/ranking/taste.ts';
import type { TasteWords } from '../../core/ranking/taste-words.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';
import { findOthers } from './others.ts';

type TasteOutside = Pick<Outside, 'store' | 'threads' | 'now'>;

/** So much text is learned from at most, shared among all examples: more of it takes time and says little new. */
const MOST_TEXT = 500_000;

/**
 * Everything that says what a reader likes: their votes, then their library as far as there
 * is a text. Of abstracts the beginning, the shorter the more examples there are.
 */
export async function listExamples(store: Store, subscriberId: number): Promise<Example[]> {
  const votes = await store.votes.listExamples(subscriberId);
  const all = [...votes, ...(await store.libraries.listExamples(subscriberId))];
  const each = Math.floor(MOST_TEXT / Math.max(1, all.length));
  return all.map(({ kind, title, abstract, at }) => {
    const left = Math.max(0, each - title.length);
    return { kind, title, abstract: abstract.slice(0, left), at };
  });
}

/** What a reader does to their taste: for the audit, which names no paper. */
export interface TasteChange {
  readonly subscriberId: number;
  readonly action: 'vote' | 'unvote' | 'add_library' | 'remove_library' | 'read_library';
  /** Who does it; the reader where nothing is said. */
  readonly actor?: string;
  readonly detail?: Readonly<Record<string, string | number>>;
}

/**
 * Changes what a reader's taste is learned from and learns it anew, in one transaction, so
 * that two changes at once are both learned; on record. Where nothing changed, nothing is
 * learned. Undefined where the reader is gone.
 */
export function changeTaste<Result extends { readonly isChanged: boolean }>(
  { store, threads, now }: TasteOutside,
  { subscriberId, action, actor = 'reader', detail = {} }: TasteChange,
  change: (tx: Store, at: Date) => Promise<Result>,
): Promise<Result | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    if (!(await tx.votes.lockReader(subscriberId))) return undefined;
    const result = await change(tx, at);
    if (!result.isChanged) return result;
    await relearn({ store: tx, threads }, subscriberId, at);
    const reader = await tx.subscribers.findBySubscriber(subscriberId);
    const subject = `subscription ${reader?.id ?? 0}`;
    await tx.records.recordAudit({ at, actor, action, subject, detail });
    return result;
  });
}

/**
 * The tastes of some readers, by subscriber. Papers of their libraries that were stored
 * since count from now on. In the caller's transaction, or one of its own.
 */
export async function findTastes(
  { store, threads, now }: TasteOutside,
  subscriberIds: readonly number[],
): Promise<Map<number, Taste>> {
  return store.transaction(async (tx) => {
    for (const id of await tx.libraries.listBehind(subscriberIds)) {
      // The reader is locked before their library, here as in every change.
      if (await tx.votes.lockReader(id)) await relearn({ store: tx, threads }, id, now());
    }
    return tx.votes.listTastes(subscriberIds);
  });
}

/**
 * A reader's taste in words, as it was learned; undefined where an older version learned it
 * without, or papers of their library became known since, which `describeAnew` mends.
 */
export async function findWords(
  { store }: Pick<Outside, 'store'>,
  subscriberId: number,
): Promise<TasteWords | undefined> {
  if ((await store.libraries.listBehind([subscriberId])).length > 0) return undefined;
  const words = await store.votes.findWords(subscriberId);
  return words === undefined ? NOTHING : (words ?? undefined);
}

const NOTHING: TasteWords = { liked: [], disliked: [] };

/** Learns a reader's taste anew, for its words; kept with it. */
export function describeAnew(
  { store, threads, now }: TasteOutside,
  subscriberId: number,
): Promise<TasteWords> {
  return store.transaction(async (tx) => {
    if (await tx.votes.lockReader(subscriberId)) {
      await relearn({ store: tx, threads }, subscriberId, now());
    }
    return (await tx.votes.findWords(subscriberId)) ?? NOTHING;
  });
}

async function relearn(
  { store, threads }: Pick<Outside, 'store' | 'threads'>,
  subscriberId: number,
  at: Date,
): Promise<void> {
  await store.libraries.join(subscriberId);
  await store.works.want(subscriberId, at);
  const examples = await listExamples(store, subscriberId);
  const others = await findOthers({ store, threads }, at);
  const learned = await threads.run('taste', [examples, at, others]);
  await store.votes.recordTaste(subscriberId, learned, at);
}

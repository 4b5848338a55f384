import { FeedError } from '../../core/feed/feed.ts';
import {
  judgeItem,
  judgeShelving,
  makeZoteroKey,
  nextShelving,
  type ShelfProblem,
} from '../../core/library/shelf.ts';
import { toZoteroItem } from '../../core/library/zotero-item.ts';
import { paperKeys } from '../../core/paper/paper.ts';
import { hashFor, type KeyRing } from '../../core/reader/keys.ts';
import { countOf } from '../../core/text/words.ts';
import type { OwnLibrary } from '../../feeds/zotero-write.ts';
import type { Shelf, ToShelve } from '../../store/readers/shelves.ts';
import type { Outside } from '../steps.ts';
import { openShelfKey } from './shelf.ts';

type ShelveOutside = Pick<Outside, 'store' | 'feeds' | 'keys' | 'config' | 'now'>;

/** Zotero takes as many in one request. */
const AT_ONCE = 50;
/** Then others have their turn. */
const MOST_BATCHES = 20;
/** An item with which Zotero itself has trouble. */
const MOST_TRIES = 5;
const TROUBLE_MS = 10 * 60_000;

/**
 * Has a reader's kept papers go to their shelf at Zotero where that is due, each once: under a key
 * made of the library and the paper, which Zotero makes anew only where there is none. So a process
 * may die at any moment, and what its reader changed or deleted there stays as they left it. One
 * line of what came of it; undefined where nothing was due.
 */
export async function shelveKept(
  outside: ShelveOutside,
  subscriberId: number,
): Promise<string | undefined> {
  const { store, now } = outside;
  const shelf = await store.shelves.find(subscriberId);
  if (!shelf?.nextAt || shelf.nextAt > now()) return undefined;
  const key = await openShelfKey(outside, shelf);
  if (key === undefined) return recordProblem(outside, shelf, { problem: 'sealed' });
  const run: Run = { shelf, library: { userId: shelf.userId, key } };
  try {
    const { version, shelved } = await shelveAll(outside, run);
    await endRun(outside, shelf, version);
    return `shelf of ${subscriberId}: ${countOf(shelved, 'paper')} went there`;
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const problem = judgeShelving(error);
    return recordProblem(outside, shelf, { problem, waitMs: error.retryAfterMs ?? 0 });
  }
}

interface Run {
  readonly shelf: Shelf;
  readonly library: OwnLibrary;
}

/** Everything that waits, a batch after the other; the version of the library after the last of them. */
async function shelveAll(
  outside: ShelveOutside,
  run: Run,
): Promise<{ readonly version: number | undefined; readonly shelved: number }> {
  const { store } = outside;
  const { subscriberId, userId, sealedKey } = run.shelf;
  let version: number | undefined;
  let shelved = 0;
  let deleted: ReadonlySet<string> | undefined;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    // Its reader may have taken it down, or given another key.
    const shelf = await store.shelves.find(subscriberId);
    if (shelf?.userId !== userId || shelf.sealedKey !== sealedKey) break;
    const papers = await store.shelves.listToShelve(shelf, AT_ONCE);
    if (papers.length === 0) break;
    const own = { ...run, shelf };
    if (!shelf.isMade) await makeCollection(outside, own);
    deleted ??= new Set(await listDeleted(outside, own));
    const written = await shelveBatch(outside, { ...own, deleted }, papers);
    version = written.version ?? version;
    shelved += written.shelved;
    if (written.hasTrouble) break;
  }
  return { version, shelved };
}

/** The collection, and with it the version from which on deletions are looked for. */
async function makeCollection({ feeds, store, config }: ShelveOutside, { shelf, library }: Run) {
  const { collection: key } = shelf;
  if (key === null) return;
  const wanted = { key, version: 0, name: config.site.name, parentCollection: false };
  const { version, failed } = await feeds.writeZotero(library, 'collections', [wanted]);
  const answer = judgeItem(failed.get(0));
  if (answer.kind !== 'done') throw new FeedError('source-error', 'Zotero made no collection.');
  await store.shelves.recordMade(shelf, version);
}

/** What was deleted since the last end that is recorded: of it, something may have come from us. */
async function listDeleted({ feeds, store }: ShelveOutside, { shelf, library }: Run) {
  const { version } = (await store.shelves.find(shelf.subscriberId)) ?? shelf;
  return version === null ? [] : feeds.listZoteroDeleted(library, version);
}

async function shelveBatch(
  outside: ShelveOutside,
  { shelf, library, deleted }: Run & { readonly deleted: ReadonlySet<string> },
  papers: readonly ToShelve[],
) {
  const { store, feeds, keys, now } = outside;
  const keyed = papers.map((paper) => ({
    ...paper,
    itemKey: paper.itemKey ?? nameItem(keys, shelf.userId, paper),
  }));
  await store.shelves.recordKeys(shelf, keyed, now());
  const left = keyed.filter(({ itemKey }) => deleted.has(itemKey));
  if (left.length > 0) {
    const gone = left.map(({ paperId }) => ({ paperId, state: 'left' as const }));
    await store.shelves.recordShelved(shelf, gone, now());
  }
  const sent = keyed.filter(({ itemKey }) => !deleted.has(itemKey));
  if (sent.length === 0) {
    return { version: undefined, shelved: 0, hasTrouble: false };
  }
  const collection = shelf.collection ?? undefined;
  const items = sent.map((paper) => toZoteroItem(paper, { key: paper.itemKey, collection }));
  const { version, failed } = await feeds.writeZotero(library, 'items', items);
  const answers = sent.map(({ paperId }, place) => ({
    paperId,
    answer: judgeItem(failed.get(place)),
  }));
  if (answers.some(({ answer }) => answer.kind === 'homeless')) {
    await store.shelves.recordCollection(shelf, null);
  }
  const ended = answers.flatMap(({ paperId, answer }): Ended[] => {
    if (answer.kind === 'homeless') return [];
    if (answer.kind === 'again') return [{ paperId, state: 'waiting' }];
    return answer.kind === 'failed'
      ? [{ paperId, state: answer.kind, reason: answer.reason }]
      : [{ paperId, state: answer.kind }];
  });
  await store.shelves.recordShelved(shelf, ended, now());
  await store.shelves.failTired(shelf, MOST_TRIES);
  return {
    version,
    shelved: ended.filter(({ state }) => state === 'done').length,
    hasTrouble: ended.some(({ state }) => state === 'waiting'),
  };
}

type Ended = Parameters<Outside['store']['shelves']['recordShelved']>[1][number];

/** The same for ever, whoever sends it: what names the paper, not our number of it. */
function nameItem(keys: KeyRing, userId: number, paper: ToShelve): string {
  const [name = ''] = paperKeys(paper);
  const hash = hashFor(keys, 'zotero-item', `library ${userId}\n${name}`);
  return makeZoteroKey(Buffer.from(hash, 'hex'));
}

/** Nothing waits, or what does waits for its own reason; a paper that is kept meanwhile is not lost. */
async function endRun(
  { store, now }: ShelveOutside,
  { subscriberId, userId }: Shelf,
  version: number | undefined,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    const shelf = await tx.shelves.lock(subscriberId);
    if (shelf?.userId !== userId) return;
    const waiting = await tx.shelves.listToShelve(shelf, 1);
    if (waiting.length === 0 && version !== undefined) {
      await tx.shelves.recordVersion(shelf, version);
    }
    const isNew = waiting.some(({ itemKey }) => itemKey === null);
    const next = isNew ? at : new Date(at.getTime() + TROUBLE_MS);
    await tx.shelves.recordPushed(shelf, at, waiting.length > 0 ? next : null);
  });
}

async function recordProblem(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  shelf: Shelf,
  failed: { readonly problem: ShelfProblem; readonly waitMs?: number },
): Promise<string> {
  const failures = shelf.failures + 1;
  const nextAt = nextShelving(now(), { ...failed, failures });
  await store.shelves.recordProblem(shelf, { problem: failed.problem, nextAt });
  return `shelf of ${shelf.subscriberId}: ${failed.problem}`;
}

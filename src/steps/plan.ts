import { GIVE_UP_AFTER_MS } from '../core/letter/delivery.ts';
import { openRound } from './open-round.ts';
import { isPruneDue } from './prune.ts';
import { tryDoubtsAgain } from './resolve.ts';
import { SHARD } from './send.ts';
import type { Outside } from './steps.ts';

/** What one look at the clock found. */
export interface PlanReport {
  readonly feeds: number;
  readonly rounds: number;
  readonly shards: number;
  /** Deliveries taken back from senders that died: to be sent again, and in doubt. */
  readonly abandoned: { readonly ready: number; readonly inDoubt: number };
}

const MOST_SHARDS = 20;
/** After this long no reader's window reaches an edition any more. */
const CLOSE_AFTER_MS = 16 * 24 * 3_600_000;

/**
 * Finds everything that is due and enqueues what is missing. Doing it twice, or in two
 * processes at once, changes nothing; losing the queue costs one look.
 */
export async function planWork(
  outside: Pick<Outside, 'store' | 'queue' | 'config' | 'now'>,
): Promise<PlanReport> {
  const { store, queue, now } = outside;
  const abandoned = await store.deliveries.recordAbandoned(now());
  await tryDoubtsAgain(outside);
  await store.deliveries.failStale(new Date(now().getTime() - GIVE_UP_AFTER_MS), now());
  const feeds = await store.feeds.listDue(now());
  for (const feed of feeds) await queue.enqueue('ingest', { feedId: feed.id });
  await planCuts(outside);
  const rounds = await planRounds(outside);
  const shards = await planSending(outside);
  if (await isPruneDue(outside)) await queue.enqueue('prune', {});
  await store.editions.recordClosed(new Date(now().getTime() - CLOSE_AFTER_MS), now());
  const inDoubt = abandoned.filter(({ state }) => state === 'in_doubt').length;
  return {
    feeds: feeds.length,
    rounds,
    shards,
    abandoned: { ready: abandoned.length - inDoubt, inDoubt },
  };
}

async function planCuts({ store, queue, now }: Pick<Outside, 'store' | 'queue' | 'now'>) {
  const draft = await store.editions.findDraft();
  if (draft?.cutDueAt && draft.cutDueAt <= now())
    await queue.enqueue('cut', { editionId: draft.id });
  for (const edition of await store.editions.listUnwritten()) {
    await queue.enqueue('cut', { editionId: edition.id });
  }
}

/** Opens a round for those who are due, unless an edition is just being written: they wait for it. */
async function planRounds(outside: Pick<Outside, 'store' | 'queue' | 'now'>): Promise<number> {
  const { store, queue } = outside;
  const isWriting = (await store.editions.listUnwritten()).length > 0;
  if (!isWriting) await openRound(outside);
  const open = await store.rounds.listOpen();
  for (const round of open) await queue.enqueue('compose', { roundId: round.id });
  return open.length;
}

/** One job for each few hundred deliveries that may go out now. */
export async function planSending({
  store,
  queue,
  now,
}: Pick<Outside, 'store' | 'queue' | 'now'>): Promise<number> {
  const ready = await store.deliveries.countReady(now());
  const shards = Math.min(MOST_SHARDS, Math.ceil(ready / SHARD));
  for (let shard = 0; shard < shards; shard += 1) await queue.enqueue('send', { shard });
  return shards;
}

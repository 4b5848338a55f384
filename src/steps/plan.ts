import { hasSlept } from '../core/edition/slept.ts';
import { FETCH_EVERY_MS } from '../core/feed/feed-pace.ts';
import { GIVE_UP_AFTER_MS } from '../core/letter/delivery.ts';
import { isCitedDue } from './citations/ask-citers.ts';
import { isPruneDue } from './deliveries/prune.ts';
import { tryDoubtsAgain } from './deliveries/resolve.ts';
import { planAnnounced } from './digests/announced.ts';
import { openRound } from './digests/open-round.ts';
import { remindOfHeld } from './editions/approve.ts';
import { areWordsDue } from './editions/words.ts';
import { tellWaiting } from './feedback/forward.ts';
import { isCompleteDue } from './feeds/complete.ts';
import { tendUnconfirmed } from './readers/unconfirmed.ts';
import type { Outside } from './steps.ts';
import { lookForEvents } from './webhooks/post.ts';

/** What one look at the clock found. */
export interface PlanReport {
  readonly feeds: number;
  readonly rounds: number;
  readonly shards: number;
  /** Deliveries taken back from senders that died: to be sent again, and in doubt. */
  readonly abandoned: { readonly ready: number; readonly inDoubt: number };
}

type PlanOutside = Pick<
  Outside,
  | 'store'
  | 'queue'
  | 'config'
  | 'keys'
  | 'mxGroups'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'now'
>;

/** So many that are ready want one job more, so that every worker has one before any has many. */
const A_JOB = 300;
const MOST_SHARDS = 20;
const MOST_ASKED = 200;
const MOST_INBOUND = 500;
/** After this long no reader's window reaches an edition any more. */
const CLOSE_AFTER_MS = 16 * 24 * 3_600_000;

/**
 * Finds everything that is due and enqueues what is missing. Doing it twice, or in two
 * processes at once, changes nothing; losing the queue costs one look.
 */
export async function planWork(outside: PlanOutside): Promise<PlanReport> {
  const { store, queue, now } = outside;
  const abandoned = await store.deliveries.recordAbandoned(now());
  await queue.retireOld();
  await tryDoubtsAgain(outside);
  await store.deliveries.failStale(new Date(now().getTime() - GIVE_UP_AFTER_MS), now());
  const feeds = await store.feeds.listDue(now());
  for (const feed of feeds) await queue.enqueue('ingest', { feedId: feed.id });
  await planCuts(outside, feeds);
  await remindOfHeld(outside);
  const rounds = await planRounds(outside);
  await planReaders(outside);
  await planFeedback(outside);
  for (const { id } of await store.presses.listOpen())
    await queue.enqueue('resend', { pressId: id });
  await planAnnounced(outside);
  const shards = await planSending(outside);
  for (const { id } of await store.channels.listDue(now()))
    await queue.enqueue('bring', { channelId: id });
  await planWebhooks(outside);
  if (await isPruneDue(outside)) await queue.enqueue('prune', {});
  if (await isCompleteDue(outside)) await queue.enqueue('complete', {});
  if (await isCitedDue(outside)) await queue.enqueue('cited', {});
  if (await areWordsDue(outside)) await queue.enqueue('words', {});
  await store.editions.recordClosed(new Date(now().getTime() - CLOSE_AFTER_MS), now());
  const inDoubt = abandoned.filter(({ state }) => state === 'in_doubt').length;
  return {
    feeds: feeds.length,
    rounds,
    shards,
    abandoned: { ready: abandoned.length - inDoubt, inDoubt },
  };
}

/**
 * A cut that is late because nobody was there is due anew, so that what was missed is fetched
 * for it first: a feed that has been due for long tells that nothing ran. One that slept too long
 * is cut as it is.
 */
async function planCuts(
  outside: Pick<Outside, 'store' | 'queue' | 'config' | 'now'>,
  dueFeeds: readonly { readonly nextFetchAt: Date }[],
) {
  const { store, queue, config, now } = outside;
  const draft = await findDueDraft(outside);
  if (draft?.cutDueAt) {
    const since = (moment: Date) => now().getTime() - moment.getTime();
    const isOverdue = since(draft.cutDueAt) > config.cut.waitMinutes * 60_000;
    const wasDown = dueFeeds.some(({ nextFetchAt }) => since(nextFetchAt) > FETCH_EVERY_MS);
    const isAnew = isOverdue && wasDown && !hasSlept(draft.cutDueAt, now());
    if (isAnew) await store.editions.recordCutDue(draft.id, now());
    await queue.enqueue('cut', { editionId: draft.id });
  }
  for (const edition of await store.editions.listUnwritten()) {
    await queue.enqueue('cut', { editionId: edition.id });
  }
}

async function findDueDraft({ store, now }: Pick<Outside, 'store' | 'now'>) {
  const draft = await store.editions.findDraft();
  return draft?.cutDueAt && draft.cutDueAt <= now() ? draft : undefined;
}

/** Opens a round for those who are due, unless a cut is due or an edition just being written: they wait for it. */
async function planRounds(outside: Pick<Outside, 'store' | 'queue' | 'now'>): Promise<number> {
  const { store, queue } = outside;
  if (!(await waitsForCut(outside))) await openRound(outside);
  const open = await store.rounds.listOpen();
  for (const round of open) await queue.enqueue('compose', { roundId: round.id });
  return open.length;
}

/** Whether an edition is about to come, which whoever is due waits for. */
export async function waitsForCut(outside: Pick<Outside, 'store' | 'now'>): Promise<boolean> {
  // In this order: a draft that is cut between the two looks is found by the second.
  const isDue = (await findDueDraft(outside)) !== undefined;
  return isDue || (await outside.store.editions.listUnwritten()).length > 0;
}

/** What readers asked for, and what waits for them. */
async function planReaders(outside: PlanOutside): Promise<void> {
  const { store, queue } = outside;
  for (const { id } of await store.requests.listWaiting(MOST_ASKED)) {
    await queue.enqueue('answer', { requestId: id });
  }
  for (const { id } of await store.subscribers.listWelcome(MOST_ASKED)) {
    await queue.enqueue('welcome', { subscriptionId: id });
  }
  for (const { id } of await store.imports.listOpen()) {
    await queue.enqueue('import', { fileId: id });
  }
  for (const { id } of await store.followed.listDue(outside.now(), MOST_ASKED)) {
    await queue.enqueue('follow', { followedId: id });
  }
  for (const { subscriberId } of await store.shelves.listDue(outside.now(), MOST_ASKED)) {
    await queue.enqueue('shelve', { subscriberId });
  }
  await tendUnconfirmed(outside);
}

/** What came back and whose job was lost, and what people wrote that is only counted. */
async function planFeedback(outside: PlanOutside): Promise<void> {
  const { store, queue } = outside;
  for (const { id } of await store.inbound.listWaiting(MOST_INBOUND)) {
    await queue.enqueue('feedback', { inboundId: id });
  }
  await tellWaiting(outside);
  for (const { id } of await store.alertMails.listWaiting(MOST_INBOUND)) {
    await queue.enqueue('alert', { mailId: id });
  }
}

/** Webhooks that may be told something; where there is none, nobody looks for events. */
async function planWebhooks(outside: Pick<Outside, 'store' | 'queue' | 'now'>): Promise<void> {
  const { store, queue, now } = outside;
  const due = await store.webhooks.listDue(now());
  if (due.length > 0) await lookForEvents(outside);
  for (const { id } of due) await queue.enqueue('post', { webhookId: id });
}

/** One job for each few hundred deliveries that may go out now. */
export async function planSending({
  store,
  queue,
  now,
}: Pick<Outside, 'store' | 'queue' | 'now'>): Promise<number> {
  const ready = await store.deliveries.countReady(now(), MOST_SHARDS * A_JOB);
  const shards = Math.min(MOST_SHARDS, Math.ceil(ready / A_JOB));
  for (let shard = 0; shard < shards; shard += 1) await queue.enqueue('send', { shard });
  return shards;
}

import { addressOfChannel } from '../../core/channels/place.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { readContent } from '../../core/letter/stored-content.ts';
import { domainOf } from '../../core/reader/address.ts';
import { dueUntil, quarterOf } from '../../core/reader/schedule.ts';
import type { PendingCandidate } from '../../store/ledger/composing.ts';
import type { Channel } from '../../store/readers/channels.ts';
import { findRestored } from '../backup/restored.ts';
import { loadEditions } from '../digests/choose.ts';
import type { ComposeOutside } from '../digests/compose.ts';
import { createDecider, type StoredDigest } from '../digests/decide.ts';
import { type Form, freezeDigest } from '../digests/freeze.ts';
import { lookUp, type Reader } from '../digests/look-up.ts';
import { toCandidates } from '../digests/open-round.ts';
import { createShownReader } from '../digests/shown.ts';
import { judgeDay } from '../feeds/judge-feeds.ts';
import { wordsFor } from '../readers/language.ts';

type Day = Awaited<ReturnType<typeof loadDay>>;

/** Long after anybody asks: one that is off is paused for now. */
const NEVER = new Date('9999-01-01T00:00:00Z');

/**
 * Gives a channel that is due its post or the reason why there is none, in a round of its own that
 * is opened and frozen at once: no process of an older version sees it open. True where it was due.
 * While a post is on its way it waits: what becomes of that decides what the next one covers.
 */
export async function composeForChannel(
  outside: ComposeOutside,
  channelId: number,
): Promise<boolean> {
  const { store, now } = outside;
  const known = await store.channels.find(channelId);
  if (!known || known.due.at > now()) return false;
  const day = await loadDay(outside);
  return store.transaction(async (tx) => {
    const channel = await tx.channels.lock(channelId);
    if (!channel || channel.due.at > now() || (await tx.posts.hasInFlight(channelId))) return false;
    await composeRoundOf({ ...outside, store: tx }, channel, day);
    return true;
  });
}

async function loadDay(outside: Pick<ComposeOutside, 'store' | 'config' | 'now'>) {
  const editions = await loadEditions(outside.store, outside.now());
  return { editions, ...(await judgeDay(outside, editions.released)) };
}

async function composeRoundOf(outside: ComposeOutside, channel: Channel, day: Day): Promise<void> {
  const { store, now } = outside;
  const at = now();
  const { subscriptionId, schedule, due } = channel;
  const dates = { ids: [subscriptionId], schedule, ...dueUntil(schedule, due, at) };
  const restored = await findRestored(store);
  const restoredAt = restored && new Date(restored.restoredAt);
  const candidates = toCandidates(dates, { at, restoredAt });
  const round = { at: quarterOf(at), openedAt: at, isOfChannels: true };
  const { id: roundId } = await store.rounds.insert(round);
  await store.rounds.insertCandidates(roundId, candidates);
  await store.subscribers.recordNextDue([{ ids: dates.ids, due: dates.next }]);
  const feeds = day.feeds.map(({ name, state, reason }) => ({ name, state, reason }));
  await store.rounds.recordFeeds(roundId, feeds);
  const open = candidates.find(({ exclusion }) => exclusion === null);
  if (open) await settleDate(outside, channel, { day, roundId, localDate: open.localDate });
  await store.rounds.recordFrozen(roundId, at);
}

interface OpenDate {
  readonly day: Day;
  readonly roundId: number;
  readonly localDate: string;
}

async function settleDate(
  outside: ComposeOutside,
  channel: Channel,
  { day, roundId, localDate }: OpenDate,
): Promise<void> {
  const { store, now } = outside;
  const { editions } = day;
  const looked = { editions, readShown: createShownReader(editions), turns: new Map() };
  const [reader] = await lookUp(outside, [candidateOf(channel, localDate)], looked);
  if (!reader) throw new Error(`channel ${channel.name} has a post on its way`);
  const outcome = await decide({ store, now }, reader, { day, form: formOf(outside, channel) });
  if ('exclusion' in outcome) {
    const { exclusion, lookedAt = null } = outcome;
    const date = { subscriptionId: channel.subscriptionId, localDate };
    await store.rounds.recordExclusions([{ ...date, exclusion, lookedAt }]);
    return;
  }
  await writePost(outside, channel, { reader, digest: outcome, roundId });
}

async function decide(
  { store, now }: Pick<ComposeOutside, 'store' | 'now'>,
  reader: Reader,
  { day, form }: { day: Day; form: Form },
) {
  const decider = createDecider(day);
  const outcome = decider.decide(reader, now(), form);
  if (!('exclusion' in outcome) || !outcome.lookedAt) return outcome;
  const lastDue = await store.rounds.listLastDue([reader.candidate]);
  return decider.settle(outcome, reader.covers, lastDue.get(reader.candidate.id));
}

function candidateOf(channel: Channel, localDate: string): PendingCandidate {
  const { subscriptionId, subscriberId, name, profile, papersPerDigest, schedule } = channel;
  return {
    id: subscriptionId,
    subscriberId,
    address: addressOfChannel(name),
    state: 'active',
    profile,
    wishes: JSON.stringify(profile),
    papersPerDigest,
    days: schedule.days,
    pausedUntil: channel.offBecause === null ? null : NEVER,
    confirmedAt: channel.createdAt,
    localDate,
  };
}

/** No process of an older version reads a post. */
function formOf(outside: ComposeOutside, { profile }: Channel): Form {
  return { isLong: false, editions: [], words: wordsFor(outside, { profile }) };
}

async function writePost(
  outside: ComposeOutside,
  channel: Channel,
  of: { readonly reader: Reader; readonly digest: StoredDigest; readonly roundId: number },
): Promise<void> {
  const { store, keys, rendering, now } = outside;
  const { reader, digest } = of;
  const at = now();
  const content = readContent(digest.stored);
  const [editionId] = digest.editions;
  const [id] = await store.deliveries.takeIds(1);
  if (!content || editionId === undefined || id === undefined)
    throw new Error('a post is of an edition');
  // What the channel still waits for gives its papers to the new post.
  await store.posts.failOpen(channel.id, { cause: 'expired', at });
  const { subscriptionId, subscriberId, profile } = channel;
  await store.deliveries.insert([
    {
      id,
      kind: 'post',
      notice: null,
      noticeKey: null,
      editionId,
      subscriberId,
      resend: reader.history?.copies.get(editionId) ?? 0,
      roundId: of.roundId,
      address: reader.candidate.address,
      addressHash: reader.addressHash,
      messageId: buildMessageId(keys, id, domainOf(rendering.from)),
      covers: digest.editions,
      at,
      waits: true,
      digest: freezeDigest(outside, content, { at, language: profile.language }),
      stored: digest.stored,
    },
  ]);
  await store.posts.insert({ deliveryId: id, channelId: channel.id, at });
  const { localDate } = reader.candidate;
  await store.posts.recordOutcome({ subscriptionId, localDate, deliveryId: id });
}

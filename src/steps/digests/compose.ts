import { sayFeed } from '../../core/feed/feed-reason.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { codeQuietNote, mayNote } from '../../core/letter/quiet-note.ts';
import { remember } from '../../core/letter/remember.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { RoundFeed } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile } from '../../core/reader/subscription.ts';
import { type Notice, recordNotices } from '../deliveries/notify.ts';
import { judgeDay } from '../feeds/judge-feeds.ts';
import { wordsFor } from '../readers/language.ts';
import type { Outside } from '../steps.ts';
import { loadEditions } from './choose.ts';
import { createDecider, type Decider, type StoredDigest } from './decide.ts';
import { type Form, hashIn, makeSeed } from './freeze.ts';
import { keepWarm, listTurns } from './keep-warm.ts';
import { type LookedUpDay, lookUp, type Reader } from './look-up.ts';
import type { Excluded, Frozen, Outcomes } from './outcomes.ts';
import { addCircles, addItems, itemsSince } from './reader-items.ts';
import { createShownReader } from './shown.ts';
import { type OpenWarmUp, openWarmUp } from './warm-up.ts';

/** Profiles that were read are remembered, so many at most: some megabytes. */
const MOST_PROFILES = 10_000;

/** What composing a round came to. */
export interface ComposeReport {
  readonly roundId: number;
  readonly candidates: number;
  readonly deliveries: number;
  readonly exclusions: readonly { readonly exclusion: Exclusion; readonly count: number }[];
  /** False where a candidate waits for a delivery of theirs that is in flight. */
  readonly isFrozen: boolean;
}

export type ComposeOutside = Pick<
  Outside,
  | 'store'
  | 'threads'
  | 'config'
  | 'now'
  | 'keys'
  | 'renderingHash'
  | 'renderings'
  | 'rendering'
  | 'mxGroups'
>;

/** What is the same for all readers of a round. */
interface Round extends Omit<LookedUpDay, 'turns'> {
  readonly id: number;
  readonly warmUp: OpenWarmUp | undefined;
  /** Whether anybody was named anything lately. */
  readonly hasItems: boolean;
  /** Whether any readers read together. */
  readonly hasCircles: boolean;
  readonly feeds: readonly RoundFeed[];
  readonly decider: Decider;
  readonly readProfile: (text: string) => Profile;
}

/** So many candidates get their outcomes in one transaction. */
const CHUNK = 1_000;
/** While the database writes one chunk, the next is decided. */
const AT_ONCE = 2;

/**
 * Gives every candidate of a round its digest or its reason, and freezes the round when
 * none is left, which lets its deliveries be claimed. Several may work on one round. Where
 * anything fails, the candidates of that chunk stay as they are, and nothing is covered.
 */
export async function composeRound(
  outside: ComposeOutside,
  roundId: number,
): Promise<ComposeReport> {
  const { store, now } = outside;
  const editions = await loadEditions(store, now());
  const { feeds: judged, silence } = await judgeDay(outside, editions.released);
  const coded = judged.map(({ name, state, reason }) => ({ name, state, reason }));
  const feeds = (await store.senders.hasOlder()) ? coded.map(sayFeed) : coded;
  await store.rounds.recordFeeds(roundId, feeds);
  const decider = createDecider({ editions, silence });
  const readShown = createShownReader(editions);
  const readProfile = remember((text: string) => JSON.parse(text) as Profile, MOST_PROFILES);
  const warmUp = await openWarmUp(outside, roundId);
  const hasItems = await store.items.hasSince(itemsSince(now()));
  const hasCircles = await store.circles.hasOpen();
  const same = { editions, feeds, decider, readShown, readProfile, warmUp, hasItems, hasCircles };
  const round = { id: roundId, ...same };
  // Each passes over what the other has in hand.
  const ends = await Promise.allSettled(
    Array.from({ length: AT_ONCE }, () => composeChunks(outside, round)),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const frozen = await store.rounds.recordFrozen(roundId, now());
  const row = frozen ?? (await store.rounds.find(roundId));
  return {
    roundId,
    candidates: row?.candidates ?? 0,
    deliveries: row?.deliveries ?? 0,
    exclusions: await store.rounds.countExclusions(roundId),
    isFrozen: row?.frozenAt != null,
  };
}

async function composeChunks(outside: ComposeOutside, round: Round): Promise<void> {
  const { store } = outside;
  let last: number | undefined = 0;
  while (last !== undefined) {
    const afterId: number = last;
    last = await store.transaction((tx) => composeChunk({ ...outside, store: tx }, round, afterId));
  }
}

async function composeChunk(
  outside: ComposeOutside,
  round: Round,
  afterId: number,
): Promise<number | undefined> {
  const { store, now } = outside;
  const page = { afterId, most: CHUNK, readProfile: round.readProfile };
  const pending = await store.rounds.lockPending(round.id, page);
  if (pending.length === 0) return undefined;
  const at = now();
  const isLong = await store.senders.hasOlder();
  const editions = [...round.editions.texts.values()];
  const formFor = (reader: Reader) => ({
    isLong,
    editions,
    words: wordsFor(outside, reader.candidate),
  });
  const { warmUp } = round;
  const turns = await listTurns(outside, pending, warmUp);
  const readers = await lookUp(outside, pending, { ...round, turns });
  if (round.hasCircles) await addCircles(outside, readers);
  // A sender of an older version would leave them out.
  if (round.hasItems && !isLong) await addItems(outside, readers, { ...round, turns });
  const decided = decideAll(readers, { ...round, at, formFor });
  await settle(outside, decided.excluded, round);
  const outcomes = await keepWarm(outside, decided, { warmUp, readers, turns, at });
  await writeDigests(outside, outcomes, { id: round.id, at });
  await writeExclusions(outside, outcomes.excluded, { feeds: round.feeds, at });
  return pending.at(-1)?.id;
}

function decideAll(
  readers: readonly Reader[],
  { decider, at, formFor }: Round & { at: Date; formFor: (reader: Reader) => Form },
): Outcomes {
  const outcomes: Outcomes = { digests: [], waiting: [], excluded: [] };
  for (const reader of readers) {
    const outcome = decider.decide(reader, at, formFor(reader));
    if ('exclusion' in outcome) {
      outcomes.excluded.push({ reader, outcome });
      continue;
    }
    outcomes.digests.push(freeze(reader, outcome));
    if (reader.hasOpen) outcomes.waiting.push(reader.candidate.subscriberId);
  }
  return outcomes;
}

function freeze(
  { candidate, addressHash, history }: Reader,
  { editions, stored, items }: StoredDigest,
): Frozen {
  const { id: subscriptionId, localDate, subscriberId, address, profile } = candidate;
  const editionId = editions[0] ?? null;
  const resend = editionId === null ? 0 : (history?.copies.get(editionId) ?? 0);
  return {
    subscriptionId,
    localDate,
    subscriberId,
    editionId,
    // One a date, whoever composes it how often.
    key: editionId === null ? `items-${subscriptionId}-${localDate}` : null,
    items,
    resend,
    address,
    language: profile.language,
    addressHash,
    covers: editions,
    stored,
    seed: stored.packed === null ? makeSeed() : null,
    nextAt: null,
  };
}

/** Where nothing of what was looked at is new, the day is silent for these readers. */
async function settle(
  { store }: ComposeOutside,
  excluded: readonly Excluded[],
  { decider }: Round,
): Promise<void> {
  const unmatched = excluded.filter(({ outcome }) => outcome.lookedAt);
  if (unmatched.length === 0) return;
  const lastDue = await store.rounds.listLastDue(unmatched.map(({ reader }) => reader.candidate));
  for (const one of unmatched) {
    const { covers, candidate } = one.reader;
    one.outcome = decider.settle(one.outcome, covers, lastDue.get(candidate.id));
  }
}

async function writeDigests(
  outside: ComposeOutside,
  { digests, waiting }: Outcomes,
  round: { id: number; at: Date },
): Promise<void> {
  const { store, keys, rendering } = outside;
  if (digests.length === 0) return;
  // What these readers still wait for gives its papers to the new digest.
  if (waiting.length > 0) await store.deliveries.failSuperseded(waiting, round.at);
  const ids = await store.deliveries.takeIds(digests.length);
  const domain = domainOf(rendering.from);
  const named = digests.map((digest, place) => {
    const id = ids[place] ?? 0;
    return { ...digest, id, messageId: buildMessageId(keys, id, domain) };
  });
  for (const language of new Set(named.map((digest) => digest.language))) {
    const alike = named.filter((digest) => digest.language === language);
    const frozen = { rendering: hashIn(outside, language), keyId: keys.newest };
    await store.rounds.recordDigests(alike, { ...round, ...frozen });
  }
  await store.items.recordTold(
    named.flatMap(({ id, items }) => items.map((itemId) => ({ itemId, deliveryId: id }))),
  );
}

/** Writes why dates bring no digest, and tells those who asked for that. */
async function writeExclusions(
  outside: ComposeOutside,
  excluded: readonly Excluded[],
  { feeds, at }: { feeds: readonly RoundFeed[]; at: Date },
): Promise<void> {
  if (excluded.length === 0) return;
  await outside.store.rounds.recordExclusions(
    excluded.map(({ reader: { candidate }, outcome: { exclusion, lookedAt = null } }) => ({
      subscriptionId: candidate.id,
      localDate: candidate.localDate,
      exclusion,
      lookedAt,
    })),
  );
  const notes = excluded.flatMap(({ reader: { candidate }, outcome }): Notice[] => {
    const { exclusion, lookedAt } = outcome;
    if (!mayNote(exclusion) || !candidate.profile.quietNote) return [];
    const { id, address, subscriberId, localDate: date } = candidate;
    const { language } = wordsFor(outside, candidate);
    const noted = { date, exclusion, lookedAt, feeds, subscription: id, language };
    const content = codeQuietNote(noted);
    const to = { address, subscriberId, language: candidate.profile.language };
    return [{ notice: 'quiet', key: `quiet-${id}-${date}`, ...to, content }];
  });
  await recordNotices(outside, notes, at);
}

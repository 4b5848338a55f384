import { sayFeed } from '../../core/feed/feed-reason.ts';
import type { DigestContent } from '../../core/letter/digest.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { codeQuietNote, mayNote } from '../../core/letter/quiet-note.ts';
import { remember } from '../../core/letter/remember.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { RoundFeed } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile } from '../../core/reader/subscription.ts';
import type { CandidateDigest } from '../../store/ledger/composing.ts';
import { type Notice, recordNotices } from '../deliveries/notify.ts';
import { judgeDay } from '../feeds/judge-feeds.ts';
import type { Outside } from '../steps.ts';
import { type Decision, loadEditions } from './choose.ts';
import { createDecider, type Decider } from './decide.ts';
import { type Form, makeSeed, storeContent } from './freeze.ts';
import { type LookedUpDay, lookUp, type Reader } from './look-up.ts';
import { createShownReader } from './shown.ts';

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
  'store' | 'config' | 'now' | 'keys' | 'renderingHash' | 'rendering'
>;

/** What is the same for all readers of a round. */
interface Round extends LookedUpDay {
  readonly id: number;
  readonly feeds: readonly RoundFeed[];
  readonly decider: Decider;
  readonly readProfile: (text: string) => Profile;
}

interface Decided {
  readonly reader: Reader;
  decision: Decision;
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
  const round = { id: roundId, editions, feeds, decider, readShown, readProfile };
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
  const readers = await lookUp(outside, pending, round);
  const decided = await decideAll(outside, readers, { ...round, at });
  await writeDigests(outside, decided, { ...round, at });
  await writeExclusions(outside, decided, { feeds: round.feeds, at });
  return pending.at(-1)?.id;
}

async function decideAll(
  { store }: ComposeOutside,
  readers: readonly Reader[],
  { decider, at }: Round & { at: Date },
): Promise<Decided[]> {
  const decided = readers.map((reader): Decided => {
    const exclusion = decider.refuse(reader, at);
    const decision = exclusion ? { exclusion } : decider.decide(reader, reader.covers);
    return { reader, decision };
  });
  const unmatched = decided.filter(({ decision }) => isLookedAt(decision));
  if (unmatched.length === 0) return decided;
  const lastDue = await store.rounds.listLastDue(unmatched.map(({ reader }) => reader.candidate));
  for (const one of unmatched) {
    const { covers, candidate } = one.reader;
    one.decision = decider.settle(one.decision, covers, lastDue.get(candidate.id));
  }
  return decided;
}

const isLookedAt = (decision: Decision) => 'exclusion' in decision && !!decision.lookedAt;

async function writeDigests(
  outside: ComposeOutside,
  decided: readonly Decided[],
  round: Round & { at: Date },
): Promise<void> {
  const { store, keys, renderingHash } = outside;
  const { at, id, editions } = round;
  const getting = decided.filter(({ decision }) => 'content' in decision);
  if (getting.length === 0) return;
  // What these readers still wait for gives its papers to the new digest.
  const open = getting.filter(({ reader }) => reader.hasOpen);
  if (open.length > 0) {
    const ids = open.map(({ reader }) => reader.candidate.subscriberId);
    await store.deliveries.failSuperseded(ids, at);
  }
  const form = { isLong: await store.senders.hasOlder(), editions: [...editions.texts.values()] };
  const ids = await store.deliveries.takeIds(getting.length);
  const digests = getting.flatMap(({ reader, decision }, place) =>
    'content' in decision
      ? [freeze(outside, reader, { id: ids[place] ?? 0, content: decision.content, form })]
      : [],
  );
  const frozen = { rendering: renderingHash, keyId: keys.newest };
  await store.rounds.recordDigests(digests, { id, at, ...frozen });
}

function freeze(
  { keys, rendering }: ComposeOutside,
  { candidate, addressHash, history }: Reader,
  { id, content, form }: { id: number; content: DigestContent; form: Form },
): CandidateDigest {
  const { id: subscriptionId, localDate, subscriberId, address } = candidate;
  const editionId = content.editions[0] ?? 0;
  const resend = history?.copies.get(editionId) ?? 0;
  const stored = storeContent(content, form);
  return {
    id,
    subscriptionId,
    localDate,
    subscriberId,
    editionId,
    resend,
    address,
    addressHash,
    messageId: buildMessageId(keys, id, domainOf(rendering.from)),
    covers: content.editions,
    stored,
    seed: stored.packed === null ? makeSeed() : null,
  };
}

/** Writes why dates bring no digest, and tells those who asked for that. */
async function writeExclusions(
  outside: ComposeOutside,
  decided: readonly Decided[],
  { feeds, at }: { feeds: readonly RoundFeed[]; at: Date },
): Promise<void> {
  const excluded = decided.flatMap(({ reader: { candidate }, decision }) => {
    if ('content' in decision) return [];
    const { exclusion, lookedAt = null } = decision;
    const { id: subscriptionId, localDate } = candidate;
    return [{ candidate, outcome: { subscriptionId, localDate, exclusion, lookedAt } }];
  });
  if (excluded.length === 0) return;
  await outside.store.rounds.recordExclusions(excluded.map(({ outcome }) => outcome));
  const notes = excluded.flatMap(({ candidate, outcome }): Notice[] => {
    const { exclusion, lookedAt, localDate: date } = outcome;
    if (!mayNote(exclusion) || !candidate.profile.quietNote) return [];
    const { id, address, subscriberId } = candidate;
    const content = codeQuietNote({ date, exclusion, lookedAt: lookedAt ?? undefined, feeds });
    return [{ notice: 'quiet', key: `quiet-${id}-${date}`, address, subscriberId, content }];
  });
  await recordNotices(outside, notes, at);
}

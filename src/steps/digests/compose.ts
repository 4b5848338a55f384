import { sayFeed } from '../../core/feed/feed-reason.ts';
import { codeQuietNote, mayNote } from '../../core/letter/quiet-note.ts';
import type { RoundFeed } from '../../core/reader/outcome.ts';
import type { Exclusion } from '../../core/reader/subscription.ts';
import { type Notice, recordNotices } from '../deliveries/notify.ts';
import { judgeDay } from '../feeds/judge-feeds.ts';
import type { Outside } from '../steps.ts';
import { type Decision, loadEditions } from './choose.ts';
import { createDecider, type Decider } from './decide.ts';
import { digestFor } from './freeze.ts';
import { type LookedUpDay, lookUp, type Reader } from './look-up.ts';
import { createShownReader } from './shown.ts';

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
}

interface Decided extends Reader {
  readonly decision: Decision;
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
  const round = { id: roundId, editions, feeds, decider, readShown };
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
  const pending = await store.rounds.lockPending(round.id, { afterId, most: CHUNK });
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
    return { ...reader, decision };
  });
  const isLookedAt = ({ decision }: Decided) => 'exclusion' in decision && !!decision.lookedAt;
  const unmatched = decided.filter(isLookedAt).map(({ candidate }) => candidate);
  if (unmatched.length === 0) return decided;
  const lastDue = await store.rounds.listLastDue(unmatched);
  return decided.map((one) => {
    if (!isLookedAt(one)) return one;
    const { covers, candidate, decision } = one;
    return { ...one, decision: decider.settle(decision, covers, lastDue.get(candidate.id)) };
  });
}

async function writeDigests(
  outside: ComposeOutside,
  decided: readonly Decided[],
  round: Round & { at: Date },
): Promise<void> {
  const { store } = outside;
  const getting = decided.flatMap(({ decision, ...reader }) =>
    'content' in decision ? [{ ...reader, content: decision.content }] : [],
  );
  if (getting.length === 0) return;
  // What these readers still wait for gives its papers to the new digest.
  const open = getting.filter(({ hasOpen }) => hasOpen);
  if (open.length > 0) {
    const ids = open.map(({ candidate }) => candidate.subscriberId);
    await store.deliveries.failSuperseded(ids, round.at);
  }
  const { at, id: roundId, editions } = round;
  const texts = [...editions.texts.values()];
  const form = { isLong: await store.senders.hasOlder(), editions: texts };
  const ids = await store.deliveries.takeIds(getting.length);
  const digests = getting.map(({ candidate, addressHash, history, content }, place) => {
    const copy = { reader: candidate, addressHash, content, copies: history?.copies };
    const id = ids[place] ?? 0;
    const delivery = digestFor(outside, { id, ...copy, at, roundId, form });
    return { subscriptionId: candidate.id, localDate: candidate.localDate, delivery };
  });
  await store.rounds.recordDigests(digests, round);
}

/** Writes why dates bring no digest, and tells those who asked for that. */
async function writeExclusions(
  outside: ComposeOutside,
  decided: readonly Decided[],
  { feeds, at }: { feeds: readonly RoundFeed[]; at: Date },
): Promise<void> {
  const excluded = decided.flatMap(({ candidate, decision }) => {
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

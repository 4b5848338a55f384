import { buildQuietNote, mayNote } from '../../core/letter/quiet-note.ts';
import type { Taste } from '../../core/ranking/taste.ts';
import { type CutEdition, findCoverage } from '../../core/reader/coverage.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { RoundFeed } from '../../core/reader/outcome.ts';
import { type Exclusion, isPaused } from '../../core/reader/subscription.ts';
import type { ReaderHistory } from '../../store/ledger/deliveries.ts';
import type { PendingCandidate } from '../../store/ledger/rounds.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { judgeDay } from '../feeds/judge-feeds.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { type Decision, decideDigest, type LoadedEditions, loadEditions } from './choose.ts';
import { digestFor } from './freeze.ts';

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
interface RoundDay {
  readonly roundId: number;
  readonly editions: LoadedEditions;
  readonly feeds: readonly RoundFeed[];
  /** Why there is nothing for who has all that was released. */
  readonly silence: Exclusion;
}

/** A candidate with what was looked up for them. */
interface Reader {
  readonly candidate: PendingCandidate;
  readonly addressHash: string;
  readonly isSuppressed: boolean;
  readonly history: ReaderHistory | undefined;
  readonly taste: Taste | undefined;
  readonly shown: ReadonlySet<number>;
  readonly risen: ReadonlySet<number>;
}

interface Decided extends Reader {
  readonly decision: Decision;
}

const CHUNK = 200;

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
  const day = { roundId, editions, ...(await judgeDay(outside, editions.released)) };
  const feeds = day.feeds.map(({ name, state, reason }) => ({ name, state, reason }));
  await store.rounds.recordFeeds(roundId, feeds);
  let afterId = 0;
  for (;;) {
    const last = await store.transaction((tx) =>
      composeChunk({ ...outside, store: tx }, { ...day, feeds }, afterId),
    );
    if (last === undefined) break;
    afterId = last;
  }
  const frozen = await store.rounds.recordFrozen(roundId, now());
  const round = frozen ?? (await store.rounds.find(roundId));
  return {
    roundId,
    candidates: round?.candidates ?? 0,
    deliveries: round?.deliveries ?? 0,
    exclusions: await store.rounds.countExclusions(roundId),
    isFrozen: round?.frozenAt != null,
  };
}

async function composeChunk(
  outside: ComposeOutside,
  day: RoundDay,
  afterId: number,
): Promise<number | undefined> {
  const page = { afterId, most: CHUNK };
  const pending = await outside.store.rounds.lockPending(day.roundId, page);
  if (pending.length === 0) return undefined;
  const at = outside.now();
  const readers = await lookUp(outside, pending, day.editions);
  const decided = readers.map((reader) => ({ ...reader, decision: decide(reader, day, at) }));
  await writeOutcomes(outside, decided, { roundId: day.roundId, at });
  await writeNotes(outside, decided, { feeds: day.feeds, at });
  return pending.at(-1)?.id;
}

/** Looks up what each candidate was sent; whoever has a message on the wire waits for its outcome. */
async function lookUp(
  { store, keys, now }: ComposeOutside,
  pending: readonly PendingCandidate[],
  { rising }: LoadedEditions,
): Promise<Reader[]> {
  const hashes = pending.map(({ address }) => hashAddress(keys, address.toLowerCase()));
  const suppressed = new Set(await store.records.listSuppressed(hashes));
  const ids = pending.map(({ subscriberId }) => subscriberId);
  const histories = await store.deliveries.lockHistory(ids);
  const tastes = await findTastes({ store, now }, ids);
  const papers = rising.map(({ paper }) => paper);
  const shown = await store.deliveries.listShown(ids, papers);
  return pending.flatMap((candidate, index) => {
    const history = histories.get(candidate.subscriberId);
    if (history?.hasInFlight) return [];
    const addressHash = hashes[index] ?? '';
    const seen = shown.get(candidate.subscriberId);
    return [
      {
        candidate,
        addressHash,
        isSuppressed: suppressed.has(addressHash),
        history,
        taste: tastes.get(candidate.subscriberId),
        shown: new Set(seen?.shown),
        risen: new Set(seen?.risen),
      },
    ];
  });
}

/** What becomes of one candidate: the one place that puts the exclusions in order. */
function decide(reader: Reader, { editions, silence }: RoundDay, at: Date): Decision {
  const { candidate, history, taste, shown, risen } = reader;
  const { state, confirmedAt, schedule } = candidate;
  if (state !== 'active' || !confirmedAt) return { exclusion: 'unsubscribed' };
  if (reader.isSuppressed) return { exclusion: 'suppressed' };
  if (isPaused(candidate, at)) return { exclusion: 'paused' };
  const covered = new Set(history?.covered);
  const offered = new Set(history?.offered);
  const given = { schedule, confirmedAt, covered, offered };
  const coverage = findCoverage(given, editions.released, at);
  if (coverage.editions.length === 0) return { exclusion: silence };
  const covers = { ...coverage, shown, risen };
  const decision = decideDigest({ ...candidate, taste }, editions, covers);
  // Editions that held nothing for them before are looked at again, since wishes change, but
  // the reason of this date is what is new on it.
  const isNew = ({ id, cutAt }: CutEdition) =>
    coverage.editions.includes(id) && cutAt > (candidate.lastDueAt ?? new Date(0));
  if ('content' in decision || editions.released.some(isNew)) return decision;
  return { exclusion: silence };
}

async function writeOutcomes(
  outside: ComposeOutside,
  decided: readonly Decided[],
  { roundId, at }: { roundId: number; at: Date },
): Promise<void> {
  const { store } = outside;
  const digests = decided.flatMap(({ candidate: reader, addressHash, history, decision }) => {
    if (!('content' in decision)) return [];
    const copy = { reader, addressHash, content: decision.content, copies: history?.copies };
    return [digestFor(outside, { ...copy, at, roundId })];
  });
  // What these readers still wait for gives its papers to the new digest.
  const getting = digests.flatMap(({ subscriberId }) => subscriberId ?? []);
  await store.deliveries.failSuperseded(getting, at);
  const ids = await store.deliveries.insert(digests);
  const idBySubscriber = new Map(
    digests.map(({ subscriberId, messageId }) => [subscriberId, ids.get(messageId) ?? null]),
  );
  await store.rounds.recordOutcomes(
    decided.map(({ candidate, decision }) => ({
      subscriptionId: candidate.id,
      localDate: candidate.localDate,
      deliveryId: idBySubscriber.get(candidate.subscriberId) ?? null,
      exclusion: 'exclusion' in decision ? decision.exclusion : null,
      lookedAt: ('exclusion' in decision && decision.lookedAt) || null,
    })),
  );
}

/** Tells those who asked for it why their date brings no digest. */
async function writeNotes(
  outside: ComposeOutside,
  decided: readonly Decided[],
  { feeds, at }: { feeds: readonly RoundFeed[]; at: Date },
): Promise<void> {
  for (const { candidate, decision } of decided) {
    if ('content' in decision || !mayNote(decision.exclusion)) continue;
    if (!candidate.profile.quietNote) continue;
    const { id, subscriberId, address, localDate: date } = candidate;
    const { exclusion, lookedAt } = decision;
    const content = buildQuietNote({ date, exclusion, lookedAt, feeds });
    const key = `quiet-${id}-${date}`;
    await recordNotice(outside, { notice: 'quiet', key, address, subscriberId, content }, at);
  }
}

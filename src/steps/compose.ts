import type { Taste } from '../core/ranking/taste.ts';
import { findCoverage } from '../core/reader/coverage.ts';
import { hashAddress } from '../core/reader/keys.ts';
import type { Exclusion } from '../core/reader/subscription.ts';
import type { PendingCandidate } from '../store/rounds.ts';
import { type Decision, decideDigest, type LoadedEditions, loadEditions } from './choose.ts';
import { digestFor } from './freeze.ts';
import type { Outside } from './steps.ts';

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

const CHUNK = 200;

/**
 * Gives every candidate of a round its digest or its reason, and freezes the round when
 * none is left, which lets its deliveries be claimed. Several may work on one round.
 */
export async function composeRound(
  outside: ComposeOutside,
  roundId: number,
): Promise<ComposeReport> {
  const { store, now } = outside;
  const editions = await loadEditions(store, now());
  let afterId = 0;
  for (;;) {
    const last = await store.transaction((tx) =>
      composeChunk({ ...outside, store: tx }, editions, { roundId, afterId }),
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
  editions: LoadedEditions,
  page: { roundId: number; afterId: number },
): Promise<number | undefined> {
  const { store, now, keys } = outside;
  const pending = await store.rounds.lockPending(page.roundId, { ...page, most: CHUNK });
  if (pending.length === 0) return undefined;
  const hashes = new Map(pending.map((p) => [p.id, hashAddress(keys, p.address.toLowerCase())]));
  const suppressed = new Set(await store.records.listSuppressed([...hashes.values()]));
  const history = await store.deliveries.lockHistory(pending.map((p) => p.subscriberId));
  // Whoever has a message on the wire is composed when its outcome is known.
  const readers = pending.filter((p) => !history.get(p.subscriberId)?.hasInFlight);
  const tastes = await store.votes.listTastes(readers.map((p) => p.subscriberId));
  const at = now();
  const decisions = readers.map((reader) => {
    const addressHash = hashes.get(reader.id) ?? '';
    const covered = new Set(history.get(reader.subscriberId)?.covered);
    const isSuppressed = suppressed.has(addressHash);
    return {
      reader,
      addressHash,
      decision: decide(
        { ...reader, taste: tastes.get(reader.subscriberId) },
        { editions, covered, isSuppressed, at },
      ),
    };
  });
  const deliveries = decisions.flatMap(({ reader, addressHash, decision }) => {
    if (!('content' in decision)) return [];
    const copies = history.get(reader.subscriberId)?.copies;
    return [
      digestFor(outside, {
        reader,
        addressHash,
        content: decision.content,
        copies,
        at,
        roundId: page.roundId,
      }),
    ];
  });
  // What these readers still wait for gives its papers to the new digest.
  await store.deliveries.failSuperseded(
    deliveries.flatMap(({ subscriberId }) => subscriberId ?? []),
    at,
  );
  const ids = await store.deliveries.insert(deliveries);
  const idOf = (reader: PendingCandidate) => {
    const delivery = deliveries.find(({ subscriberId }) => subscriberId === reader.subscriberId);
    return delivery ? (ids.get(delivery.messageId) ?? null) : null;
  };
  await store.rounds.recordOutcomes(
    decisions.map(({ reader, decision }) => ({
      subscriptionId: reader.id,
      localDate: reader.localDate,
      deliveryId: idOf(reader),
      exclusion: 'exclusion' in decision ? decision.exclusion : null,
    })),
  );
  return pending.at(-1)?.id;
}

function decide(
  reader: PendingCandidate & { readonly taste: Taste | undefined },
  facts: {
    editions: LoadedEditions;
    covered: ReadonlySet<number>;
    isSuppressed: boolean;
    at: Date;
  },
): Decision {
  const { editions, covered, isSuppressed, at } = facts;
  if (reader.state !== 'active' || !reader.confirmedAt) return { exclusion: 'unsubscribed' };
  if (isSuppressed) return { exclusion: 'suppressed' };
  if (reader.pausedUntil && reader.pausedUntil > at) return { exclusion: 'paused' };
  const { schedule, confirmedAt } = reader;
  return decideDigest(
    reader,
    editions,
    findCoverage({ schedule, confirmedAt, covered }, editions.released, at),
  );
}

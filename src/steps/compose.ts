import { findCoverage } from '../core/coverage.ts';
import type { DigestContent } from '../core/digest.ts';
import type { EditionTexts } from '../core/edition.ts';
import { hashAddress } from '../core/keys.ts';
import { buildRankingIndex, type RankingIndex, rankPapers } from '../core/ranking.ts';
import { type Due, dueUntil, quarterOf } from '../core/schedule.ts';
import type { Exclusion, Subscription } from '../core/subscription.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import type { Candidate, PendingCandidate } from '../store/rounds.ts';
import type { Store } from '../store/store.ts';
import { freezeDigest, messageIdOf } from './freeze.ts';
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
/** No coverage window is longer: two intervals of a weekly reader. */
const LONGEST_WINDOW_MS = 15 * 24 * 3_600_000;

/**
 * Opens a round with everyone who is due, each on their next recorded date; undefined
 * where nobody is. Dates that passed while the service was down are recorded as missed:
 * only the newest one gets a digest.
 */
export async function openRound({
  store,
  now,
}: Pick<Outside, 'store' | 'now'>): Promise<number | undefined> {
  const at = now();
  if (!(await store.subscribers.hasDue(at))) return undefined;
  // One transaction: nobody may freeze a round that is still being filled.
  return store.transaction(async (tx) => {
    let roundId: number | undefined;
    for (;;) {
      const due = await tx.subscribers.lockDue(at, CHUNK);
      if (due.length === 0) return roundId;
      roundId ??= (await tx.rounds.insert({ at: quarterOf(at), openedAt: at })).id;
      const dates = due.map(({ id, schedule, due: first }) => ({
        id,
        ...dueUntil(schedule, first, at),
      }));
      await tx.rounds.insertCandidates(
        roundId,
        dates.flatMap(({ id, past }) => toCandidates(id, past)),
      );
      await tx.subscribers.recordNextDue(dates.map(({ id, next }) => ({ id, due: next })));
    }
  });
}

function toCandidates(subscriptionId: number, past: readonly Due[]): Candidate[] {
  return past.map((due, index) => ({
    subscriptionId,
    localDate: due.date,
    dueAt: due.at,
    exclusion: index < past.length - 1 ? 'missed' : null,
  }));
}

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

/** The editions that any reader may be given now, each indexed once for all readers. */
interface LoadedEditions {
  readonly released: readonly { readonly id: number; readonly cutAt: Date }[];
  readonly texts: ReadonlyMap<number, EditionTexts>;
  readonly indexes: ReadonlyMap<number, RankingIndex>;
}

export async function loadEditions(
  store: Store,
  now: Date,
  only?: number,
): Promise<LoadedEditions> {
  const since = new Date(now.getTime() - LONGEST_WINDOW_MS);
  const recent = await store.editions.listReleased(only === undefined ? since : new Date(0));
  const released = recent.filter(({ id }) => only === undefined || id === only);
  const texts = await store.editions.listTexts(released.map(({ id }) => id));
  const indexes = new Map<number, RankingIndex>();
  for (const edition of texts) indexes.set(edition.id, await indexEdition(store, edition));
  return { released, texts: new Map(texts.map((edition) => [edition.id, edition])), indexes };
}

async function indexEdition(store: Store, edition: EditionTexts): Promise<RankingIndex> {
  const stored = await store.papers.listByIds(edition.papers.map(({ paperId }) => paperId));
  const byId = new Map(stored.map((paper) => [paper.id, paper]));
  const labels = new Map(edition.groups.map(({ number, label }) => [number, label]));
  return buildRankingIndex(
    edition.papers.flatMap((shown) => {
      const paper = byId.get(shown.paperId);
      return paper ? [{ ...paper, groupLabel: labels.get(shown.groupNumber) ?? '' }] : [];
    }),
  );
}

type Decision = { readonly exclusion: Exclusion } | { readonly content: DigestContent };

/** The digest of one reader over some editions, or why there is none. */
export function decideDigest(
  reader: Pick<Subscription, 'profile' | 'papersPerDigest'>,
  editions: LoadedEditions,
  covers: { editions: readonly number[]; leftOut: number },
): Decision {
  if (covers.editions.length === 0) return { exclusion: 'nothing_new' };
  const papers = covers.editions.flatMap((id) => editions.indexes.get(id)?.papers ?? []);
  const { choices, hidden } = rankPapers({ papers }, reader.profile, reader.papersPerDigest);
  if (choices.length === 0) return { exclusion: 'nothing_matched' };
  const note = noteOn(covers);
  const content = { editions: covers.editions, choices, hidden };
  return { content: note ? { ...content, note } : content };
}

function noteOn(covers: { editions: readonly number[]; leftOut: number }): string | undefined {
  const count = covers.editions.length;
  const several = count > 1 ? `This digest covers the ${count} editions since your last one.` : '';
  const missed =
    covers.leftOut === 1 ? 'An older edition is' : `${covers.leftOut} older editions are`;
  const left = covers.leftOut > 0 ? `${missed} too old to be included; the web has them.` : '';
  return [several, left].filter(Boolean).join(' ') || undefined;
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
  const at = now();
  const decisions = readers.map((reader) => {
    const addressHash = hashes.get(reader.id) ?? '';
    const covered = new Set(history.get(reader.subscriberId)?.covered);
    const isSuppressed = suppressed.has(addressHash);
    return {
      reader,
      addressHash,
      decision: decide(reader, { editions, covered, isSuppressed, at }),
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

/** One reader's copy of the newest edition that their digest covers. */
export function digestFor(
  outside: Pick<Outside, 'keys' | 'rendering' | 'renderingHash'>,
  copy: {
    reader: Pick<Subscription, 'subscriberId' | 'address'>;
    addressHash: string;
    content: DigestContent;
    copies: ReadonlyMap<number, number> | undefined;
    at: Date;
    roundId: number | null;
  },
): NewDelivery {
  const { reader, content, at } = copy;
  const editionId = content.editions[0] ?? 0;
  const resend = copy.copies?.get(editionId) ?? 0;
  const { subscriberId, address } = reader;
  return {
    kind: 'digest',
    notice: null,
    noticeKey: null,
    editionId,
    subscriberId,
    resend,
    roundId: copy.roundId,
    address,
    addressHash: copy.addressHash,
    messageId: messageIdOf(outside, { editionId, subscriberId, resend }),
    covers: content.editions,
    at,
    digest: freezeDigest(outside, content, at),
  };
}

function decide(
  reader: PendingCandidate,
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

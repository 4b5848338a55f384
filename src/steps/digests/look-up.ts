import type { Taste } from '../../core/ranking/taste.ts';
import type { Coverage } from '../../core/reader/coverage.ts';
import { MOST_TOLD, weekBefore } from '../../core/reader/kept.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { startOfDate } from '../../core/reader/schedule.ts';
import type { PendingCandidate } from '../../store/ledger/composing.ts';
import type { Histories, ReaderHistory } from '../../store/ledger/histories.ts';
import type { Turn } from '../../store/ledger/warm-up-turns.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { type Covered, LONGEST_WINDOW_MS, type LoadedEditions } from './choose.ts';
import { createCoverages } from './coverages.ts';
import { addShown, type createShownReader, nothingShown, type Shown } from './shown.ts';

/** A candidate with what was looked up for them. */
export interface Reader {
  readonly candidate: PendingCandidate;
  readonly addressHash: string;
  readonly isSuppressed: boolean;
  readonly history: ReaderHistory | undefined;
  /** Whether a digest of theirs still waits: a newer one takes its place. */
  readonly hasOpen: boolean;
  readonly taste: Taste | undefined;
  covers: Covered;
}

/** What is the same for all readers of a round. */
export interface LookedUpDay {
  readonly editions: LoadedEditions;
  readonly readShown: ReturnType<typeof createShownReader>;
  /** Turns of the warm-up, by subscription; none where there is no warm-up. */
  readonly turns: ReadonlyMap<number, Turn>;
}

const DAY_MS = 24 * 3_600_000;
/** More corrections at once would be a mail of their own. */
const MOST_AMENDED = 10;
/** No message of before can hold an edition of the window; clocks of several hosts may differ by a little. */
const windowStart = (at: Date) => new Date(at.getTime() - LONGEST_WINDOW_MS - DAY_MS);

/** Looks up what each candidate was sent; whoever has a message on the wire waits for its outcome. */
export async function lookUp(
  { store, threads, keys, now }: Pick<Outside, 'store' | 'threads' | 'keys' | 'now'>,
  pending: readonly PendingCandidate[],
  day: LookedUpDay,
): Promise<Reader[]> {
  const at = now();
  const hashes = pending.map(({ address }) => hashAddress(keys, address.toLowerCase()));
  const suppressed = new Set(await store.records.listSuppressed(hashes));
  const ids = pending.map(({ subscriberId }) => subscriberId);
  const { bySubscriber, open } = await lockHistories({ store }, ids, { ...day, at });
  const tastes = await findTastes({ store, threads, now }, ids);
  const coverageOf = createCoverages(day.editions.released, at);
  const readers: Reader[] = [];
  for (const [place, candidate] of pending.entries()) {
    const { subscriberId } = candidate;
    const history = bySubscriber.get(subscriberId);
    if (history?.hasInFlight) continue;
    const addressHash = hashes[place] ?? '';
    readers.push({
      candidate,
      addressHash,
      isSuppressed: suppressed.has(addressHash),
      history,
      hasOpen: open.has(subscriberId),
      taste: tastes.get(subscriberId),
      covers: coverageOf(candidate, history, day.turns.get(candidate.id)?.waitsSince),
    });
  }
  await showAll({ store }, readers, { ...day, since: windowStart(at) });
  await tellAmended({ store }, readers, day.editions);
  await tellKept({ store }, readers);
  return readers;
}

/** Adds the papers that a reader was sent, voted on or keeps and that were corrected or retracted since their last message. */
async function tellAmended(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
  { amended }: LoadedEditions,
): Promise<void> {
  if (amended.length === 0) return;
  const sinceOf = ({ history, covers }: Reader) =>
    history && history.lastCovering > 0 && covers.editions.length > 0
      ? amended.filter(({ at }) => at.getTime() > history.lastCovering)
      : [];
  const asked = readers.filter((reader) => sinceOf(reader).length > 0);
  if (asked.length === 0) return;
  const sent = await store.deliveries.listHadPapers(
    asked.map(({ candidate }) => candidate.subscriberId),
    amended.map(({ paper }) => paper),
  );
  const had = new Set(sent.map(({ subscriberId, paper }) => `${subscriberId} ${paper}`));
  for (const reader of asked) {
    const { subscriberId } = reader.candidate;
    const told = sinceOf(reader)
      .filter(({ paper }) => had.has(`${subscriberId} ${paper}`))
      .slice(0, MOST_AMENDED)
      .map(({ at: _, ...paper }) => paper);
    if (told.length > 0) reader.covers = { ...reader.covers, amended: told };
  }
}

/** Adds what a reader kept last week to their first digest of a week, where they wish for it. */
async function tellKept(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
): Promise<void> {
  const asked = readers.map(({ candidate: { subscriberId, localDate } }) => {
    const { from, to } = weekBefore(localDate);
    return { subscriberId, from, since: to, date: localDate };
  });
  const untold = await store.kept.listUntold(asked);
  if (untold.length === 0) return;
  const spans = untold.flatMap(({ subscriberId, zone }) => {
    const week = asked.find((each) => each.subscriberId === subscriberId);
    if (!week) return [];
    const [from, to] = [startOfDate(zone, week.from), startOfDate(zone, week.since)];
    return [{ subscriberId, from, to }];
  });
  const weeks = await store.kept.listOfWeek(spans, MOST_TOLD);
  for (const reader of readers) {
    const kept = weeks.get(reader.candidate.subscriberId);
    if (kept) reader.covers = { ...reader.covers, kept };
  }
}

/**
 * Looks at the deliveries of the longest window first, which say all of a reader to whom one of
 * them brought an edition of it: only of the others everything is asked that they ever had.
 */
async function lockHistories(
  { store }: Pick<Outside, 'store'>,
  ids: readonly number[],
  { editions, at }: { editions: LoadedEditions; at: Date },
): Promise<Histories> {
  const oldest = at.getTime() - LONGEST_WINDOW_MS;
  const recent = new Set(
    editions.released.filter(({ cutAt }) => cutAt.getTime() >= oldest).map(({ id }) => id),
  );
  const { bySubscriber, open } = await store.deliveries.lockHistory(ids, windowStart(at));
  const isKnown = (id: number) => {
    const history = bySubscriber.get(id);
    return history?.hasInFlight || history?.covered.some((edition) => recent.has(edition));
  };
  const others = ids.filter((id) => !isKnown(id));
  if (others.length === 0) return { bySubscriber, open };
  const whole = await store.deliveries.listHistory(others);
  return { bySubscriber: new Map([...bySubscriber, ...whole]), open };
}

/**
 * Adds what messages to them showed: of the papers that rise now, and of those of an edition that
 * was there already when a message of theirs was composed. Others can have been shown nothing.
 */
async function showAll(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
  { editions, readShown, since }: LookedUpDay & { since: Date },
): Promise<void> {
  const { rising, released } = editions;
  const cutAt = new Map(released.map((edition) => [edition.id, edition.cutAt.getTime()]));
  const isAsked = ({ covers, history }: Reader) =>
    history !== undefined &&
    history.lastCovering > 0 &&
    covers.editions.length > 0 &&
    (rising.length > 0 ||
      covers.editions.some((id) => (cutAt.get(id) ?? 0) <= history.lastCovering));
  const asked = readers.filter(isAsked).map(({ candidate }) => candidate.subscriberId);
  const found = new Map<number, Shown>();
  const sent = asked.length > 0 ? await store.deliveries.listSent(asked, since) : [];
  for (const { subscriberId, ...stored } of sent) {
    const [before, shown] = [found.get(subscriberId), readShown(stored)];
    found.set(subscriberId, before ? addShown(before, shown) : shown);
  }
  const coveredBy = createCovered();
  for (const reader of readers) {
    reader.covers = coveredBy(reader.covers, found.get(reader.candidate.subscriberId));
  }
}

/** Readers who are given the same editions and were shown the same share what their digest is made of. */
function createCovered() {
  const known = new Map<Coverage, Map<Shown, Covered>>();
  return (coverage: Coverage, seen: Shown = nothingShown): Covered => {
    const ofCoverage = known.get(coverage) ?? new Map<Shown, Covered>();
    known.set(coverage, ofCoverage);
    const covered = ofCoverage.get(seen) ?? { ...coverage, ...seen };
    ofCoverage.set(seen, covered);
    return covered;
  };
}

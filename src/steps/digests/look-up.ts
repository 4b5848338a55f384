import type { Taste } from '../../core/ranking/taste.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { PendingCandidate } from '../../store/ledger/composing.ts';
import type { Histories, ReaderHistory } from '../../store/ledger/histories.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { type Covered, LONGEST_WINDOW_MS, type LoadedEditions } from './choose.ts';
import { createCoverages } from './coverages.ts';
import type { createShownReader, Shown } from './shown.ts';

/** A candidate with what was looked up for them. */
export interface Reader {
  readonly candidate: PendingCandidate;
  readonly addressHash: string;
  readonly isSuppressed: boolean;
  readonly history: ReaderHistory | undefined;
  /** Whether a digest of theirs still waits: a newer one takes its place. */
  readonly hasOpen: boolean;
  readonly taste: Taste | undefined;
  readonly covers: Covered;
}

/** What is the same for all readers of a round. */
export interface LookedUpDay {
  readonly editions: LoadedEditions;
  readonly readShown: ReturnType<typeof createShownReader>;
}

const DAY_MS = 24 * 3_600_000;
/** More corrections at once would be a mail of their own. */
const MOST_AMENDED = 10;
/** No message of before can hold an edition of the window; clocks of several hosts may differ by a little. */
const windowStart = (at: Date) => new Date(at.getTime() - LONGEST_WINDOW_MS - DAY_MS);

/** Looks up what each candidate was sent; whoever has a message on the wire waits for its outcome. */
export async function lookUp(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  pending: readonly PendingCandidate[],
  day: LookedUpDay,
): Promise<Reader[]> {
  const { editions } = day;
  const at = now();
  const hashes = pending.map(({ address }) => hashAddress(keys, address.toLowerCase()));
  const suppressed = new Set(await store.records.listSuppressed(hashes));
  const ids = pending.map(({ subscriberId }) => subscriberId);
  const { bySubscriber, open } = await lockHistories({ store }, ids, { editions, at });
  const tastes = await findTastes({ store, now }, ids);
  const coverageOf = createCoverages(editions.released, at);
  const readers = pending.flatMap((candidate, place): Reader[] => {
    const { subscriberId } = candidate;
    const history = bySubscriber.get(subscriberId);
    const addressHash = hashes[place] ?? '';
    if (history?.hasInFlight) return [];
    return [
      {
        candidate,
        addressHash,
        isSuppressed: suppressed.has(addressHash),
        history,
        hasOpen: open.has(subscriberId),
        taste: tastes.get(subscriberId),
        covers: coverageOf(candidate, history),
      },
    ];
  });
  const shown = await addShown({ store }, readers, { ...day, since: windowStart(at) });
  return addAmended({ store }, shown, editions);
}

/** Adds the papers that were sent to a reader and were corrected or retracted since their last message. */
async function addAmended(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
  { amended }: LoadedEditions,
): Promise<Reader[]> {
  const sinceOf = ({ history, covers }: Reader) =>
    history && history.lastCovering > 0 && covers.editions.length > 0
      ? amended.filter(({ at }) => at.getTime() > history.lastCovering)
      : [];
  const asked = readers.filter((reader) => sinceOf(reader).length > 0);
  if (asked.length === 0) return [...readers];
  const sent = await store.deliveries.listSentPapers(
    asked.map(({ candidate }) => candidate.subscriberId),
    amended.map(({ paper }) => paper),
  );
  const had = new Set(sent.map(({ subscriberId, paper }) => `${subscriberId} ${paper}`));
  return readers.map((reader) => {
    const { subscriberId } = reader.candidate;
    const told = sinceOf(reader)
      .filter(({ paper }) => had.has(`${subscriberId} ${paper}`))
      .slice(0, MOST_AMENDED)
      .map(({ at: _, ...paper }) => paper);
    return told.length === 0 ? reader : { ...reader, covers: { ...reader.covers, amended: told } };
  });
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
  const found = await store.deliveries.lockHistory(ids, windowStart(at));
  const isKnown = (id: number) =>
    found.bySubscriber.get(id)?.covered.some((edition) => recent.has(edition)) === true;
  const others = ids.filter((id) => !isKnown(id));
  if (others.length === 0) return found;
  const whole = await store.deliveries.lockHistory(others);
  return {
    bySubscriber: new Map([...found.bySubscriber, ...whole.bySubscriber]),
    open: found.open,
  };
}

/**
 * Adds what messages to them showed: of the papers that rise now, and of those of an edition that
 * was there already when a message of theirs was composed. Others can have been shown nothing.
 */
async function addShown(
  { store }: Pick<Outside, 'store'>,
  readers: readonly Reader[],
  { editions, readShown, since }: LookedUpDay & { since: Date },
): Promise<Reader[]> {
  const { rising, released } = editions;
  const cutAt = new Map(released.map((edition) => [edition.id, edition.cutAt.getTime()]));
  const isAsked = ({ covers, history }: Reader) =>
    history !== undefined &&
    history.lastCovering > 0 &&
    covers.editions.length > 0 &&
    (rising.length > 0 ||
      covers.editions.some((id) => (cutAt.get(id) ?? 0) <= history.lastCovering));
  const asked = readers.filter(isAsked).map(({ candidate }) => candidate.subscriberId);
  if (asked.length === 0) return readers.map((reader) => withShown(reader));
  const sent = await store.deliveries.listSent(asked, since);
  const found = new Map<number, Shown[]>();
  for (const { subscriberId, ...stored } of sent) {
    found.set(subscriberId, [...(found.get(subscriberId) ?? []), readShown(stored)]);
  }
  return readers.map((reader) => withShown(reader, found.get(reader.candidate.subscriberId)));
}

const none: ReadonlySet<number> = new Set();

function withShown(reader: Reader, seen?: readonly Shown[]): Reader {
  const all = (what: keyof Shown) =>
    seen ? new Set(seen.flatMap((message) => message[what])) : none;
  return { ...reader, covers: { ...reader.covers, shown: all('shown'), risen: all('risen') } };
}

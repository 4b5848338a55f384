import type { ClaimedDelivery, StoredDelivery } from '../../core/letter/delivery.ts';
import type { Outside } from '../steps.ts';
import type { LedgerWriter } from './ledger-writer.ts';

/** A claimed delivery, and what its message is made of; absent where it was pruned meanwhile. */
export interface Claimed {
  readonly claimed: ClaimedDelivery;
  readonly delivery: StoredDelivery | undefined;
}

/** Claims ahead of the connections, so that none waits for a statement of its own. */
export interface Supply {
  /** The next one, or undefined where there is none now. */
  take(): Promise<Claimed | undefined>;
  /**
   * Gives back what nobody has begun: it is refused, or waits for its turn in the ledger instead.
   * Rejects, as every take does, from the first claim on that failed: nobody knows what it took.
   */
  letGo(): Promise<void>;
}

/** What was found empty is not asked again so soon, however many connections ask. */
const EMPTY_FOR_MS = 100;

/** Claims for one sender, `most` in all; at once from one for each of `connections` to twice as many. */
export function createSupply(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  {
    senderId,
    writer,
    connections,
    most,
  }: {
    senderId: number;
    writer: LedgerWriter;
    connections: number;
    most: number;
  },
): Supply {
  let left = most;
  let ahead = connections;
  let emptyUntil = 0;
  let ready: Claimed[] = [];
  let filling: Promise<void> | undefined;
  let fault: { readonly error: unknown } | undefined;

  const claim = async () => {
    const wanted = Math.min(ahead, left);
    if (wanted === 0 || performance.now() < emptyUntil) return;
    const claimed = await store.deliveries.claim({ senderId, now: now(), most: wanted });
    if (claimed.length === 0) emptyUntil = performance.now() + EMPTY_FOR_MS;
    if (claimed.length === 0) return;
    left -= claimed.length;
    ahead = Math.min(2 * connections, ahead * 2);
    const ids = claimed.map(({ id }) => id);
    const gone = new Set(await store.deliveries.failForbiddenAmong(ids, now()));
    const stored = await store.deliveries.listByIds(ids);
    const byId = new Map(stored.map((delivery) => [delivery.id, delivery]));
    const kept = claimed.filter(({ id }) => !gone.has(id));
    ready.push(...kept.map((each) => ({ claimed: each, delivery: byId.get(each.id) })));
  };
  const fill = () => {
    filling ??= claim()
      .catch((error: unknown) => {
        fault ??= { error };
      })
      .finally(() => {
        filling = undefined;
      });
    return filling;
  };

  return {
    async take() {
      if (ready.length === 0) await fill();
      if (fault) throw fault.error;
      const next = ready.shift();
      // The others' turn comes while this one is on the wire.
      if (next && ready.length < ahead / 2) void fill();
      return next;
    },
    async letGo() {
      ahead = connections;
      await filling;
      const back = ready;
      ready = [];
      left += back.length;
      const at = now();
      await Promise.all(
        back.map(({ claimed: { id, fence } }) => writer.giveBack({ id, fence, senderId, at })),
      );
      if (fault) throw fault.error;
    },
  };
}

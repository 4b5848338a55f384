import { randomUUID } from 'node:crypto';
import { hashFor } from '../../core/reader/keys.ts';
import type { OnceClaim, OnceRow } from '../../store/desk/once.ts';
import { DAY_MS } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';

/** How long a key stands for what was done under it. */
export const ONCE_MS = DAY_MS;
/** Whoever asks meanwhile asks again soon: most is done in a moment. */
const ASK_AGAIN_SECONDS = 2;
/** A process that dies in the middle lets its keys go after this long. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

type OnceOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** What is asked for, under a key, by whom. */
export interface OnceOrder {
  readonly operatorId: number;
  readonly key: string;
  /** All that makes the request what it is: kept as a keyed hash. */
  readonly request: string;
}

/** What was done, as it is kept: without a body where that must not stand in a table. */
export interface Done {
  readonly status: number;
  readonly location: string | null;
  readonly body: string | null;
}

/** What a key gives: the work is the caller's, or why not. */
export type Once =
  | { readonly kind: 'yours'; readonly doing: Doing }
  /** It was done before; its answer. */
  | { readonly kind: 'done'; readonly done: Done }
  /** The key was used for another request. */
  | { readonly kind: 'other' }
  /** It is being done now; ask again in so many seconds. */
  | { readonly kind: 'running'; readonly seconds: number };

/** A key while its work is done. Exactly one of the two ends it. */
export interface Doing {
  /** Keeps the answer for a day. */
  keep(done: Done): Promise<void>;
  /** Gives the key back: nothing was done under it. */
  release(): Promise<void>;
}

/**
 * Lets something be done once under a key (draft-ietf-httpapi-idempotency-key-header): of many
 * that ask for the same at once, one does it. Keys and requests are kept as hashes. A key whose
 * process died is free for the same request once its lease is over; whether its work was done
 * before nobody knows, so what is done under keys should bear being done again.
 */
export async function claimOnce(
  { store, keys, now }: OnceOutside,
  { operatorId, key, request }: OnceOrder,
): Promise<Once> {
  const at = now();
  const claim: OnceClaim = {
    operatorId,
    keyHash: hashFor(keys, 'once', key),
    fingerprint: hashFor(keys, 'once', request),
    holder: randomUUID(),
    leaseMs: LEASE_MS,
    at,
    since: new Date(at.getTime() - ONCE_MS),
  };
  // Whoever held it may have given it back between the two.
  for (;;) {
    if (await store.once.claim(claim)) return { kind: 'yours', doing: hold(store, claim) };
    const found = await store.once.find(claim);
    if (found) return judge(found, claim);
  }
}

function judge(found: OnceRow, { fingerprint }: OnceClaim): Once {
  const { status, location, body } = found;
  if (found.fingerprint !== fingerprint) return { kind: 'other' };
  if (status === null) return { kind: 'running', seconds: ASK_AGAIN_SECONDS };
  return { kind: 'done', done: { status, location, body } };
}

function hold(store: Outside['store'], claim: OnceClaim): Doing {
  const timer = setInterval(() => {
    // Where the database is away for a moment, the next one renews it.
    store.once.recordHeld(claim).catch(() => {});
  }, RENEW_MS);
  timer.unref();
  return {
    async keep(done) {
      clearInterval(timer);
      await store.once.recordAnswer(claim, done);
    },
    async release() {
      clearInterval(timer);
      await store.once.remove(claim);
    },
  };
}

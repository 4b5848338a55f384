import type { Address } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { SuppressionReason } from '../../core/reader/sign-up.ts';
import type { ListedSuppression } from '../../store/feedback/suppressions.ts';
import type { Outside } from '../steps.ts';

const PAGE = 5000;

/** Who wants which address suppressed, or not any more, and why. */
export interface SuppressionOrder {
  readonly address: Address;
  readonly reason: string;
  readonly actor: string;
}

/** What a lifted suppression comes to: there was none, mail goes on, or they may sign up again. */
export type Lifted = 'none' | 'goes_on' | 'may_sign_up';

/** What each of them means, for whoever lifted it. */
export const liftedWords: Readonly<Record<Exclude<Lifted, 'none'>, string>> = {
  goes_on: 'They get mail again from their next date on.',
  may_sign_up: 'They have no active subscription: they may sign up again.',
};

const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

/** What is wrong with the reason of an order; undefined where nothing is. */
export function findReasonFault(reason: string): string | undefined {
  const { length } = reason.trim();
  if (length >= SHORTEST_REASON && length <= LONGEST_REASON) return undefined;
  return `must say why, in ${SHORTEST_REASON} to ${LONGEST_REASON} characters`;
}

/** Suppresses an address by a person's word, recorded; what waits for it is not sent. */
export async function suppressAddress(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  { address, reason, actor }: SuppressionOrder,
): Promise<void> {
  const at = now();
  const addressHash = hashAddress(keys, address.key);
  await store.transaction(async (tx) => {
    const order = { addressHash, reason: 'operator', note: reason, at } as const;
    await tx.records.recordSuppression(order);
    const reader = await tx.subscribers.findByAddress(address.key);
    const whose = { addressHash, subscriberId: reader?.subscriberId };
    await tx.deliveries.failSuppressed(whose, at);
    await auditSuppression(tx, { actor, action: 'suppress', addressHash, reason, at });
  });
}

/** Lifts a suppression, recorded; what it comes to. A subscription that ended stays so. */
export async function liftSuppression(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  { address, reason, actor }: SuppressionOrder,
): Promise<Lifted> {
  const at = now();
  const addressHash = hashAddress(keys, address.key);
  return store.transaction(async (tx) => {
    if (!(await tx.suppressions.remove(addressHash))) return 'none';
    await auditSuppression(tx, { actor, action: 'lift', addressHash, reason, at });
    const reader = await tx.subscribers.findByAddress(address.key);
    return reader?.state === 'active' ? 'goes_on' : 'may_sign_up';
  });
}

/** Lifts what the owner of a mailbox ends by confirming from it, recorded, in the caller's transaction. */
export async function liftByOwner(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  addressKey: string,
  at: Date,
): Promise<void> {
  const addressHash = hashAddress(keys, addressKey);
  if (!(await store.records.liftByOwner(addressHash))) return;
  const reason = 'a confirmation came from the mailbox';
  await auditSuppression(store, { actor: 'reader', action: 'lift', addressHash, reason, at });
}

/** Takes back the suppressions that an import made of who left elsewhere, recorded; how many. */
export async function liftImport(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { importId, reason, actor }: { importId: number; reason: string; actor: string },
): Promise<number> {
  return store.transaction(async (tx) => {
    const lifted = await tx.suppressions.removeOfImport(importId);
    const entry = { at: now(), actor, action: 'lift', subject: `import ${importId}` };
    if (lifted > 0) await tx.records.recordAudit({ ...entry, detail: { reason, lifted } });
    return lifted;
  });
}

/** A suppression as it is listed, with who it is of where a subscriber still has its address. */
export type NamedSuppression = Omit<ListedSuppression, 'address' | 'subscriptionId'> & {
  readonly address: string | undefined;
  readonly subscriptionId: number | undefined;
};

/** Suppressions, the newest first, each with its address where a subscriber still has it. */
export async function listSuppressions(
  outside: Pick<Outside, 'store' | 'keys' | 'now'>,
  page: { reason: SuppressionReason | null; most: number; before?: Date; past?: string },
): Promise<NamedSuppression[]> {
  // The order by time takes a moment later than any that was recorded now.
  const before = page.before ?? new Date(outside.now().getTime() + 1);
  const list = () => outside.store.suppressions.list({ ...page, before });
  const listed = await list();
  const isNamed = listed.every(({ address }) => address !== null);
  const found = isNamed || (await hashAddresses(outside)) === 0 ? listed : await list();
  return found.map(({ address, subscriptionId, ...rest }) => ({
    ...rest,
    address: address ?? undefined,
    subscriptionId: subscriptionId ?? undefined,
  }));
}

/** Records the hash of each address that has none yet, new and changed ones since the last call; how many. */
export async function hashAddresses({
  store,
  keys,
}: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  let sum = 0;
  for (let count = PAGE; count === PAGE; sum += count) {
    count = await store.transaction(async (tx) => {
      const readers = await tx.subscribers.claimUnhashed(PAGE);
      const hashes = readers.map(({ id, addressKey }) => ({
        id,
        hash: hashAddress(keys, addressKey),
      }));
      if (hashes.length > 0) await tx.subscribers.recordHashes(hashes);
      return hashes.length;
    });
  }
  return sum;
}

/** Writes down that an address was suppressed or lifted, by whom and why; never the address. */
export function auditSuppression(
  store: Outside['store'],
  entry: { actor: string; action: string; addressHash: string; reason: string; at: Date },
) {
  const { actor, action, addressHash, reason, at } = entry;
  const subject = `suppression ${addressHash.slice(0, 16)}`;
  return store.records.recordAudit({ at, actor, action, subject, detail: { reason } });
}

import type { Address } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { SuppressionReason } from '../../core/reader/sign-up.ts';
import type { ListedSuppression } from '../../store/feedback/suppressions.ts';
import type { Outside } from '../steps.ts';

const PAGE = 1000;

/** Who wants which address suppressed, or not any more, and why. */
export interface SuppressionOrder {
  readonly address: Address;
  readonly reason: string;
  readonly actor: string;
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
    await tx.deliveries.failForbidden(at);
    await audit(tx, { actor, action: 'suppress', addressHash, reason, at });
  });
}

/** Lifts a suppression, recorded; false where there is none. A subscription that ended stays so. */
export async function liftSuppression(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  { address, reason, actor }: SuppressionOrder,
): Promise<boolean> {
  const at = now();
  const addressHash = hashAddress(keys, address.key);
  return store.transaction(async (tx) => {
    if (!(await tx.suppressions.remove(addressHash))) return false;
    await audit(tx, { actor, action: 'lift', addressHash, reason, at });
    return true;
  });
}

/** Suppressions, the newest first, each with its address where a subscriber still has it. */
export async function listSuppressions(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  page: { reason: SuppressionReason | null; most: number; before?: Date },
): Promise<(ListedSuppression & { readonly address: string | undefined })[]> {
  // The order by time takes a moment later than any that was recorded now.
  const before = page.before ?? new Date(now().getTime() + 1);
  const listed = await store.suppressions.list({ ...page, before });
  const addressByHash = new Map<string, string>();
  const wanted = new Set(listed.map(({ hash }) => hash));
  for (let afterId = 0, isMore = wanted.size > 0; isMore; ) {
    const readers = await store.subscribers.list({ afterId, most: PAGE });
    for (const { address } of readers) {
      const hash = hashAddress(keys, address.toLowerCase());
      if (wanted.has(hash)) addressByHash.set(hash, address);
    }
    afterId = readers.at(-1)?.id ?? afterId;
    isMore = readers.length === PAGE && addressByHash.size < wanted.size;
  }
  return listed.map((each) => ({ ...each, address: addressByHash.get(each.hash) }));
}

function audit(
  store: Outside['store'],
  entry: { actor: string; action: string; addressHash: string; reason: string; at: Date },
) {
  const { actor, action, addressHash, reason, at } = entry;
  const subject = `suppression ${addressHash.slice(0, 16)}`;
  return store.records.recordAudit({ at, actor, action, subject, detail: { reason } });
}

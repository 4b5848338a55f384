import type { AskedDeliveries } from '../../core/letter/delivery-filter.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Outside } from '../steps.ts';

/** A page of deliveries, the newest first; where it says how far it looked, there may be more beyond. */
export async function listDeliveries(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { address, ...filter }: AskedDeliveries,
  page: { beforeId?: number | undefined; most: number },
) {
  if (address === undefined) return store.overview.listDeliveries(filter, page);
  const key = address.toLowerCase();
  const reader = await store.subscribers.findByAddress(key);
  const to = {
    address: key,
    addressHash: hashAddress(keys, key),
    subscriberId: reader?.subscriberId,
  };
  return store.overview.listDeliveries({ ...filter, to }, page);
}

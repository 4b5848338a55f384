import { hashAddress } from '../../core/reader/keys.ts';
import type { Outside } from '../steps.ts';

/** So many of one thing by one key in each window. */
export interface Limit {
  readonly name: string;
  /** An IP, an address or a domain; only its keyed hash is stored. */
  readonly key: string;
  readonly most: number;
  readonly windowMs: number;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Counts one more, over all processes. Seconds until it is allowed again; undefined where it is now. */
export async function countToLimit(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  { name, key, most, windowMs }: Limit,
): Promise<number | undefined> {
  const at = now().getTime();
  const start = at - (at % windowMs);
  const keyHash = hashAddress(keys, `limit:${name}:${key}`).slice(0, 32);
  const count = await store.limits.count({ name, keyHash, windowStart: new Date(start) });
  return count > most ? Math.ceil((start + windowMs - at) / 1000) : undefined;
}

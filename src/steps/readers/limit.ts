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

type LimitOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** Counts one more, over all processes. Seconds until it is allowed again; undefined where it is now. */
export async function countToLimit(
  outside: LimitOutside,
  limit: Limit,
): Promise<number | undefined> {
  const counted = windowOf(outside, limit);
  const count = await outside.store.limits.count(counted);
  const endsAt = counted.windowStart.getTime() + limit.windowMs;
  return count > limit.most ? Math.ceil((endsAt - outside.now().getTime()) / 1000) : undefined;
}

/** Takes back what was counted a moment ago: it turned out to be none of what is limited. */
export async function giveBack(outside: LimitOutside, limits: readonly Limit[]): Promise<void> {
  for (const limit of limits) await outside.store.limits.giveBack(windowOf(outside, limit));
}

function windowOf({ keys, now }: LimitOutside, { name, key, windowMs }: Limit) {
  const at = now().getTime();
  const keyHash = hashAddress(keys, `limit:${name}:${key}`).slice(0, 32);
  return { name, keyHash, windowStart: new Date(at - (at % windowMs)) };
}

import type { BounceKind } from './bounce.ts';

/** A bounce of an address that no later success has outweighed. */
export interface PastBounce {
  readonly deliveryId: number | null;
  readonly kind: BounceKind;
  readonly at: Date;
}

const DAY_MS = 24 * 3_600_000;
export const SCORE_WINDOW_MS = 30 * DAY_MS;
/**
 * Relays give up after up to five days (RFC 5321, 4.5.4.1): a message that was accepted and did
 * not come back for longer than that has arrived, and what bounced before it counts no more.
 */
export const ARRIVED_AFTER_MS = 6 * DAY_MS;

const SOFT_A_DAY = 0.5;
const MOST_SOFT = 5;
const MOST_DISABLED = 2;

/**
 * Whether an address must get no more mail: after one hard bounce, after two messages to a
 * disabled mailbox within 30 days, or at a score of 5, where a day with other bounces counts
 * half a point however many they were. What is about us counts nothing.
 */
export function mustSuppress(bounces: readonly PastBounce[], now: Date): boolean {
  const recent = bounces.filter(({ at }) => now.getTime() - at.getTime() < SCORE_WINDOW_MS);
  const own = recent.filter(({ kind }) => kind !== 'policy');
  if (own.some(({ kind }) => kind === 'hard')) return true;
  const disabled = own.filter(({ kind }) => kind === 'disabled');
  if (new Set(disabled.map(({ deliveryId }) => deliveryId)).size >= MOST_DISABLED) return true;
  const days = new Set(own.map(({ at }) => at.toISOString().slice(0, 10)));
  return days.size * SOFT_A_DAY >= MOST_SOFT;
}

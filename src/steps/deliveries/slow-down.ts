import { findSlowdowns, SLOW_WINDOW_MS, slowRules } from '../../core/letter/slowdown.ts';
import { domainOf } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { originOf } from '../../core/reader/origin.ts';
import type { Outside } from '../steps.ts';

/** Where a stranger typed which address. */
export interface TypedNotice {
  readonly deliveryId: number;
  readonly address: string;
  /** IP address; null where it was forgotten. */
  readonly from: string | null;
}

/**
 * Notes that a delivery goes to whom a stranger typed, in the caller's transaction, and has it
 * wait with the others of its place or domain where those are slow.
 */
export async function recordTyped(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { deliveryId, address, from }: TypedNotice,
  at: Date,
): Promise<void> {
  const hash = (text: string) => hashAddress(keys, `confirmation:${text}`).slice(0, 32);
  await store.slowdowns.insertConfirmation({
    deliveryId,
    placeHash: hash(`place:${from === null ? '' : originOf(from)}`),
    domainHash: hash(`domain:${domainOf(address.toLowerCase())}`),
    at,
  });
  await store.slowdowns.putOff(at, deliveryId);
}

/**
 * After a confirmation that a stranger typed was not accepted: slows down those of its place,
 * its domain or all where that does harm. False where the delivery is none.
 */
export async function slowDown(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  deliveryId: number,
): Promise<boolean> {
  const { slowdowns } = store;
  if (!(await slowdowns.isTyped(deliveryId))) return false;
  const at = now();
  const rates = await slowdowns.getRates(deliveryId, new Date(at.getTime() - SLOW_WINDOW_MS));
  for (const scope of findSlowdowns(rates)) {
    const until = new Date(at.getTime() + slowRules[scope].lastsMs);
    await slowdowns.record(deliveryId, { scope, at, until });
  }
  await slowdowns.putOff(at);
  return true;
}

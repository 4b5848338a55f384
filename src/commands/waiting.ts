import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { type Stoppable, stops, tellStandstill } from '../core/letter/standstill.ts';
import type { Outside } from '../steps/steps.ts';
import { type Answer, type Caller, CommandError } from './command.ts';
import type { handedOver } from './shapes/delivery.ts';

const LONGEST_STILL_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** Waits for a delivery's outcome and says it in the server's own words; of what is paused it says that at once. */
export async function describeDelivery(
  outside: Pick<Outside, 'store' | 'config'>,
  { id, what }: { id: number; what: string },
  { isHasty }: Pick<Caller, 'isHasty'>,
): Promise<Answer<z.infer<typeof handedOver>>> {
  const find = () => outside.store.deliveries.find(id);
  const isEnded = async () => {
    const delivery = await find();
    if (!delivery || !['ready', 'sending'].includes(delivery.state)) return true;
    return delivery.state === 'ready' && (await findStops(outside, delivery)).length > 0;
  };
  const goesOn = !(await waitUntil(isEnded, isHasty));
  const delivery = await find();
  const stopped =
    delivery?.state === 'ready' || delivery?.state === 'deferred'
      ? await findStops(outside, delivery)
      : [];
  const state = delivery?.state ?? 'gone';
  const reply = delivery?.lastReply ? `: ${delivery.lastReply}` : '';
  const words = state === 'accepted' ? 'was accepted by the mail server' : `is ${state}${reply}`;
  if (state === 'failed') throw new CommandError(`${what} failed${reply}`);
  const where =
    outside.config.sending.relays.length > 0 ? '' : '; it is in the outbox of the sandbox';
  return {
    lines: [`${what} ${words}${stopped.length > 0 ? '' : where}`, ...stopped.map(sayStop)],
    data: { delivery: id, state, messageId: delivery?.messageId },
    goesOn: goesOn || stopped.length > 0,
    ...(stopped.length > 0 ? { exitCode: 1 } : {}),
  };
}

/** What keeps a letter from going out. */
async function findStops(
  { store }: Pick<Outside, 'store'>,
  letter: Stoppable,
): Promise<readonly string[]> {
  const pauses = await store.pauses.listActive();
  return pauses.filter((pause) => stops(pause, letter)).map(tellStandstill);
}

function sayStop(standstill: string): string {
  return `It stands still: ${standstill}`;
}

/**
 * Looks again and again until something is done: until `look` gives true. As long as the number
 * that it gives instead changes, it is waited for; false where nothing moves for long, or in
 * haste is not done yet.
 */
export async function waitUntil(
  look: () => Promise<boolean | number>,
  isHasty = false,
): Promise<boolean> {
  let seen = await look();
  for (let still = 0; still < LONGEST_STILL_MS && seen !== true && !isHasty; ) {
    await wait(LOOK_EVERY_MS);
    const now = await look();
    still = now === seen ? still + LOOK_EVERY_MS : 0;
    seen = now;
  }
  return seen === true;
}

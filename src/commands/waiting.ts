import { setTimeout as wait } from 'node:timers/promises';
import type { Outside } from '../steps/steps.ts';
import { type Answer, CommandError } from './command.ts';

const LONGEST_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** Waits for a delivery's outcome and says it in the server's own words. */
export async function describeDelivery(
  outside: Pick<Outside, 'store' | 'config'>,
  id: number,
  what: string,
): Promise<Answer> {
  const find = () => outside.store.deliveries.find(id);
  await waitUntil(async () => !['ready', 'sending'].includes((await find())?.state ?? ''));
  const delivery = await find();
  const state = delivery?.state ?? 'gone';
  const reply = delivery?.lastReply ? `: ${delivery.lastReply}` : '';
  const words = state === 'accepted' ? 'was accepted by the mail server' : `is ${state}${reply}`;
  if (state === 'failed') throw new CommandError(`${what} failed${reply}`);
  const where =
    outside.config.sending.relays.length > 0 ? '' : '; it is in the outbox of the sandbox';
  return {
    lines: [`${what} ${words}${where}`],
    data: { delivery: id, state, messageId: delivery?.messageId },
  };
}

/** Looks again and again until something is done; false where it takes too long. */
export async function waitUntil(isDone: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_EVERY_MS) {
    if (await isDone()) return true;
    await wait(LOOK_EVERY_MS);
  }
  return false;
}

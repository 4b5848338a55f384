import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { parseAddress } from '../core/reader/address.ts';
import { exclusions } from '../core/reader/subscription.ts';
import { countOf } from '../core/text/words.ts';
import { planWork } from '../steps/plan.ts';
import { resendEdition } from '../steps/resend.ts';
import type { Outside } from '../steps/steps.ts';
import { sendTrial } from '../steps/trial.ts';
import { CommandError, defineCommand } from './command.ts';

const LONGEST_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 200;
const nobodyLeft =
  'Nobody is due: every reader has had a digest, or a reason for none, on their date of today.';

export const deliveriesRun = defineCommand({
  needsWorkers: true,
  args: z.object({ everyone: z.boolean().default(false) }),
  async run(outside, { everyone }) {
    const { store, now } = outside;
    const before = await store.rounds.findLastId();
    if (everyone) await store.subscribers.recordAllDue(now());
    const isDone = await waitUntil(async () => {
      await planWork(outside);
      return !(await hasWork(outside));
    });
    const outcomes = await store.rounds.countAfter(before);
    const lines = outcomes.map(({ state, exclusion, count }) =>
      exclusion
        ? `${countOf(count, 'reader')} without: ${exclusions[exclusion]}`
        : `${count} ${state}`,
    );
    if (!isDone) lines.push('still going on: is a "paperround workers" process running?');
    return {
      lines:
        lines.length > 0 ? lines : [everyone ? nobodyLeft : 'Nobody is due: nothing was sent.'],
      data: { outcomes, isDone },
    };
  },
});

export const resend = defineCommand({
  needsWorkers: true,
  args: z.object({ edition: z.string(), address: z.string() }),
  async run(outside, args) {
    const sent = await resendEdition(outside, { ...args, actor: 'operator' });
    return describeDelivery(outside, sent.deliveryId, `copy ${sent.resend + 1} of ${args.edition}`);
  },
});

export const tryFeed = defineCommand({
  needsWorkers: true,
  args: z.object({ feed: z.string(), to: z.string(), topics: z.array(z.string()).default([]) }),
  async run(outside, { feed, to, topics }) {
    const trial = await sendTrial(outside, { feed, to: parseAddress(to), topics });
    return describeDelivery(
      outside,
      trial.deliveryId,
      `a digest of ${countOf(trial.papers, 'paper')}`,
    );
  },
});

/** Whether an edition is being written, someone is due, or something is on its way. */
async function hasWork({ store, now }: Outside): Promise<boolean> {
  const isComposing =
    (await store.editions.listUnwritten()).length > 0 ||
    (await store.subscribers.hasDue(now())) ||
    (await store.rounds.listOpen()).length > 0;
  return isComposing || (await store.deliveries.hasActive(now()));
}

/** Waits for a delivery's outcome and says it in the server's own words. */
async function describeDelivery(outside: Outside, id: number, what: string) {
  const find = () => outside.store.deliveries.find(id);
  await waitUntil(async () => !['ready', 'sending'].includes((await find())?.state ?? ''));
  const delivery = await find();
  const state = delivery?.state ?? 'gone';
  const reply = delivery?.lastReply ? `: ${delivery.lastReply}` : '';
  const words = state === 'accepted' ? 'was accepted by the mail server' : `is ${state}${reply}`;
  if (state === 'failed') throw new CommandError(`${what} failed${reply}`);
  const where = outside.config.sending.smtpUrl ? '' : '; it is in the outbox of the sandbox';
  return {
    lines: [`${what} ${words}${where}`],
    data: { delivery: id, state, messageId: delivery?.messageId },
  };
}

async function waitUntil(isDone: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_EVERY_MS) {
    if (await isDone()) return true;
    await wait(LOOK_EVERY_MS);
  }
  return false;
}

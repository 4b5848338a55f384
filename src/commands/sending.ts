import { z } from 'zod';
import { tellStandstill } from '../core/letter/standstill.ts';
import { tellWarmUp } from '../core/letter/warm-up-words.ts';
import { parseAddress } from '../core/reader/address.ts';
import { exclusions } from '../core/reader/subscription.ts';
import { countOf } from '../core/text/words.ts';
import { readWarmUp } from '../steps/deliveries/warm-up.ts';
import { sendTrial } from '../steps/digests/trial.ts';
import { planWork } from '../steps/plan.ts';
import type { Outside } from '../steps/steps.ts';
import { recordChange } from './audit.ts';
import { CommandError, defineCommand, type Progress } from './command.ts';
import { hurryEveryone, runForOne } from './early.ts';
import { handedOver, outcomeCount } from './shapes/delivery.ts';
import { describeDelivery, waitUntil } from './waiting.ts';

const nobodyLeft =
  'Nobody is due: every reader has had a digest, or a reason for none, on their date of today.';

export const deliveriesRun = defineCommand({
  right: 'operate',
  needsWorkers: true,
  args: z.object({
    everyone: z
      .boolean()
      .default(false)
      .describe('Do not wait for days and hours: every reader without a digest today is due now.'),
    yes: z
      .boolean()
      .default(false)
      .describe('With `everyone`: that you want it. A service needs it, and counts without it.'),
    to: z
      .string()
      .optional()
      .describe('One address that is subscribed: what is there for it today, without waiting.'),
  }),
  answers: z.object({ outcomes: z.array(outcomeCount), isDone: z.boolean() }),
  async run(outside, { everyone, yes, to }, caller) {
    if (to !== undefined && everyone) {
      throw new CommandError('say --to or --everyone, not both');
    }
    if (to !== undefined) return runForOne(outside, to, caller);
    const { store } = outside;
    const { actor, isHasty, progress } = caller;
    const before = await store.rounds.findLastId();
    if (everyone) await hurryEveryone(outside, { yes, actor });
    const count = createCount(outside, before, progress);
    const isDone = await waitUntil(async () => {
      await planWork(outside);
      const done = await count();
      return (await hasWork(outside)) ? done : true;
    }, isHasty);
    const outcomes = await store.rounds.countAfter(before);
    const lines = outcomes.map(({ state, exclusion, count: readers }) =>
      exclusion
        ? `${countOf(readers, 'reader')} without: ${exclusions[exclusion]}`
        : `${readers} ${state}`,
    );
    const stops = outcomes.some(({ state }) => isOpen(state)) ? await findStops(outside) : [];
    if (stops.length > 0) lines.push(...stops.map((stop) => `It stands still: ${stop}`));
    else if (isDone && outcomes.some(({ state }) => isOpen(state))) {
      lines.push(...(await tellSpread(outside)));
    } else if (!isDone) lines.push('still going on: is a "paperround workers" process running?');
    return {
      lines:
        lines.length > 0 ? lines : [everyone ? nobodyLeft : 'Nobody is due: nothing was sent.'],
      data: { outcomes, isDone },
      goesOn: !isDone,
      ...(stops.length > 0 ? { exitCode: 1 } : {}),
    };
  },
});

export const tryFeed = defineCommand({
  right: 'operate',
  needsWorkers: true,
  args: z.object({ feed: z.string(), to: z.string(), topics: z.array(z.string()).default([]) }),
  answers: handedOver,
  async run(outside, { feed, to, topics }, caller) {
    const trial = await sendTrial(outside, { feed, to: parseAddress(to), topics });
    await recordChange(outside, { actor: caller.actor, action: 'try', subject: `feed ${feed}` });
    const what = `a digest of ${countOf(trial.papers, 'paper')}`;
    return describeDelivery(outside, { id: trial.deliveryId, what }, caller);
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

/** What keeps digests that wait from going out. */
async function findStops({ store }: Outside): Promise<readonly string[]> {
  const stops: string[] = [];
  for (const pause of await store.pauses.listActive()) {
    const { scope, editionId } = pause;
    const states =
      editionId === null ? [] : await store.deliveries.countByStateOfEdition(editionId);
    const isStopping = scope === 'all' || states.some(({ state }) => isOpen(state));
    if (isStopping) stops.push(tellStandstill(pause));
  }
  return stops;
}

/** Why digests wait that nothing stops. */
async function tellSpread(outside: Outside): Promise<string[]> {
  const warmUp = await readWarmUp(outside);
  return warmUp?.spreadUntil ? [tellWarmUp(warmUp)] : [];
}

function isOpen(state: string | null): boolean {
  return state !== null && ['ready', 'sending', 'deferred'].includes(state);
}

/** Rests ten times as long as counting takes, so that looking on slows nobody down. */
const COUNT_EVERY_MS = 1_000;

/** Counts how many of what was due since a round are at their end, now and then; else what it was. */
function createCount({ store }: Outside, afterRound: number, progress: Progress = () => {}) {
  let done = 0;
  let nextAt = 0;
  return async (): Promise<number> => {
    const begunAt = Date.now();
    if (begunAt < nextAt) return done;
    const outcomes = await store.rounds.countAfter(afterRound);
    const sum = (rows: typeof outcomes) => rows.reduce((all, { count }) => all + count, 0);
    const open = outcomes.filter(
      ({ state, exclusion }) => exclusion === null && (state === null || isOpen(state)),
    );
    done = sum(outcomes) - sum(open);
    progress(done, sum(outcomes), 'readers');
    nextAt = Date.now() + Math.max(COUNT_EVERY_MS, 10 * (Date.now() - begunAt));
    return done;
  };
}

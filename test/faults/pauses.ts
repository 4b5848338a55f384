import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { cancelSending, pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { sql } from '../../src/store/database.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { randomOf } from './kills.ts';
import { onStage, type Stage } from './stage.ts';

const scale = form.isLong ? { cycles: 1_000, readers: 10_000 } : { cycles: 30, readers: 600 };
/** No body may begin so long after a pause. */
const MOST_MS = 2_000;
/** Every so many cycles, and at the last, a pause lasts long enough to see that. */
const LONG_PAUSE_EVERY = 15;
const ANSWER_AFTER_MS = 50;

/** One pause and its end: how late a body began after the one, and a message went out after the other. */
async function cycleOnce(
  stage: Stage,
  begun: readonly number[],
  pausedMs: number,
): Promise<{ late: number; resumed: number }> {
  const { outside } = stage.context;
  const order = { what: 'all', actor: 'test' };
  await pauseSending(outside, { ...order, reason: 'test' });
  const pausedAt = Date.now();
  await pause(pausedMs);
  const last = begun.at(-1) ?? 0;
  assert(last < pausedAt + MOST_MS, `a body began ${last - pausedAt} ms after the pause`);
  const before = stage.server.accepted().length;
  await resumeSending(outside, order);
  const resumedAt = Date.now();
  await stage.until(() => stage.server.accepted().length > before, 30);
  return { late: Math.max(0, last - pausedAt), resumed: Date.now() - resumedAt };
}

export const pauseFaults: readonly Fault[] = [
  {
    number: '19',
    name: `pause and resume ${scale.cycles} times at random, then cancel`,
    run: (services) =>
      onStage(services, { readers: scale.readers, connections: 5 }, async (stage) => {
        const begun: number[] = [];
        const random = randomOf(20_260_419);
        stage.server.script = async ({ phase }) => {
          if (phase === 'body') begun.push(Date.now());
          if (phase === 'dot') await pause(ANSWER_AFTER_MS);
          return undefined;
        };
        stage.start();
        await stage.until(() => stage.server.accepted().length > 5);
        const most = { late: 0, resumed: 0 };
        for (let cycle = 1; cycle <= scale.cycles; cycle += 1) {
          await pause(random() * ANSWER_AFTER_MS);
          const isLong = cycle % LONG_PAUSE_EVERY === 0 || cycle === scale.cycles;
          const { late, resumed } = await cycleOnce(stage, begun, isLong ? MOST_MS + 1_000 : 150);
          most.late = Math.max(most.late, late);
          most.resumed = Math.max(most.resumed, resumed);
        }
        const [edition] = await stage.database.rows<{ name: string }>(
          sql`select name from public.edition where state = 'released'`,
        );
        await cancelSending(stage.context.outside, { what: edition?.name ?? '', actor: 'test' });
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        const cancelled = await stage.count('failed');
        assert(cancelled > 0);
        return `the last body began ${most.late} ms after a pause; again at most ${most.resumed} ms after a resume; ${cancelled} cancelled`;
      }),
  },
];

import assert from 'node:assert/strict';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { planWork } from '../../src/steps/plan.ts';
import { send } from '../harness/morning.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const MINUTE = 60_000;
/** What docs and `core/letter/delivery.ts` promise, in minutes. */
const SCHEDULE = [5, 10, 20, 30, 60, 120];
/** The planner looks twice a minute: never in step with the schedule. */
const LOOK_EVERY_MS = 29_000;
const replies = [
  '450 4.2.0 try again',
  '451 4.3.0 local error',
  '452 4.2.2 mailbox full',
  '450 4.2.0 greylisted, come back later',
];

/** Each reader's tries as the server saw them, by the clock that the sending goes by. */
function refuseBy(stage: Stage): Map<string, number[]> {
  const triesOf = new Map<string, number[]>();
  const refusalsOf = new Map(stage.readers.map((to, at) => [to, at % (SCHEDULE.length + 1)]));
  stage.server.script = ({ phase, to }) => {
    // Half of them are refused at the recipient, half after the whole message.
    if (phase !== (Number(to.match(/\d+/)) % 2 ? 'rcpt' : 'dot')) return undefined;
    const tries = triesOf.get(to) ?? [];
    triesOf.set(to, [...tries, stage.clock.now().getTime()]);
    if (tries.length >= (refusalsOf.get(to) ?? 0)) return undefined;
    return { reply: replies[tries.length % replies.length] ?? '' };
  };
  return triesOf;
}

/** The spaces between tries, each as a share of what the schedule says. */
function sharesOf(tries: readonly number[]): number[] {
  return tries.slice(1).map((at, index) => {
    const wanted = (SCHEDULE[index] ?? 0) * MINUTE;
    return (at - (tries[index] ?? 0)) / wanted;
  });
}

export const retryFaults: readonly Fault[] = [
  {
    number: '10',
    name: '450, 451 and 452, none to six times, then 250 (the sending step on a clock that is moved by 29 s; PostgreSQL and SMTP are real)',
    run: (services) =>
      onStage(services, { readers: 70, connections: 5 }, async (stage) => {
        const { outside } = stage.context;
        const triesOf = refuseBy(stage);
        const onLost = () => undefined;
        const lease = await openLease(outside, { host: 'test', pid: process.pid, onLost });
        try {
          for (let passed = 0; passed < 300 * MINUTE; passed += LOOK_EVERY_MS) {
            await planWork(outside);
            if ((await outside.store.deliveries.countReady(outside.now(), 1)) > 0) {
              await send(outside, lease);
            }
            stage.clock.advance(LOOK_EVERY_MS);
          }
        } finally {
          await lease.end();
        }
        await stage.judge({ inDoubt: 0 });
        assert.equal(await stage.count('accepted'), stage.readers.length);
        const shares = [...triesOf.values()].flatMap(sharesOf);
        assert.equal(shares.length, 10 * (1 + 2 + 3 + 4 + 5 + 6));
        const [least, most] = [Math.min(...shares), Math.max(...shares)];
        assert(least >= 0.9 && most <= 1.1, `spaces from ${least} to ${most} of the schedule`);
        const range = `${(least * 100).toFixed(0)} to ${(most * 100).toFixed(0)} %`;
        return `70 of 70 once; ${shares.length} spaces between tries were ${range} of 5, 10, 20, 30, 60 and 120 minutes`;
      }),
  },
];

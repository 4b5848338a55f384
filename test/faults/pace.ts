import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { planWork } from '../../src/steps/plan.ts';
import { sql } from '../../src/store/database.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import type { Services } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const PER_SECOND = 50;
const PROCESSES = 3;

/** Notes when each MAIL FROM came. */
function watchPace(server: ScriptedSmtp): number[] {
  const moments: number[] = [];
  server.script = ({ phase }) => {
    if (phase === 'mail') moments.push(performance.now());
    return undefined;
  };
  return moments;
}

/** The most moments within any second. */
function mostInASecond(moments: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last += 1) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Messages a second from the first to the last. */
function rateOf(moments: readonly number[]): number {
  return ((moments.length - 1) * 1_000) / ((moments.at(-1) ?? 0) - (moments[0] ?? 0));
}

/** Three processes, ten connections each, under one limit. */
function pacedBy(services: Services, env: (stage: Stage) => Record<string, string>) {
  return onStage(services, { readers: 600, connections: 10 }, async (stage) => {
    const moments = watchPace(stage.server);
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    // All are up before there is anything to send, so that the pace is seen and not the start.
    await stage.database.rows(sql`update public.delivery set next_at = now() + interval '1 hour'`);
    const workers = Array.from({ length: PROCESSES }, () => stage.start({ env: env(stage) }));
    await stage.until(() => workers.every((worker) => worker.log().includes('the workers run')));
    await stage.database.rows(sql`update public.delivery set next_at = now()`);
    await stage.settle(120);
    await stage.judge({ inDoubt: 0 });
    delays.disable();
    const most = mostInASecond(moments);
    // What this machine holds up arrives in a bunch, as long as it was held up.
    const heldMs = delays.max / 1e6;
    const allowed = PER_SECOND + 1 + Math.floor((PER_SECOND * heldMs) / 1_000);
    assert(most <= allowed, `${most} in one second, held up by at most ${heldMs.toFixed(0)} ms`);
    const rate = rateOf(moments);
    const held =
      most > PER_SECOND + 1 ? ` (the server was held up by ${heldMs.toFixed(0)} ms)` : '';
    return `at most ${most} in any second${held}, ${rate.toFixed(1)} a second in all`;
  });
}

/** Three quarters of the mail to one relay, a quarter to the other, which then dies. */
async function failOver(services: Services): Promise<string> {
  const other = await openScriptedSmtp({ pipelining: true });
  try {
    return await onStage(services, { readers: 300, connections: 4 }, async (stage) => {
      let isGone = false;
      other.script = ({ phase }) => (isGone && phase !== 'dot' ? 'close' : undefined);
      const SMTP_URL = `${stage.server.url}?weight=3&connections=4 ${other.url}?connections=4`;
      stage.start({ env: { SMTP_URL } });
      await stage.until(() => other.accepted().length + stage.server.accepted().length >= 120);
      const [three, one] = [stage.server.accepted().length, other.accepted().length];
      isGone = true;
      other.hangUp();
      // What was on its way to the one that died is deferred, and need not wait here.
      await stage.until(async () => {
        await stage.database.rows(
          sql`update public.delivery set next_at = now() where state = 'deferred'`,
        );
        await planWork(stage.context.outside);
        return (await stage.count('accepted')) + (await stage.count('in_doubt')) === 300;
      });
      const sent = [...stage.server.accepted(), ...other.accepted()];
      assert.equal(sent.length, new Set(sent).size, 'I2');
      assert.equal(await stage.count('failed'), 0);
      const accepted = await stage.count('accepted');
      const doubts = await stage.count('in_doubt');
      assert.equal(accepted + doubts, 300, 'I1');
      assert(doubts <= 4, `${doubts} in doubt`);
      assert(three / one > 2 && three / one < 4, `${three} to ${one}`);
      return `${three} to ${one} by weights 3 to 1; the other took all when one died, ${doubts} in doubt`;
    });
  } finally {
    await other.close();
  }
}

export const paceFaults: readonly Fault[] = [
  {
    number: '20',
    isAlone: true,
    name: `${PER_SECOND}/s for one relay, then for one provider: ${PROCESSES} processes, 10 connections each; two relays, of which one dies`,
    async run(services) {
      const relay = await pacedBy(services, ({ server }) => ({
        SMTP_URL: `${server.url}?rate=${PER_SECOND}/s`,
      }));
      const provider = await pacedBy(services, () => ({
        DOMAIN_RATES: `readers.example=${PER_SECOND}/s`,
      }));
      return `relay: ${relay}; provider: ${provider}; ${await failOver(services)}`;
    },
  },
];

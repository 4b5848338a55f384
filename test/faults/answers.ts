import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRelay } from '../../src/mail/relay/relay.ts';
import { sql } from '../../src/store/database.ts';
import { sendBy } from '../harness/relay.ts';
import { type Act, openScriptedSmtp, type Phase } from '../harness/scripted-smtp.ts';
import type { Services } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { onStage } from './stage.ts';

const message = {
  messageId: '<one@here.example>',
  returnPath: 'digest@here.example',
  reference: 'b+1',
  to: 'reader@readers.example',
  pieces: ['Subject: x\r\n\r\n', 'x\r\n'],
};

const DEADLINES = { beforeBodyMs: 500, afterDotMs: 1_000 };

/** What one relay makes of one server that acts so at a phase, and in how many milliseconds. */
async function tryOnce(
  phase: Phase,
  act: Act,
  { requireTls = false, tls }: { requireTls?: boolean; tls?: { key: string; cert: string } } = {},
) {
  const server = await openScriptedSmtp(tls ? { tls } : {});
  server.script = (moment) => (moment.phase === phase ? act : undefined);
  const options = { clientName: 'here', connections: 1, requireTls, ...DEADLINES };
  const relay = createRelay({ url: server.url, ...options });
  const began = performance.now();
  const result = await sendBy(relay, message);
  const tookMs = performance.now() - began;
  relay.drop();
  await server.close();
  return { result, tookMs, bodies: server.transactions.filter(({ body }) => body).length };
}

/** Stalls or ends one session at a phase: by how many milliseconds its deadline was passed. */
async function stallOnce(
  phase: Phase,
  act: 'hang' | 'close' | 'drip',
  how?: Parameters<typeof tryOnce>[2],
): Promise<number> {
  const { result, tookMs, bodies } = await tryOnce(phase, act, how);
  const isAfter = phase === 'body' || phase === 'dot';
  assert.equal(result.kind, isAfter ? 'in_doubt' : 'unsent', `${phase} ${act}`);
  assert.equal(bodies, isAfter ? 1 : 0);
  const deadline = isAfter ? DEADLINES.afterDotMs : DEADLINES.beforeBodyMs;
  assert(tookMs < deadline + 2_000, `${phase} ${act}: ${tookMs} ms`);
  if (act !== 'close') assert(tookMs > deadline - 50, `${phase} ${act}: ended at ${tookMs} ms`);
  return act === 'close' ? 0 : tookMs - deadline;
}

/** 421 once at every phase: nobody fails, and the rest goes out. */
function busyEverywhere(services: Services): Promise<string> {
  return onStage(services, { readers: 60, connections: 8 }, async (stage) => {
    const phases: Phase[] = ['greeting', 'mail', 'rcpt', 'data', 'dot'];
    let busy = 0;
    stage.server.script = ({ phase }) => {
      if (phases[busy] !== phase) return undefined;
      busy += 1;
      return { reply: '421 4.3.2 too busy' };
    };
    stage.start();
    await stage.settle();
    assert.equal(busy, phases.length);
    await stage.judge({ inDoubt: 0 });
    assert.equal(await stage.count('accepted'), 60);
    return '60 of 60 accepted';
  });
}

/** 421 to every new connection: once most answers are busy, reconnects are a second apart. */
function busyAlways(services: Services): Promise<string> {
  return onStage(services, { readers: 60, connections: 8 }, async (stage) => {
    const greeted: number[] = [];
    stage.server.script = ({ phase }) => {
      if (phase === 'greeting') greeted.push(Date.now());
      return phase === 'greeting' ? { reply: '421 4.3.2 too busy' } : undefined;
    };
    stage.start();
    await stage.until(async () => {
      await stage.hurry();
      return greeted.length >= 12;
    }, 90);
    assert.equal(await stage.count('failed'), 0);
    // The first eight are asked at once, before anything is known.
    const later = greeted.slice(8);
    const gaps = later.slice(1).map((at, index) => at - (later[index] ?? 0));
    // When a busy machine hears of one is not when it was opened: the mean of them is exact.
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    assert(mean >= 950 && Math.min(...gaps) >= 500, `reconnects ${gaps.join(', ')} ms apart`);
    return `${gaps.length} reconnects ${Math.round(mean)} ms apart`;
  });
}

/** Eight good answers a connection allow one more: fewer are taken while what is on the wire is counted. */
const HELD_MS = 350;

/** One 421, then another: how many messages are on the wire at once before and after each, and then. */
function halveTwice(services: Services): Promise<string> {
  return onStage(services, { readers: 300, connections: 8 }, async (stage) => {
    let open = 0;
    let most = 0;
    let isBusy = false;
    stage.server.script = async ({ phase }) => {
      if (phase !== 'dot') return undefined;
      // Behind the dot: before it, a connection that had carried others would only be used up.
      if (isBusy) {
        isBusy = false;
        return { reply: '421 4.3.2 too busy' };
      }
      open += 1;
      most = Math.max(most, open);
      await pause(HELD_MS);
      open -= 1;
      return undefined;
    };
    stage.start();
    const seen: number[] = [];
    for (const wanted of [8, 4, 2]) {
      await stage.until(() => open === wanted, 60);
      // What was on the wire at the busy answer has ended: from here on it is the new pace.
      most = 0;
      const goal = stage.server.accepted().length + 2 * wanted;
      await stage.until(() => stage.server.accepted().length >= goal, 60);
      seen.push(most);
      isBusy = wanted > 2;
      await stage.until(() => !isBusy);
      await pause(1_100 + HELD_MS);
    }
    assert.deepEqual(seen, [8, 4, 2], 'half of it after each busy answer');
    await stage.until(() => open === 3, 60);
    return `${seen.join(', ')} messages at once, then more with the good answers`;
  });
}

export const answerFaults: readonly Fault[] = [
  {
    number: '9',
    name: '421 at every phase, then a healthy server; 421 at every greeting; and what each 421 makes of 8 connections',
    run: async (services) =>
      `${await busyEverywhere(services)}; ${await busyAlways(services)}; ${await halveTwice(services)}`,
  },
  {
    number: '11',
    name: '550 5.1.1 for 5 of 100 readers (threshold of the breaker raised to 20 %)',
    run: (services) =>
      onStage(
        services,
        { readers: 100, connections: 5, env: { PAUSE_AT_BOUNCE_PERCENT: '20' } },
        async (stage) => {
          const gone = new Set(stage.readers.filter((_, at) => at % 20 === 7));
          stage.server.script = ({ phase, to }) =>
            phase === 'rcpt' && gone.has(to) ? { reply: '550 5.1.1 no such user' } : undefined;
          stage.start();
          await stage.settle();
          await stage.judge({ inDoubt: 0 });
          const suppressed = await stage.database.rows(sql`select 1 from public.suppression`);
          assert.equal(suppressed.length, gone.size);
          assert(stage.server.connections <= 6, `${stage.server.connections} connections`);
          return `${suppressed.length} suppressed, 95 accepted, ${stage.server.connections} connections`;
        },
      ),
  },
  {
    number: '12',
    name: '550 5.7.1, 5.7.515 and "listed" for everyone',
    async run(services) {
      const seen: string[] = [];
      for (const reply of ['550 5.7.1 no', '550 5.7.515 denied', '554 you are listed by x']) {
        await onStage(services, { readers: 120, connections: 10 }, async (stage) => {
          stage.server.script = ({ phase }) => (phase === 'rcpt' ? { reply } : undefined);
          stage.start();
          const { pauses } = stage.context.outside.store;
          await stage.until(async () => (await pauses.listActive()).length === 1);
          await pause(1_500);
          const [{ tried } = { tried: 0 }] = await stage.database.rows<{ tried: number }>(
            sql`select count(*)::int as tried from public.attempt`,
          );
          assert(tried < 50, `${tried} tried`);
          assert.equal(
            (await stage.database.rows(sql`select 1 from public.suppression`)).length,
            0,
          );
          assert.equal(await stage.count('failed'), 0);
          seen.push(String(tried));
        });
      }
      return `paused after ${seen.join(', ')} messages; 0 suppressed, 0 failed`;
    },
  },
  {
    number: '13',
    name: 'silence, close and one byte at a time at every phase (deadlines 0.5 s and 1 s)',
    async run() {
      let slowest = 0;
      for (const act of ['hang', 'close', 'drip'] as const) {
        for (const phase of ['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'body', 'dot'] as const) {
          slowest = Math.max(slowest, await stallOnce(phase, act));
        }
        // Before the handshake of TLS: from the first byte on, and after STARTTLS.
        for (const how of [{ tls: { key: '', cert: '' } }, { requireTls: true }]) {
          slowest = Math.max(slowest, await stallOnce('tls', act, how));
        }
      }
      return `before the body unsent, after it in doubt; at most ${slowest.toFixed(0)} ms past the deadline`;
    },
  },
  {
    number: '15',
    name: '250 long after the dot, before its deadline (scaled: 2 s of 4 s)',
    async run() {
      const server = await openScriptedSmtp();
      server.script = async ({ phase }) => {
        if (phase === 'dot') await pause(2_000);
        return undefined;
      };
      const relay = createRelay({
        url: server.url,
        clientName: 'here',
        connections: 1,
        requireTls: false,
        beforeBodyMs: 500,
        afterDotMs: 4_000,
      });
      const result = await sendBy(relay, message);
      relay.close();
      await server.close();
      assert.equal(result.kind, 'accepted');
      assert.equal(server.accepted().length, 1);
      return 'accepted, one copy';
    },
  },
  {
    number: '16',
    name: 'replies twice, garbage, 10 MB in a line, NULs, STARTTLS left out',
    async run() {
      const acts: [Phase, Act, string][] = [
        ['rcpt', { reply: '250 fine\r\n250 fine' }, 'any'],
        ['greeting', { reply: '\u0001\u0002 nonsense' }, 'unsent'],
        ['mail', { reply: 'x'.repeat(10_000_000) }, 'unsent'],
        ['dot', { reply: '9'.repeat(10_000_000) }, 'in_doubt'],
        ['rcpt', { reply: '550 5.1.1 a\0b' }, 'refused'],
      ];
      const before = process.memoryUsage().rss;
      for (const [phase, act, kind] of acts) {
        const { result } = await tryOnce(phase, act);
        if (kind !== 'any') assert.equal(result.kind, kind, `${phase}: ${result.kind}`);
      }
      const { result, bodies } = await tryOnce('body', 'close', { requireTls: true });
      assert.equal(bodies, 0);
      assert.notEqual(result.kind, 'accepted');
      const grown = (process.memoryUsage().rss - before) / 1e6;
      assert(grown < 300, `${grown} MB`);
      return `no crash, memory +${Math.max(0, grown).toFixed(0)} MB; without STARTTLS nothing is sent`;
    },
  },
];

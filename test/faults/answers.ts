import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { buildToken } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import { createRelay } from '../../src/mail/relay/relay.ts';
import { cancelSending, pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { sql } from '../../src/store/database.ts';
import { sendBy } from '../harness/relay.ts';
import { type Act, openScriptedSmtp, type Phase } from '../harness/scripted-smtp.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const message = {
  messageId: '<one@here.example>',
  returnPath: 'digest@here.example',
  to: 'reader@readers.example',
  bytes: Buffer.from('Subject: x\r\n\r\nx\r\n'),
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

/** What waits for its next try waits no longer. */
export const hurry = (stage: Stage) =>
  stage.database.rows(sql`update public.delivery set next_at = now() where state = 'deferred'`);

export const answerFaults: readonly Fault[] = [
  {
    number: '9',
    name: '421 at every phase, then a healthy server',
    run: (services) =>
      onStage(services, { readers: 60, connections: 8 }, async (stage) => {
        const phases: Phase[] = ['greeting', 'mail', 'rcpt', 'data', 'dot'];
        const greeted: number[] = [];
        let busy = 0;
        stage.server.script = ({ phase }) => {
          if (phase === 'greeting') greeted.push(Date.now());
          if (phases[busy] !== phase) return undefined;
          busy += 1;
          return { reply: '421 4.3.2 too busy' };
        };
        stage.start();
        await stage.until(() => busy === phases.length);
        await stage.until(async () => {
          await hurry(stage);
          return stage.server.accepted().length >= 20;
        }, 90);
        assert.equal(await stage.count('failed'), 0);
        // The first burst opens what was configured; after a busy answer one a second.
        const late = greeted.filter((at) => at > (greeted[0] ?? 0) + 2_000);
        const gaps = late.slice(1).map((at, index) => at - (late[index] ?? 0));
        assert(Math.min(5_000, ...gaps) >= 900, `reconnects ${Math.min(...gaps)} ms apart`);
        return `0 failed, reconnects at least ${Math.min(5_000, ...gaps)} ms apart`;
      }),
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
  {
    number: '19',
    name: 'pause and resume 20 times at random, then cancel',
    run: (services) =>
      onStage(services, { readers: 300, connections: 5 }, async (stage) => {
        const { outside } = stage.context;
        stage.server.script = async ({ phase }) => {
          if (phase === 'dot') await pause(100);
          return undefined;
        };
        stage.start();
        await stage.until(() => stage.server.accepted().length > 5);
        let longest = 0;
        for (let cycle = 0; cycle < 20; cycle += 1) {
          const order = { what: 'all', actor: 'test' };
          await pauseSending(outside, { ...order, reason: 'test' });
          const pausedAt = Date.now();
          await pause(60);
          const bodies = () => stage.server.transactions.filter(({ body }) => body).length;
          const before = bodies();
          await pause(250);
          assert.equal(
            bodies(),
            before,
            `a body began ${Date.now() - pausedAt} ms after the pause`,
          );
          await resumeSending(outside, order);
          const resumedAt = Date.now();
          const accepted = stage.server.accepted().length;
          await stage.until(() => stage.server.accepted().length > accepted, 10);
          longest = Math.max(longest, Date.now() - resumedAt);
        }
        const [edition] = await stage.database.rows<{ name: string }>(
          sql`select name from public.edition where state = 'released'`,
        );
        await cancelSending(outside, { what: edition?.name ?? '', actor: 'test' });
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        const cancelled = await stage.count('failed');
        assert(cancelled > 0);
        return `no body 60 ms after a pause; again at most ${longest} ms after a resume; ${cancelled} cancelled`;
      }),
  },
  {
    number: '24',
    name: 'leaving by form, multipart and page while it is sent; scanners; forged tokens',
    run: (services) =>
      onStage(services, { readers: 300, connections: 5 }, async (stage) => {
        const { outside } = stage.context;
        stage.server.script = async ({ phase }) => {
          if (phase === 'dot') await pause(50);
          return undefined;
        };
        const rows = await stage.database.rows<{ id: number; address: string }>(sql`
          select s.id, r.address from public.subscription s
          join public.subscriber r on r.id = s.subscriber_id order by s.id desc limit 60`);
        const app = await createApp(stage.context);
        const url = (id: number) => `/unsubscribe/${buildToken(outside.keys, 'unsubscribe', id)}`;
        stage.start();
        await stage.until(() => stage.server.accepted().length >= 20);
        const bodies = [
          ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
          [
            'multipart/form-data; boundary=x',
            '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
          ],
          ['application/x-www-form-urlencoded', ''],
        ];
        const leftAt = new Map<string, number>();
        for (const [at, { id, address }] of rows.entries()) {
          const [type = '', payload = ''] = bodies[at % 3] ?? [];
          for (const method of ['GET', 'HEAD', 'OPTIONS'] as const)
            await app.inject({ method, url: url(id) });
          const request = {
            method: 'POST',
            url: url(id),
            headers: { 'content-type': type },
            payload,
          } as const;
          assert.equal((await app.inject(request)).statusCode, 200);
          leftAt.set(address, stage.server.transactions.filter(({ body }) => body).length);
          if (at < 3) assert.equal((await app.inject(request)).statusCode, 200);
        }
        for (let forged = 0; forged < 200; forged += 1) {
          const token = `1.${forged.toString(36)}.${'A'.repeat(21)}Q`;
          const answer = await app.inject({ method: 'POST', url: `/unsubscribe/${token}` });
          assert.equal(answer.statusCode, 404);
        }
        await app.close();
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        const began = stage.server.transactions.filter(({ body }) => body);
        const late = began.filter(
          ({ to }, at) => at >= (leftAt.get(to) ?? Number.POSITIVE_INFINITY) + 5,
        );
        assert.deepEqual(late, [], 'I5');
        const stayed = await stage.database.rows(
          sql`select 1 from public.subscription where state = 'active'`,
        );
        assert.equal(stayed.length, 240);
        return '60 left, nothing began after; 180 scanner requests and 200 forged tokens changed nothing';
      }),
  },
];

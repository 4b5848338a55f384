import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../../src/store/database.ts';
import type { Services } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { onStage, type Stage } from './stage.ts';

const ASLEEP_SECONDS = form.isLong ? 600 : 12;

/** Holds every delivery row, so that no statement on them ends before `release`. */
async function lockDeliveries(stage: Stage): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const done = stage.database.transaction(async (tx) => {
    await tx.rows(sql`select id from public.delivery for update`);
    isHeld();
    await isOver;
  });
  await held;
  return async () => {
    release();
    await done;
  };
}

type Point = 'claimed' | 'mark' | 'body' | 'dot' | 'answered';

/** Test 2: dies exactly there, with every connection at the same point. */
function dieAt(services: Services, point: Point): Promise<number> {
  const connections = 3;
  return onStage(services, { readers: 30, connections }, async (stage) => {
    const phase = {
      claimed: 'rcpt',
      mark: 'data',
      body: 'body',
      dot: 'dot',
      answered: 'dot',
    } as const;
    let reached = 0;
    let unlock: (() => Promise<void>) | undefined;
    let goOn: () => void = () => undefined;
    const mayGo = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    stage.server.script = async (moment) => {
      if (moment.phase !== phase[point]) return undefined;
      reached += 1;
      await mayGo;
      return point === 'claimed' || point === 'body' || point === 'dot' ? 'hang' : undefined;
    };
    const worker = stage.start();
    await stage.until(() => reached === connections);
    if (point === 'mark' || point === 'answered') {
      unlock = await lockDeliveries(stage);
      goOn();
      await pause(500);
    }
    await worker.kill();
    goOn();
    // With the machine its sessions go, too: a statement that waits must not outlive its client.
    await stage.database.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    await unlock?.();
    stage.server.script = () => undefined;
    await stage.until(async () => {
      await stage.context.outside.store.deliveries.recordAbandoned(new Date());
      return (await stage.count('sending')) === 0;
    });
    const isMarked = point === 'body' || point === 'dot' || point === 'answered';
    assert.equal(await stage.count('in_doubt'), isMarked ? connections : 0, point);
    stage.start();
    await stage.settle();
    return stage.judge({ inDoubt: isMarked ? connections : 0 });
  });
}

export const processFaults: readonly Fault[] = [
  {
    number: '2',
    name: 'death at five exact points of a message',
    async run(services) {
      const points = ['claimed', 'mark', 'body', 'dot', 'answered'] as const;
      const found = await Promise.all(
        points.map(async (point) => `${point} ${await dieAt(services, point)}`),
      );
      return `in doubt of 3 connections: ${found.join(', ')}`;
    },
  },
  {
    number: '3',
    name: 'SIGTERM with 20 in flight, and with a server that hangs',
    run: (services) =>
      onStage(
        services,
        { readers: 120, connections: 20, env: { SHUTDOWN_GRACE_SECONDS: '10' } },
        async (stage) => {
          stage.server.script = async ({ phase }) => {
            if (phase === 'dot') await pause(1_000);
            return undefined;
          };
          const first = stage.start();
          await stage.until(() => stage.server.transactions.length >= 40);
          let began = Date.now();
          assert.equal(await first.end(), 0);
          const took = Date.now() - began;
          assert(took < 10_000, `${took} ms`);
          assert.equal(await stage.count('in_doubt'), 0);
          assert.equal(await stage.count('sending'), 0);
          let hung = 0;
          stage.server.script = ({ phase }) => {
            if (phase === 'dot') hung += 1;
            return phase === 'dot' ? 'hang' : undefined;
          };
          const second = stage.start();
          await stage.until(() => hung === 20);
          began = Date.now();
          assert.equal(await second.end(), 0);
          const tookHung = Date.now() - began;
          assert(tookHung < 10_000, `${tookHung} ms`);
          assert.equal(await stage.count('in_doubt'), 20);
          assert.equal(await stage.count('sending'), 0);
          stage.server.script = () => undefined;
          stage.start();
          await stage.settle();
          await stage.judge({ inDoubt: 20 });
          return `exit 0 in ${took} ms with 0 in doubt; hung: exit 0 in ${tookHung} ms, its 20 in doubt (grace 10 s)`;
        },
      ),
  },
  {
    number: '17',
    name: 'every job ten times, two planners, two workers, ten clicks',
    run: (services) =>
      onStage(services, { readers: 120 }, async (stage) => {
        const { outside } = stage.context;
        stage.start();
        stage.start();
        for (let time = 0; time < 10; time += 1) {
          for (let shard = 0; shard < 4; shard += 1) await outside.queue.enqueue('send', { shard });
        }
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        const { findScope } = await import('../../src/steps/resend/scope.ts');
        const { pressResend } = await import('../../src/steps/resend/press.ts');
        const [edition] = await stage.database.rows<{ name: string }>(
          sql`select name from public.edition where state = 'released'`,
        );
        const address = stage.readers[0] ?? '';
        const wish = { kind: 'reader', edition: edition?.name ?? '', address } as const;
        const scope = await findScope(outside, wish);
        const asOf = await outside.store.presses.findLastDelivery();
        const press = { scope, asOf, allowsCopies: true, reason: 'a test', actor: 'test' };
        // Half of them press one button, the others have opened the page for themselves.
        const clicks = Array.from({ length: 10 }, (_, at) =>
          pressResend(outside, { ...press, key: `click-${at % 2 ? 'shared' : at}` }),
        );
        await Promise.all(clicks);
        await stage.settle();
        await stage.until(async () => (await outside.store.presses.listOpen()).length === 0);
        await stage.settle();
        const [{ copies } = { copies: 0 }] = await stage.database.rows<{ copies: number }>(
          sql`select count(*)::int as copies from public.delivery where resend > 0`,
        );
        assert.equal(copies, 1);
        return '120 of 120 once; ten clicks at once made one copy';
      }),
  },
  {
    number: '18',
    name: `SIGSTOP for ${ASLEEP_SECONDS} s (the lease is 10 s), then SIGCONT`,
    run: (services) =>
      onStage(services, { readers: 60, connections: 5 }, async (stage) => {
        let answer: () => void = () => undefined;
        const isAwake = new Promise<void>((resolve) => {
          answer = resolve;
        });
        let waiting = 0;
        stage.server.script = async ({ phase, connection }) => {
          // Some sleep before the mark, some with a body on the wire.
          const isHeld = phase === (connection % 2 === 0 ? 'data' : 'dot');
          if (!isHeld || stage.server.accepted().length < 10) return undefined;
          waiting += 1;
          await isAwake;
          return undefined;
        };
        const sleeper = stage.start();
        await stage.until(() => waiting === 5);
        sleeper.freeze();
        const bodies = stage.server.transactions.length;
        await pause(ASLEEP_SECONDS * 1000);
        await stage.context.outside.store.deliveries.recordAbandoned(new Date());
        assert.equal(await stage.count('sending'), 0);
        const doubted = await stage.count('in_doubt');
        assert(doubted > 0 && doubted < 5, `${doubted} in doubt`);
        sleeper.thaw();
        answer();
        await stage.settle();
        // What it reads on waking are the answers to its own bodies.
        await stage.until(async () => (await stage.count('in_doubt')) === 0);
        await stage.judge({ inDoubt: 0 });
        return `slept ${ASLEEP_SECONDS} s: ${doubted} in doubt until it read their answers, none twice, ${bodies} bodies before`;
      }),
  },
];

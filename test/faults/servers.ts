import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { checkNow } from '../../src/steps/deliveries/check-ledger.ts';
import { readHealth } from '../../src/steps/deliveries/health.ts';
import { sql } from '../../src/store/database.ts';
import type { Services } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

/** Answers take their time, so that a fault falls into the midst of the sending. */
function slowly(stage: Stage, ms = 100): void {
  stage.server.script = async ({ phase }) => {
    if (phase === 'dot') await pause(ms);
    return undefined;
  };
}

async function inTheMidst(
  services: Services,
  break_: (stage: Stage) => Promise<void>,
  inDoubt = 0,
): Promise<string> {
  return onStage(services, { readers: 300, connections: 5 }, async (stage) => {
    slowly(stage);
    // Half of it becomes due when the fault is over, since what was claimed needs no queue.
    await stage.database.rows(sql`update public.delivery set next_at = now() + interval '1 hour'
      where id % 2 = 0`);
    stage.start();
    await stage.until(() => stage.server.accepted().length >= 30);
    await break_(stage);
    await stage.until(
      () =>
        stage.database
          .rows(sql`update public.delivery set next_at = now() where state = 'ready'`)
          .then(
            () => true,
            () => false,
          ),
      30,
    );
    const before = stage.server.accepted().length;
    const back = Date.now();
    await stage.until(async () => stage.server.accepted().length > before);
    const resumed = ((Date.now() - back) / 1000).toFixed(1);
    await stage.settle(120);
    const doubts = await stage.judge({ inDoubt });
    return `again after ${resumed} s, ${doubts} in doubt`;
  });
}

export const serverFaults: readonly Fault[] = [
  {
    number: '5',
    isAlone: true,
    name: 'Redis killed for 10 s without persistence, and flushed',
    async run(services) {
      const killed = await inTheMidst(services, async () => {
        await services.redis.end('SIGKILL');
        await pause(10_000);
        await services.redis.start();
      });
      const flushed = await inTheMidst(services, async () => {
        const redis = new Redis(services.redisUrl);
        await redis.flushall();
        redis.disconnect();
      });
      return `killed: ${killed}; flushed: ${flushed}`;
    },
  },
  {
    number: '6',
    isAlone: true,
    name: 'Redis out of memory',
    run: (services) =>
      inTheMidst(services, async (stage) => {
        const redis = new Redis(services.redisUrl);
        await redis.config('SET', 'maxmemory', '1');
        await stage.context.outside.queue.enqueue('send', { shard: 7 });
        await pause(3_000);
        await redis.config('SET', 'maxmemory', '0');
        redis.disconnect();
      }),
  },
  {
    number: '7',
    isAlone: true,
    name: 'PostgreSQL restarted at once, frozen for 12 s, out of connections',
    async run(services) {
      const restarted = await inTheMidst(
        services,
        async () => {
          await services.postgres.end('SIGINT');
          await services.postgres.start();
        },
        5,
      );
      const frozen = await inTheMidst(
        services,
        async (stage) => {
          const pids = childrenOf(services.postgres.pid);
          for (const pid of pids) process.kill(pid, 'SIGSTOP');
          await pause(500);
          const bodies = stage.server.transactions.length;
          await pause(11_500);
          assert.equal(stage.server.transactions.filter(({ body }) => body).length <= bodies, true);
          for (const pid of pids) process.kill(pid, 'SIGCONT');
        },
        5,
      );
      const crowded = await inTheMidst(
        services,
        async (stage) => {
          const url = stage.env['DATABASE_URL'];
          const crowd = Array.from({ length: 220 }, () => new pg.Client({ connectionString: url }));
          for (const client of crowd) client.on('error', () => undefined);
          await stage.database.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`);
          await Promise.allSettled(crowd.map((client) => client.connect()));
          await pause(3_000);
          await Promise.allSettled(crowd.map((client) => client.end()));
        },
        5,
      );
      return `restarted: ${restarted}; frozen: ${frozen}; crowded: ${crowded}`;
    },
  },
  {
    number: '8',
    isAlone: true,
    name: 'PostgreSQL may not grow a file (as on a full disk) for 5 s',
    async run(services) {
      let stopped = 0;
      const seen = await inTheMidst(
        services,
        async (stage) => {
          const limit = (size: string) => {
            for (const pid of childrenOf(services.postgres.pid)) {
              // One that ended meanwhile has nothing to limit.
              spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
            }
          };
          limit('8192');
          await pause(1_000);
          const bodies = stage.server.transactions.length;
          await pause(4_000);
          stopped = stage.server.transactions.length - bodies;
          limit('unlimited');
        },
        10,
      );
      return `${stopped} bodies meanwhile; ${seen}`;
    },
  },
  {
    number: '33',
    name: 'a wedged queue: the canary ends the process',
    run: (services) =>
      onStage(services, { readers: 30, env: { CANARY_SECONDS: '1' } }, async (stage) => {
        const worker = stage.start();
        const redis = new Redis(stage.env['REDIS_URL'] ?? '');
        let canary = '';
        await stage.until(async () => {
          const [key] = await redis.keys('bull:canary-*:meta');
          canary = key ?? '';
          return canary !== '';
        });
        // As a worker that fetches no job any more: BullMQ's own mark of a paused queue.
        const { Queue } = await import('bullmq');
        const queue = new Queue(canary.split(':')[1] ?? '', { connection: redis });
        await queue.pause();
        const began = Date.now();
        let isRed = false;
        const watching = stage.until(async () => {
          isRed ||= !(await readHealth(stage.context.outside)).isHealthy;
          return isRed;
        });
        assert.equal(await worker.ended, 1);
        const took = (Date.now() - began) / 1000;
        await watching;
        await queue.close();
        redis.disconnect();
        return `red, exit 1 after ${took.toFixed(0)} s of canaries each second`;
      }),
  },
  {
    number: '34',
    name: 'planted faults of the ledger raise their alarms',
    run: (services) =>
      onStage(services, { readers: 30 }, async (stage) => {
        const { outside } = stage.context;
        stage.start();
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        assert.deepEqual(await checkNow(outside), []);
        await stage.database.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id,
            fence, relay, started_at, ended_at, outcome, verdict)
          select delivery_id, edition_id, sender_id, fence, relay, started_at, now(), outcome, verdict
          from public.attempt order by id limit 1`);
        await stage.database.rows(sql`update public.round set settled_at = null, deliveries = deliveries - 1,
          exclusions = exclusions + 1`);
        const began = Date.now();
        await stage.until(async () => (await outside.store.checks.listAlarms()).length >= 3);
        const names = (await outside.store.checks.listAlarms()).map(({ name }) => name).sort();
        assert.deepEqual(names, ['accounting', 'too_many', 'twice']);
        const took = ((Date.now() - began) / 1000).toFixed(0);
        return `${names.join(', ')}: after ${took} s, by the worker's own check`;
      }),
  },
];

/** A process and its children. */
function childrenOf(pid: number): number[] {
  const out = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...out.trim().split(/\s+/).map(Number)];
}

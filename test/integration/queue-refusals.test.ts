import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../../src/http/app.ts';
import { createLog } from '../../src/process/log.ts';
import { openQueue, type Queue } from '../../src/queue/queue.ts';
import { startWorkers } from '../../workers/start.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import {
  describeRedis,
  openSwap,
  queueAt,
  type RedisServer,
  startRedis,
  until,
} from '../harness/redis-servers.ts';

const WATCHED_MS = 5_000;
/** Some for each rest of a worker, and readiness asks itself; without rests it is thousands a second. */
const MOST_ASKED = 40;

describeRedis()('a server that answers with an error', () => {
  const closing: (() => Promise<void>)[] = [];
  let told: Set<string>;
  beforeEach(() => {
    told = new Set();
  });
  afterEach(async () => {
    for (const close of closing.reverse().splice(0)) await close();
  });

  const start = async (...settings: string[]) => {
    const server = await startRedis(...settings);
    closing.push(() => server.stop());
    return server;
  };
  const open = async (url: string) => {
    const queue = await openQueue({ redis: queueAt(url) }, ({ message }) => told.add(message));
    closing.push(() => queue.close());
    return queue;
  };
  /** Shards that were run so far. */
  const consume = async (queue: Queue) => {
    const ran: number[] = [];
    const consuming = await queue.consume('send', {
      concurrency: 1,
      run: async ({ shard }) => void ran.push(shard),
      onFailure: () => undefined,
    });
    closing.push(() => consuming.close());
    return ran;
  };
  const countErrors = async ({ client }: RedisServer) => {
    const counts = [...(await client.info('errorstats')).matchAll(/^errorstat_.*count=(\d+)/gm)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  };
  /** So few that it costs nothing, while it lasts; readiness tells it, and so does one message. */
  const judge = async (server: RedisServer, queue: Queue, word: string) => {
    await until(async () => (await queue.findTrouble())?.includes(`(${word})`) ?? false);
    const before = await countErrors(server);
    await pause(WATCHED_MS);
    expect((await countErrors(server)) - before).toBeLessThan(MOST_ASKED);
    expect(await queue.findTrouble()).toMatch(
      new RegExp(`^the queue refuses work: .*\\(${word}\\)$`),
    );
    expect([...told].filter((message) => message.includes(word))).toHaveLength(1);
  };
  const goesOn = async (queue: Queue, ran: number[]) => {
    const before = ran.length;
    let shard = 100;
    await until(async () => {
      shard += 1;
      await queue.enqueue('send', { shard });
      return ran.length > before;
    });
    await until(async () => (await queue.findTrouble()) === undefined);
  };

  it('is asked seldom while its memory is full, and goes on by itself', async () => {
    const server = await start();
    const queue = await open(server.url);
    await queue.enqueue('send', { shard: 1 });
    await server.client.config('SET', 'maxmemory', '1');
    const ran = await consume(queue);
    await queue.enqueue('send', { shard: 2 });
    await judge(server, queue, 'OOM');
    expect(ran).toEqual([]);
    await server.client.config('SET', 'maxmemory', '0');
    await until(() => ran.includes(1));
    await goesOn(queue, ran);
  }, 90_000);

  it('is asked seldom while its user may not do all that a worker does', async () => {
    const server = await start();
    const rights = ['on', '>secret', '~{paperround}*', '&*', '+@all', '-@dangerous', '+info'];
    await server.client.acl('SETUSER', 'papers', ...rights, '-lrem', '-zrem', '-rpoplpush');
    const queue = await open(server.url.replace('//', '//papers:secret@'));
    await queue.enqueue('send', { shard: 1 });
    const ran = await consume(queue);
    await judge(server, queue, 'NOPERM');
    await server.client.acl('SETUSER', 'papers', ...rights, '+@all', '-@dangerous', '+info');
    await until(() => ran.includes(1));
    await goesOn(queue, ran);
  }, 90_000);

  it('and became a replica is left within seconds for the one that takes writes', async () => {
    const first = await start();
    const second = await start('--replicaof', `127.0.0.1 ${first.port}`);
    const swap = await openSwap(first);
    closing.push(() => swap.close());
    const queue = await open(swap.url);
    const ran = await consume(queue);
    await queue.enqueue('send', { shard: 1 });
    await until(() => ran.length === 1);
    await until(async () => (await second.client.info()).includes('master_link_status:up'));
    await second.client.replicaof('NO', 'ONE');
    await first.client.replicaof('127.0.0.1', second.port);
    // A name that leads elsewhere does so only after a while; until then nothing is asked for much.
    await judge(first, queue, 'READONLY');
    swap.swapTo(second);
    const at = performance.now();
    await goesOn(queue, ran);
    expect(performance.now() - at).toBeLessThan(15_000);
  }, 90_000);
});

describeRedis()('a consumer whose server is gone', () => {
  it('closes all the same when its jobs have ended', async () => {
    const server = await startRedis();
    const queue = await openQueue({ redis: queueAt(server.url) }, () => undefined);
    let isRunning = false;
    const consuming = await queue.consume('send', {
      concurrency: 1,
      async run() {
        isRunning = true;
        await pause(2_000);
        isRunning = false;
      },
      onFailure: () => undefined,
    });
    await queue.enqueue('send', { shard: 1 });
    await until(() => isRunning);
    await server.stop();
    // What the planner asks of a queue that is away never stops it.
    await queue.enqueue('send', { shard: 2 });
    await queue.retireOld();
    await consuming.close();
    expect(isRunning).toBe(false);
    await queue.close();
  });
});

// The pages need a database, too.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('the processes of a service whose Redis is full', () => {
  it('are not ready, log it in one line, and begin again by themselves', async () => {
    const server = await startRedis();
    const place = await createPlace('service');
    const lines: string[] = [];
    const log = createLog('warn', { write: (line: string) => void lines.push(line) });
    const env = { REDIS_URL: server.url, CANARY_SECONDS: '1' };
    await server.client.config('SET', 'maxmemory', '1');
    const context = await openContext(place, createClock('2026-03-03T12:00:00Z'), env, log);
    const workers = await startWorkers(context);
    const app = await createApp(context);
    const ready = async () => {
      const answer = await app.inject('/readyz');
      return { status: answer.statusCode, reasons: answer.json().reasons };
    };
    try {
      const reason = 'the queue refuses work: its memory is full (OOM)';
      await until(async () => (await ready()).status === 503);
      expect(await ready()).toEqual({ status: 503, reasons: [reason] });
      await pause(WATCHED_MS);
      expect(lines.filter((line) => line.includes('OOM'))).toHaveLength(1);
      expect(lines.join()).toContain(reason);
      await server.client.config('SET', 'maxmemory', '0');
      await until(async () => (await ready()).status === 200);
    } finally {
      await app.close();
      await workers.stop(5_000);
      await context.close();
      await place.remove();
      await server.stop();
    }
  }, 90_000);
});

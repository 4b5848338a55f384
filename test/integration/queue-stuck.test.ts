import { setTimeout as pause } from 'node:timers/promises';
import { openQueue, type Queue } from '../../src/queue/queue.ts';
import {
  describeRedis,
  queueAt,
  type RedisServer,
  startRedis,
  until,
} from '../harness/redis-servers.ts';

const KEY = '{paperround}:send';

describeRedis()('a job of which Redis lost a part', () => {
  let server: RedisServer;
  let queue: Queue;
  let told: string[];
  let ran: number;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    server = await startRedis();
    told = [];
    ran = 0;
    queue = await openQueue({ redis: queueAt(server.url) }, ({ message }) => told.push(message));
  });
  afterEach(async () => {
    for (const close of closing.reverse().splice(0)) await close();
    await queue.close();
    await server.stop();
  });

  const enqueue = () => queue.enqueue('send', { shard: 0 });
  const consume = async (run: () => Promise<void> = async () => undefined) => {
    const consuming = await queue.consume('send', {
      concurrency: 1,
      async run() {
        await run();
        ran += 1;
      },
      onFailure: () => undefined,
    });
    closing.push(() => consuming.close());
  };
  /** As the planner does, look after look. */
  const runsAgain = async () => {
    const before = ran;
    await until(async () => {
      await enqueue();
      await pause(200);
      return ran > before;
    });
  };

  it('is run again where its data went while it ran', async () => {
    let end: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    let isHeld = false;
    await consume(async () => {
      isHeld = true;
      await held;
    });
    await enqueue();
    await until(() => isHeld);
    const id = (await server.client.get(`${KEY}:de:send-0`)) ?? '';
    await server.client.del(`${KEY}:${id}`);
    end();
    await runsAgain();
    // And ever after.
    await runsAgain();
  }, 60_000);

  it('is run again where its data went while it waited', async () => {
    await enqueue();
    const id = (await server.client.get(`${KEY}:de:send-0`)) ?? '';
    await server.client.del(`${KEY}:${id}`);
    await consume();
    await runsAgain();
  }, 60_000);

  it('is run again where the list went in which it waited', async () => {
    await enqueue();
    await server.client.del(`${KEY}:wait`);
    await consume();
    await runsAgain();
    expect(told).toContain('the key of send-0 outlived its job, and was cleared');
  }, 60_000);

  it('is none while it waits, runs or is tried again: it is not run twice for it', async () => {
    let tries = 0;
    for (let looks = 0; looks < 5; looks += 1) await enqueue();
    const consuming = await queue.consume('send', {
      concurrency: 5,
      async run() {
        tries += 1;
        await pause(500);
        if (tries === 1) throw new Error('not yet');
        ran += 1;
      },
      onFailure: () => undefined,
    });
    closing.push(() => consuming.close());
    await until(async () => {
      if (ran === 0) await enqueue();
      await pause(100);
      return ran > 0;
    });
    await pause(1_500);
    expect([tries, ran, told]).toEqual([2, 1, []]);
  }, 60_000);
});

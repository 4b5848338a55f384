import { Queue as BullQueue, Worker } from 'bullmq';
import { openQueue, type Queue } from '../../src/queue/queue.ts';
import {
  describeRedis,
  queueAt,
  type RedisServer,
  startRedis,
  until,
} from '../harness/redis-servers.ts';

describeRedis()('queues under the prefix of versions before', () => {
  let server: RedisServer;
  let queue: Queue;
  const olds: (BullQueue | Worker)[] = [];
  const openOld = (name: string) => {
    const old = new BullQueue(name, { connection: server.client });
    olds.push(old);
    return old;
  };
  const listOld = () => server.client.keys('bull:*');
  const waiting = async () =>
    (await queue.countJobs())
      .filter(({ state, count }) => state === 'waiting' && count > 0)
      .map(({ job, count }) => [job, count]);

  beforeEach(async () => {
    server = await startRedis();
    queue = await openQueue({ redis: queueAt(server.url) }, () => undefined);
  });
  afterEach(async () => {
    for (const old of olds.splice(0)) await old.close();
    await queue.close();
    await server.stop();
  });

  it('are handed on with what waits in them, and deleted', async () => {
    const feeds = openOld('ingest');
    for (const feedId of [1, 2]) await feeds.add('ingest', { feedId });
    await feeds.add('ingest', { feedId: 3 }, { delay: 60_000 });
    await openOld('send').add('send', { shard: 0 }, { deduplication: { id: 'send-0' } });
    await openOld('prune').waitUntilReady();
    await queue.retireOld();
    expect(await waiting()).toEqual([
      ['ingest', 3],
      ['send', 1],
    ]);
    expect(await listOld()).toEqual([]);
    await queue.retireOld();
    expect(await waiting()).toHaveLength(2);
  });

  it('stay while a job of theirs runs, and go when it has ended or its process has', async () => {
    const old = openOld('send');
    let end: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      end = resolve;
    });
    const worker = new Worker('send', () => running, {
      connection: { port: server.port, host: '127.0.0.1' },
      lockDuration: 2_000,
    });
    olds.push(worker);
    await old.add('send', { shard: 0 });
    await until(async () => (await old.getActiveCount()) === 1);
    await queue.retireOld();
    expect(await old.getActiveCount()).toBe(1);
    expect(await waiting()).toEqual([]);
    end();
    await until(async () => (await old.getActiveCount()) === 0);
    await worker.close();
    await queue.retireOld();
    expect(await listOld()).toEqual([]);
  });

  it('are left alone where another program has such queues', async () => {
    await openOld('ingest').add('ingest', { feedId: 1 });
    await openOld('import').add('import', { path: 'of-another.csv' });
    const before = await listOld();
    await queue.retireOld();
    expect((await listOld()).sort()).toEqual(before.sort());
  });
});

import { judgeQueue } from '../../src/core/doctor/judge-queue.ts';
import { openQueue, type Queue } from '../../src/queue/queue.ts';
import { readQueueFacts } from '../../src/queue/queue-facts.ts';
import { backends } from '../harness/context.ts';
import { openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import {
  describeRedis,
  queueAt,
  type RedisServer,
  startCluster,
  until,
} from '../harness/redis-servers.ts';

describeRedis()('a cluster of three nodes', () => {
  let nodes: readonly RedisServer[];
  const queues: Queue[] = [];
  const open = async (url: string, errors: Error[] = []) => {
    const queue = await openQueue({ redis: queueAt(url) }, (error) => errors.push(error));
    queues.push(queue);
    return queue;
  };
  beforeAll(async () => {
    nodes = await startCluster(3);
  }, 60_000);
  afterEach(async () => {
    for (const queue of queues.splice(0)) await queue.close();
  });
  afterAll(async () => {
    for (const node of nodes) await node.stop();
  });

  it('carries jobs, named by any of its nodes', async () => {
    for (const { url } of nodes) {
      const errors: Error[] = [];
      const queue = await open(url, errors);
      const ran: number[] = [];
      const consuming = await queue.consume('ingest', {
        concurrency: 2,
        run: async ({ feedId }) => void ran.push(feedId),
        onFailure: (error) => errors.push(error),
      });
      for (const feedId of [1, 2, 3]) await queue.enqueue('ingest', { feedId });
      await until(() => ran.length === 3);
      expect(ran.sort()).toEqual([1, 2, 3]);
      expect(await queue.findTrouble()).toBeUndefined();
      expect(queue.listFindings()).toEqual([]);
      await queue.retireOld();
      await consuming.close();
      expect(errors).toEqual([]);
    }
  });

  it('has all keys of the queue on one node', async () => {
    const queue = await open(
      nodes
        .map(({ url }) => url.slice(8))
        .join(',')
        .replace(/^/, 'redis://'),
    );
    for (let feedId = 1; feedId < 30; feedId += 1) await queue.enqueue('ingest', { feedId });
    await queue.enqueue('send', { shard: 1 });
    const counts = await Promise.all(nodes.map(({ client }) => client.dbsize()));
    expect(counts.filter((count) => count > 0)).toHaveLength(1);
  });

  it('goes on by itself when its node was killed and is back', async () => {
    const queue = await open(nodes[0]?.url ?? '');
    const ran: number[] = [];
    const consuming = await queue.consume('welcome', {
      concurrency: 1,
      run: async ({ subscriptionId }) => void ran.push(subscriptionId),
      onFailure: () => undefined,
    });
    await queue.enqueue('welcome', { subscriptionId: 1 });
    await until(() => ran.length === 1);
    const sizes = await Promise.all(nodes.map(({ client }) => client.dbsize()));
    const node = nodes[sizes.findIndex((size) => size > 0)];
    node?.signal('SIGKILL');
    await queue.enqueue('welcome', { subscriptionId: 2 });
    const alive = nodes.find((each) => each !== node)?.url ?? '';
    await until(async () => {
      // Until the others have noticed, nobody answers for its slots.
      const facts = await readQueueFacts(queueAt(alive), 5_000).catch(() => undefined);
      return facts?.refusal?.startsWith('CLUSTERDOWN') ?? false;
    });
    await node?.restart();
    let subscriptionId = 3;
    await until(async () => {
      await queue.enqueue('welcome', { subscriptionId: subscriptionId++ });
      return ran.length > 1;
    });
    await until(async () => (await queue.findTrouble()) === undefined);
    await consuming.close();
  }, 120_000);

  it('brings a canary back, and forgets its queue', async () => {
    const queue = await open(nodes[1]?.url ?? '');
    let isBack = false;
    const canary = await queue.openCanary(() => {
      isBack = true;
    });
    await until(async () => (await canary.send()) && isBack);
    // What a process that is killed leaves of it goes by itself.
    const lasting = await Promise.all(
      nodes.map(async ({ client }) => {
        const keys = await client.keys('*:canary-*');
        return Promise.all(keys.map((key) => client.pttl(key)));
      }),
    );
    // A key that went between the two questions (-2) leaves nothing either.
    const kept = lasting.flat().filter((ms) => ms !== -2);
    expect(kept.length).toBeGreaterThan(1);
    expect(Math.min(...kept)).toBeGreaterThan(0);
    await canary.close();
    const left = await Promise.all(nodes.map(({ client }) => client.keys('*:canary-*')));
    expect(left.flat()).toEqual([]);
  });
});

// The whole product needs a database, too.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('the product on a cluster', () => {
  it('cuts, composes and sends as on one server, is ready and well', async () => {
    const nodes = await startCluster(3);
    const url = `redis://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
    const live = await openLive('service', { env: { REDIS_URL: url, CANARY_SECONDS: '1' } });
    try {
      await subscribe(live.outside, 'ada@readers.example');
      await cutWith(live.outside, makePapers('a', 3));
      live.clock.set('2026-03-04T07:00:00Z');
      await live.settle();
      expect(live.mailTo('ada@readers.example')).toHaveLength(1);
      expect((await live.get('/readyz')).json()).toMatchObject({ status: 'ready', reasons: [] });
      const counted = await live.outside.queue.countJobs();
      expect(counted.filter(({ state, count }) => state === 'failed' && count > 0)).toEqual([]);
      expect(judgeQueue(await readQueueFacts(queueAt(url), 3_000), queueAt(url))).toEqual([
        expect.objectContaining({ level: 'warn', says: expect.stringContaining('to disk') }),
      ]);
    } finally {
      await live.close();
      for (const node of nodes) await node.stop();
    }
  }, 90_000);
});

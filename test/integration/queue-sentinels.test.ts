import { openQueue, type Queue } from '../../src/queue/queue.ts';
import { readQueueFacts } from '../../src/queue/queue-facts.ts';
import {
  describeRedis,
  queueAt,
  startRedis,
  startWatched,
  until,
  type Watched,
} from '../harness/redis-servers.ts';

describeRedis()('a server that three sentinels watch', () => {
  let watched: Watched;
  let queue: Queue;
  let ran: number[];
  let stopConsuming: () => Promise<void>;
  let feedId = 0;

  beforeEach(async () => {
    watched = await startWatched();
    queue = await openQueue({ redis: queueAt(watched.url) }, () => undefined);
    ran = [];
    const consuming = await queue.consume('ingest', {
      concurrency: 2,
      run: async (job) => void ran.push(job.feedId),
      onFailure: () => undefined,
    });
    stopConsuming = consuming.close;
    await goesOn();
  }, 60_000);
  afterEach(async () => {
    await stopConsuming();
    await queue.close();
    await watched.stop();
  }, 60_000);

  /** A job that is enqueued now runs, whatever was lost before. */
  const goesOn = async () => {
    const before = ran.length;
    await until(async () => {
      feedId += 1;
      await queue.enqueue('ingest', { feedId });
      return ran.length > before;
    });
    await until(async () => (await queue.findTrouble()) === undefined);
  };
  const hasMoved = async (from: number) => {
    await until(async () => (await watched.primary()).port !== from);
  };

  it('is found by its name, and by another sentinel where one is away', async () => {
    const facts = await readQueueFacts(queueAt(watched.url), 3_000);
    expect(facts).toMatchObject({ product: 'Redis', isCluster: false, refusal: undefined });
    const unknown = watched.url.replace('/papers', '/letters');
    await expect(readQueueFacts(queueAt(unknown), 3_000)).rejects.toThrow('sentinels');
    // It stands still: its port answers, and it does not.
    watched.sentinels[0]?.signal('SIGSTOP');
    const again = await readQueueFacts(queueAt(watched.url), 5_000);
    watched.sentinels[0]?.signal('SIGCONT');
    expect(again.refusal).toBeUndefined();
  }, 60_000);

  it('and its sentinels may have a password each', async () => {
    for (const { client } of watched.sentinels) {
      await client.acl('SETUSER', 'default', 'resetpass', '>gate');
    }
    await (await watched.primary()).client.config('SET', 'requirepass', 'secret');
    const settings = queueAt(watched.url.replace('//', '//:secret@'));
    await expect(readQueueFacts(settings, 3_000)).rejects.toThrow('NOAUTH');
    const told = readQueueFacts({ ...settings, sentinelPassword: 'gate' }, 3_000);
    expect((await told).refusal).toBeUndefined();
    const wrong = { ...settings, sentinelPassword: 'gate', password: 'wrong' };
    await expect(readQueueFacts(wrong, 3_000)).rejects.toThrow('WRONGPASS');
    await (await watched.primary()).client.config('SET', 'requirepass', '');
    for (const { client } of watched.sentinels) {
      await client.acl('SETUSER', 'default', 'nopass');
    }
  }, 60_000);

  it('hands over in order, and the queue goes on', async () => {
    const { port } = await watched.primary();
    await watched.sentinels[0]?.client.call('SENTINEL', 'FAILOVER', 'papers');
    await hasMoved(port);
    await goesOn();
  }, 90_000);

  it('is killed, and the queue goes on with the other one', async () => {
    const primary = await watched.primary();
    primary.signal('SIGKILL');
    await hasMoved(primary.port);
    await goesOn();
  }, 90_000);

  it('stands still, and the queue goes on with the other one', async () => {
    const primary = await watched.primary();
    primary.signal('SIGSTOP');
    await hasMoved(primary.port);
    const at = performance.now();
    await goesOn();
    expect(performance.now() - at).toBeLessThan(15_000);
    // It comes back as it was, is told to follow, and nobody stays with it.
    primary.signal('SIGCONT');
    await goesOn();
    expect((await watched.primary()).port).not.toBe(primary.port);
  }, 120_000);
});

describeRedis()('a server by itself', () => {
  it('that stood still is heard again', async () => {
    const server = await startRedis();
    const broken: string[] = [];
    const queue = await openQueue({ redis: queueAt(server.url) }, ({ message }) => {
      broken.push(message);
    });
    const ran: number[] = [];
    const consuming = await queue.consume('ingest', {
      concurrency: 1,
      run: async ({ feedId }) => void ran.push(feedId),
      onFailure: () => undefined,
    });
    await queue.enqueue('ingest', { feedId: 1 });
    await until(() => ran.length === 1);
    server.signal('SIGSTOP');
    await queue.enqueue('ingest', { feedId: 2 });
    await until(() => broken.some((message) => message.startsWith('Socket timeout')));
    server.signal('SIGCONT');
    let feedId = 3;
    await until(async () => {
      feedId += 1;
      await queue.enqueue('ingest', { feedId });
      return ran.includes(feedId) || ran.length > 2;
    });
    await consuming.close();
    await queue.close();
    await server.stop();
  }, 90_000);
});

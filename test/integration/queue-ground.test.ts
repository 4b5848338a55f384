import { assertQueue } from '../../src/process/process.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { backends, createPlace } from '../harness/context.ts';
import {
  describeRedis,
  queueAt,
  startCluster,
  startRedis,
  startRedisAt,
  until,
} from '../harness/redis-servers.ts';
import { freePort } from '../harness/services.ts';
import { startProcess } from '../harness/worker-process.ts';

/** What a process that begins on it says. */
async function begin(url: string): Promise<{ fault: string; warnings: string[] }> {
  const queue = await openQueue({ redis: queueAt(url) }, () => undefined);
  const warnings: string[] = [];
  const log = { warn: (_: object, says: string) => void warnings.push(says) };
  try {
    assertQueue({ outside: { queue }, log });
    return { fault: '', warnings };
  } catch (error) {
    return { fault: (error as { faults: string[] }).faults.join('\n'), warnings };
  } finally {
    await queue.close();
  }
}

describeRedis()('a process that begins', () => {
  it.each(['allkeys-lru', 'allkeys-lfu', 'allkeys-random'])('refuses %s', async (policy) => {
    const server = await startRedis('--maxmemory-policy', policy);
    expect((await begin(server.url)).fault).toContain(`REDIS_URL: Redis throws any key away`);
    await server.stop();
  });

  it('warns of volatile-lru, and says nothing of noeviction', async () => {
    const server = await startRedis('--maxmemory-policy', 'volatile-lru');
    const { fault, warnings } = await begin(server.url);
    expect(fault).toBe('');
    expect(warnings).toEqual([expect.stringContaining('volatile-lru')]);
    await server.client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(await begin(server.url)).toEqual({ fault: '', warnings: [] });
    await server.stop();
  });

  it('refuses a database that is not there, on one server and on a cluster', async () => {
    const server = await startRedis('--databases', '1');
    expect((await begin(`${server.url}/2`)).fault).toContain('Redis has no database 2');
    expect((await begin(`${server.url}/0`)).fault).toBe('');
    await server.stop();
    const nodes = await startCluster(3);
    expect((await begin(`${nodes[0]?.url}/2`)).fault).toContain('Redis has no database 2');
    await nodes[2]?.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect((await begin(nodes[0]?.url ?? '')).fault).toContain('maxmemory-policy allkeys-lru');
    for (const node of nodes) await node.stop();
  }, 60_000);

  it('refuses several servers that are no cluster, and none that is away', async () => {
    const servers = [await startRedis(), await startRedis()];
    const url = `redis://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
    expect((await begin(url)).fault).toContain('names several servers');
    for (const server of servers) await server.stop();
    expect(await begin(url)).toEqual({ fault: '', warnings: [] });
    expect(await begin(servers[0]?.url ?? '')).toEqual({ fault: '', warnings: [] });
  });

  it('is judged anew when its server comes back', async () => {
    const server = await startRedis();
    const told: string[] = [];
    const queue = await openQueue({ redis: queueAt(server.url) }, ({ message }) =>
      told.push(message),
    );
    expect(await queue.findTrouble()).toBeUndefined();
    await server.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    // As a failover to a server that is set otherwise.
    await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await until(async () => {
      const trouble = await queue.findTrouble().catch(() => '');
      return trouble?.startsWith('the queue cannot be used: Redis throws any key away') ?? false;
    });
    expect(told.some((message) => message.includes('allkeys-lru'))).toBe(true);
    await queue.close();
    await server.stop();
  });
});

(backends.includes('service') ? describe : describe.skip)('paperround workers', () => {
  it('ends with code 1 and a sentence on a Redis that throws away', async () => {
    const server = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const place = await createPlace('service');
    const workers = startProcess(['workers'], { ...place.env, REDIS_URL: server.url });
    expect(await workers.ended).toBe(1);
    expect(workers.log()).toContain('Set maxmemory-policy noeviction');
    await place.remove();
    await server.stop();
  }, 90_000);

  it('that began while Redis was away ends, to be started anew, where it comes as a cluster', async () => {
    const port = await freePort();
    const place = await createPlace('service');
    const env = { ...place.env, LOG_LEVEL: 'warn', REDIS_URL: `redis://127.0.0.1:${port}` };
    const workers = startProcess(['workers'], env);
    await until(() => workers.log().includes('ECONNREFUSED'));
    const server = await startRedisAt(port, '--cluster-enabled', 'yes');
    expect(await workers.ended).toBe(1);
    expect(workers.log()).toContain('is a cluster, and was taken for none');
    await place.remove();
    await server.stop();
  }, 90_000);
});

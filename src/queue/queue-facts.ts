import { Cluster, type Redis } from 'ioredis';
import type { GroundFacts, QueueFacts } from '../core/doctor/judge-queue.ts';
import type { RedisSettings } from '../core/queue/redis-place.ts';
import { listSingles, openRedis, openSingle } from './redis.ts';

/** Asks the server of the queue for its version and settings, within a time. Rejects where none answers. */
export async function readGroundFacts(
  settings: RedisSettings,
  withinMs: number,
): Promise<GroundFacts> {
  let fault: unknown;
  for (const single of listSingles(settings)) {
    const redis = openSingle(single, onceWithin(withinMs));
    try {
      return await whileOpen(redis, () => readFacts(redis, settings, withinMs));
    } catch (error) {
      // Of a cluster the next node may answer.
      fault = error;
    }
  }
  throw fault;
}

async function readFacts(
  redis: Redis,
  settings: RedisSettings,
  withinMs: number,
): Promise<GroundFacts> {
  await redis.connect();
  const info = await readInfo(redis);
  const isCluster = info['cluster_enabled'] === '1';
  const { valkey_version: valkey, redict_version: redict, redis_version: version } = info;
  const save = await readSetting(redis, 'save');
  return {
    product: valkey ? 'Valkey' : redict ? 'Redict' : 'Redis',
    version: valkey ?? redict ?? version ?? 'of an unknown version',
    isCluster,
    hasDatabase: await hasDatabase(redis, settings.database),
    policy:
      (isCluster ? await readPolicies(settings, withinMs).catch(() => undefined) : undefined) ??
      (await readPolicy(redis, info)),
    isPersistent: info['aof_enabled'] === '1' ? true : save === undefined ? undefined : save !== '',
  };
}

/** The same, and whether it runs a script on keys of the queue. */
export async function readQueueFacts(
  settings: RedisSettings,
  withinMs: number,
): Promise<QueueFacts> {
  const facts = await readGroundFacts(settings, withinMs);
  // In another database than the one that is meant nothing is tried.
  if (!facts.hasDatabase) return { ...facts, refusal: undefined };
  const redis = openRedis(settings, facts.isCluster, onceWithin(withinMs));
  const refusal = await whileOpen(redis, () => tryScript(redis, settings.prefix));
  return { ...facts, refusal };
}

// As BullMQ's scripts do: it writes, and it names several keys of a queue.
const SCRIPT = `redis.call('set', KEYS[1], '1', 'px', 1000)
redis.call('del', KEYS[1], KEYS[2])`;

/** The error that a server answers to a script on keys of the queue, undefined where it runs it. Rejects where it does not answer. */
export async function tryScript(
  redis: Redis | Cluster,
  prefix: string,
): Promise<string | undefined> {
  try {
    await redis.eval(SCRIPT, 2, `${prefix}:try:1`, `${prefix}:try:2`);
    return undefined;
  } catch (error) {
    if (isReply(error)) return error.message;
    // A cluster is asked several times before its words are handed on.
    const [, last] = /Last error: ReplyError: (.*)/s.exec((error as Error).message) ?? [];
    if (last) return last;
    throw error;
  }
}

/** Whether an error is what a server answered, not the way to it. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

const onceWithin = (withinMs: number) => ({
  isOnce: true,
  lazyConnect: true,
  connectTimeout: withinMs,
  commandTimeout: withinMs,
  maxRetriesPerRequest: 0,
  // It would ask for the same without a deadline.
  enableReadyCheck: false,
});

async function whileOpen<Result>(
  redis: Redis | Cluster,
  work: () => Promise<Result>,
): Promise<Result> {
  let fault: Error | undefined;
  // What breaks is told by the question that waits for it.
  redis.on('error', (error: Error) => {
    fault = error;
  });
  try {
    return await work();
  } catch (error) {
    throw isReply(error) ? error : (fault ?? error);
  } finally {
    redis.disconnect();
  }
}

/** ioredis goes on in database 0 where a server refuses the one that is meant, so it is asked apart. */
async function hasDatabase(redis: Redis, database: number): Promise<boolean> {
  if (database === 0) return true;
  try {
    await redis.select(database);
    return true;
  } catch (error) {
    if (isReply(error) && /out of range|not allowed in cluster/i.test(error.message)) return false;
    throw error;
  }
}

/** Of all nodes that take writes, since the keys of the queue may move from one to another. */
async function readPolicies(
  settings: RedisSettings,
  withinMs: number,
): Promise<string | undefined> {
  const cluster = openRedis(settings, true, onceWithin(withinMs));
  return whileOpen(cluster, async () => {
    await cluster.ping();
    if (!(cluster instanceof Cluster)) return undefined;
    const policies = await Promise.all(
      cluster.nodes('master').map(async (node) => readPolicy(node, await readInfo(node))),
    );
    return policies.find((policy) => policy !== 'noeviction') ?? policies[0];
  });
}

async function readPolicy(redis: Redis, info: Record<string, string>): Promise<string | undefined> {
  return info['maxmemory_policy'] ?? (await readSetting(redis, 'maxmemory-policy'));
}

async function readInfo(redis: Redis): Promise<Record<string, string>> {
  return Object.fromEntries(
    (await redis.info())
      .split(/\r?\n/)
      .filter((line) => /^\w+:/.test(line))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
}

/** Undefined where the server does not let it be read. */
async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  const answer = await redis.config('GET', name).catch(() => undefined);
  return (answer as string[] | undefined)?.[1];
}

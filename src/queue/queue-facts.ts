import { Redis } from 'ioredis';
import type { QueueFacts } from '../core/doctor/judge-services.ts';

/** Asks the server of the queue for its version and settings, within a time. Rejects where it does not answer. */
export async function readQueueFacts(url: string, withinMs: number): Promise<QueueFacts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    maxRetriesPerRequest: 0,
    // It would ask for the same without a deadline.
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  let fault: Error | undefined;
  // What breaks is told by the question that waits for it.
  redis.on('error', (error) => {
    fault = error;
  });
  try {
    await redis.connect();
    const info = parseInfo(await redis.info());
    const { valkey_version: valkey, redis_version: version = 'of an unknown version' } = info;
    const save = await readSetting(redis, 'save');
    return {
      product: valkey ? 'Valkey' : 'Redis',
      version: valkey ?? version,
      policy: info['maxmemory_policy'] ?? (await readSetting(redis, 'maxmemory-policy')),
      isPersistent:
        info['aof_enabled'] === '1' ? true : save === undefined ? undefined : save !== '',
    };
  } catch (error) {
    throw fault ?? error;
  } finally {
    redis.disconnect();
  }
}

function parseInfo(text: string): Record<string, string> {
  return Object.fromEntries(
    text
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

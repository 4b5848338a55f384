import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisSettings } from '../core/queue/redis-place.ts';
import { readRefusal } from '../core/queue/refusal.ts';

/** How long a connection may be silent while an answer is due. A worker's blocking read lasts ten seconds, and BullMQ gives it one more. */
const SILENT_MS = 12_000;
/** A way that is cut answers no connect. */
const CONNECT_MS = 5_000;
const SENTINEL_MS = 3_000;
const SLOTS_EVERY_MS = 5_000;

/** What differs between connections of one place. */
export type Manner = Pick<
  RedisOptions,
  'maxRetriesPerRequest' | 'lazyConnect' | 'connectTimeout' | 'commandTimeout' | 'enableReadyCheck'
> & {
  /** Given up at the first fault instead of tried again. */
  readonly isOnce?: boolean;
};

/** Opens a connection to what takes writes at a place: the server, the one that sentinels name, or a cluster. */
export function openRedis(
  settings: RedisSettings,
  isCluster: boolean,
  manner: Manner,
): Redis | Cluster {
  if (isCluster) return openCluster(settings, manner);
  const { isOnce, ...options } = manner;
  return new Redis({
    ...wayTo(settings),
    ...loginOf(settings),
    db: settings.database,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    // A connection that stayed with what is a replica now: what takes writes is found anew.
    reconnectOnError: (error) => readRefusal(error.message).isElsewhere ?? false,
    ...options,
    ...(isOnce ? { retryStrategy: () => null, sentinelRetryStrategy: () => null } : {}),
  });
}

/** What can be asked by itself what it is, in no database: each of the servers, or the one that sentinels name. */
export function listSingles(settings: RedisSettings): readonly RedisSettings[] {
  const alone = { ...settings, database: 0 };
  if (settings.sentinelName !== undefined) return [alone];
  return settings.hosts.map((host) => ({ ...alone, hosts: [host] }));
}

/** Opens a connection to one of those. */
export function openSingle(single: RedisSettings, manner: Manner): Redis {
  return openRedis(single, false, manner) as Redis;
}

function wayTo({ hosts, isTls, sentinelName, ...settings }: RedisSettings) {
  const tls = isTls ? { tls: {} } : {};
  if (sentinelName === undefined) return { ...hosts[0], ...tls };
  const { sentinelUsername, sentinelPassword } = settings;
  return {
    sentinels: [...hosts],
    name: sentinelName,
    ...(sentinelUsername ? { sentinelUsername } : {}),
    ...(sentinelPassword ? { sentinelPassword } : {}),
    // Else a primary that stands still is left only when its silence has lasted.
    failoverDetector: true,
    // A sentinel that stands still would hold up the question for the next one.
    sentinelCommandTimeout: SENTINEL_MS,
    ...(isTls ? { ...tls, enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
  };
}

function loginOf({ username, password }: RedisSettings) {
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function openCluster(settings: RedisSettings, { isOnce, lazyConnect, ...rest }: Manner): Cluster {
  return new Cluster([...settings.hosts], {
    slotsRefreshInterval: SLOTS_EVERY_MS,
    lazyConnect: lazyConnect ?? false,
    // One that misses nodes answers what it misses; waiting till it is whole would hide it.
    ...(isOnce ? { clusterRetryStrategy: () => null, enableReadyCheck: false } : {}),
    // A certificate names hosts, and addresses would be what they are compared with.
    ...(settings.isTls ? { dnsLookup: (host, done) => done(null, host) } : {}),
    redisOptions: {
      ...loginOf(settings),
      ...(settings.isTls ? { tls: {} } : {}),
      db: settings.database,
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      ...rest,
    },
  });
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { parseRedisUrl, type RedisSettings } from '../../src/core/queue/redis-place.ts';
import { freePort } from './services.ts';

/** A server of a test's own, to be asked, frozen and ended. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Past the product. */
  readonly client: Redis;
  signal(name: NodeJS.Signals): void;
  /** Starts it again after `signal('SIGKILL')`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the program is installed here. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** For a test that needs it: where it is missing, a line says so and the test is skipped. */
export function describeRedis(): typeof describe | typeof describe.skip {
  if (hasRedis) return describe;
  process.stderr.write('\nredis-server is not installed: tests of its topologies are skipped.\n');
  return describe.skip;
}

/** Starts one on a free port, with these settings beside those of a test. */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  return startServer(settings, [], await freePort());
}

/** The same on a port that is known before. */
export function startRedisAt(port: number, ...settings: string[]): Promise<RedisServer> {
  return startServer(settings, [], port);
}

/** Starts a sentinel with what its file says; sentinels write into it. */
async function startSentinel(lines: readonly string[]): Promise<RedisServer> {
  return startServer(['--sentinel'], lines, await freePort());
}

async function startServer(
  settings: readonly string[],
  lines: readonly string[],
  port: number,
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-redis-'));
  const file = join(folder, 'redis.conf');
  writeFileSync(file, ['bind 127.0.0.1', `dir ${folder}`, 'save ""', ...lines, ''].join('\n'));
  const open = () =>
    spawn('redis-server', [file, '--port', String(port), ...settings], {
      cwd: folder,
      stdio: 'ignore',
    });
  let child: ChildProcess = open();
  const client = new Redis({ port, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  const ended = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
    });
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    client,
    signal: (name) => void child.kill(name),
    async restart() {
      await ended();
      child = open();
      await client.ping();
    },
    async stop() {
      client.disconnect();
      child.kill('SIGKILL');
      await ended();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SLOTS = 16_384;

/** Starts a cluster of so many nodes, each with its share of the slots and no replica. */
export async function startCluster(count: number): Promise<readonly RedisServer[]> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const nodes = await Promise.all(Array.from({ length: count }, () => startRedis(...settings)));
  const bound = (at: number) => Math.floor((SLOTS * at) / count);
  for (const [at, { client }] of nodes.entries()) {
    await client.cluster('ADDSLOTSRANGE', bound(at), bound(at + 1) - 1);
    await client.cluster('MEET', '127.0.0.1', nodes[0]?.port ?? 0);
  }
  for (const { client } of nodes) {
    await until(async () => {
      const info = String(await client.cluster('INFO'));
      return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${count}`);
    });
  }
  return nodes;
}

/** A primary with a replica, and three sentinels that watch them as `papers`. */
export interface Watched {
  readonly servers: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  /** For REDIS_URL. */
  readonly url: string;
  /** The one that takes writes, as the sentinels see it. */
  primary(): Promise<RedisServer>;
  stop(): Promise<void>;
}

const SEEN_DOWN_MS = 1_500;

/** Starts them and waits until the sentinels know each other and the replica. */
export async function startWatched(): Promise<Watched> {
  const first = await startRedis();
  const second = await startRedis('--replicaof', `127.0.0.1 ${first.port}`);
  const servers = [first, second];
  const sentinels = await Promise.all(
    [1, 2, 3].map(() =>
      startSentinel([
        `sentinel monitor papers 127.0.0.1 ${first.port} 2`,
        `sentinel down-after-milliseconds papers ${SEEN_DOWN_MS}`,
        'sentinel failover-timeout papers 5000',
      ]),
    ),
  );
  for (const { client } of sentinels) {
    await until(async () => {
      const [, known] = /name=papers,.*slaves=1,sentinels=(\d)/.exec(await client.info()) ?? [];
      return known === '3';
    });
  }
  return {
    servers,
    sentinels,
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/papers`,
    async primary() {
      const asked = ['get-master-addr-by-name', 'papers'];
      const answer = await sentinels[0]?.client.call('SENTINEL', asked);
      const port = Number((answer as string[] | undefined)?.[1]);
      const found = servers.find((each) => each.port === port);
      if (!found) throw new Error('the sentinels name a server that is none of ours');
      return found;
    },
    async stop() {
      for (const { signal } of servers) signal('SIGCONT');
      await Promise.all([...servers, ...sentinels].map((each) => each.stop()));
    },
  };
}

/** A way to one of several servers, as a name or an address that moves: open connections stay. */
export interface Swap {
  readonly url: string;
  /** New connections go there from now on. */
  swapTo(server: RedisServer): void;
  close(): Promise<void>;
}

/** Opens one that leads to this server first. */
export async function openSwap(first: RedisServer): Promise<Swap> {
  let target = first.port;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swapTo: ({ port }) => {
      target = port;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The settings of a queue at a place. */
export function queueAt(url: string, prefix = '{paperround}'): RedisSettings {
  const login = { sentinelUsername: undefined, sentinelPassword: undefined };
  return { ...parseRedisUrl(url), prefix, ...login };
}

/** Waits until it holds, at most half a minute. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`this never came true: ${isSo}`);
    await pause(50);
  }
}

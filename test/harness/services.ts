import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A PostgreSQL and a Redis of our own, on free ports of the loopback, in a folder of their own. */
export interface Services {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly postgres: Program;
  readonly redis: Program;
  stop(): Promise<void>;
}

/** A running server, to be ended, frozen and started again. */
export interface Program {
  readonly pid: number;
  signal(name: NodeJS.Signals): void;
  /** Ends it in order (SIGINT) or at once (SIGKILL). */
  end(how?: NodeJS.Signals): Promise<void>;
  /** Starts it again, with these arguments beside its own. */
  start(more?: readonly string[]): Promise<void>;
}

/** Where the services keep what they keep. */
export interface Place {
  /** A folder that is there, such as a small disk; else one of their own. */
  readonly folder?: string;
  /** For PostgreSQL, as `name=value`. */
  readonly settings?: readonly string[];
}

/** The migrated database that each service's place is a copy of; nobody may be connected to it. */
export const DATABASE_TEMPLATE = 'migrated';

/** Where a database of the tests' PostgreSQL lies. */
export const databaseNamed = (name: string): string =>
  (process.env['TEST_DATABASE_URL'] ?? '').replace(/\/postgres$/, `/${name}`);

/** The programs on this machine, or undefined where one of them is missing. */
function findPrograms(): { initdb: string; postgres: string; redis: string } | undefined {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : [];
  const find = (name: string) => {
    const inPath = spawnSync('sh', ['-c', `command -v ${name}`], {
      encoding: 'utf8',
    }).stdout.trim();
    return folders.map((folder) => join(folder, name)).find(existsSync) ?? (inPath || undefined);
  };
  const [initdb, postgres, redis] = ['initdb', 'postgres', 'redis-server'].map(find);
  return initdb && postgres && redis ? { initdb, postgres, redis } : undefined;
}

/** Starts both where their programs are installed; undefined elsewhere. */
export async function startServices(place: Place = {}): Promise<Services | undefined> {
  const programs = findPrograms();
  if (!programs) return undefined;
  const folder = place.folder ?? mkdtempSync(join(tmpdir(), 'paperround-services-'));
  const data = join(folder, 'postgres');
  const [pgPort, redisPort] = [await freePort(), await freePort()];
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? identityOf('postgres') : undefined;
  mkdirSync(data, { mode: 0o700 });
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  execFileSync(
    programs.initdb,
    ['-D', data, '-U', 'paperround', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const settings = [
    'fsync=off',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
    ...(place.settings ?? []),
  ];
  const pgArguments = ['-D', data, '-h', '127.0.0.1', '-p', String(pgPort)];
  const postgres = await startProgram(pgPort, (more) =>
    spawn(programs.postgres, [...pgArguments, ...settings.flatMap((s) => ['-c', s]), ...more], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    }),
  );
  const redisArguments = ['--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'];
  const redis = await startProgram(redisPort, (more) =>
    spawn(programs.redis, ['--port', String(redisPort), ...redisArguments, ...more], {
      cwd: folder,
      stdio: 'ignore',
    }),
  );
  return {
    databaseUrl: `postgres://paperround@127.0.0.1:${pgPort}/postgres`,
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    postgres,
    redis,
    async stop() {
      await Promise.all([postgres.end(), redis.end()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function identityOf(name: string): { uid: number; gid: number } {
  const read = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: read('-u'), gid: read('-g') };
}

async function startProgram(
  port: number,
  open: (more: readonly string[]) => ChildProcess,
): Promise<Program> {
  let child = open([]);
  await waitForPort(port);
  return {
    get pid() {
      return child.pid ?? 0;
    },
    signal: (name) => void child.kill(name),
    // To PostgreSQL, SIGINT means a fast shutdown.
    end: (how = 'SIGINT') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill(how);
      }),
    async start(more = []) {
      child = open(more);
      await waitForPort(port);
    },
  };
}

/** A port of the loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function waitForPort(port: number): Promise<void> {
  const { connect } = await import('node:net');
  for (let tries = 0; tries < 200; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(socket.destroy() !== undefined));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await wait(100);
  }
  throw new Error(`nothing listens on port ${port}`);
}

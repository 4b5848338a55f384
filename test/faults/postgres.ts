import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { sql } from '../../src/store/database.ts';
import { type Services, startServices } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { inTheMidst } from './midst.ts';
import type { Stage } from './stage.ts';

const CONNECTIONS = 5;
const FROZEN_SECONDS = form.isLong ? 60 : 12;
const FULL_SECONDS = form.isLong ? 60 : 30;

/** A process and its children. */
function childrenOf(pid: number): number[] {
  const out = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...out.trim().split(/\s+/).map(Number)];
}

const bodiesOf = ({ server }: Stage) => server.transactions.filter(({ body }) => body).length;

/** Sends a signal to all that are still there: a backend may have ended meanwhile. */
function signalAll(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Stops PostgreSQL with all its processes while this lasts. */
export async function whileFrozen<Result>(
  { postgres }: Services,
  work: () => Promise<Result>,
): Promise<Result> {
  let pids = [postgres.pid];
  try {
    // What has stopped begets no other.
    signalAll(pids, 'SIGSTOP');
    pids = childrenOf(postgres.pid);
    signalAll(pids, 'SIGSTOP');
    return await work();
  } finally {
    signalAll(pids, 'SIGCONT');
  }
}

const freeze = (services: Services, stage: Stage) =>
  whileFrozen(services, async () => {
    await pause(500);
    const begun = stage.server.transactions.length;
    await pause(FROZEN_SECONDS * 1000 - 500);
    assert(bodiesOf(stage) <= begun, 'a body began while nothing could be marked');
  });

async function crowd(stage: Stage): Promise<void> {
  const url = stage.env['DATABASE_URL'];
  const clients = Array.from({ length: 220 }, () => new pg.Client({ connectionString: url }));
  for (const client of clients) client.on('error', () => undefined);
  await stage.database.rows(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await Promise.allSettled(clients.map((client) => client.connect()));
  await pause(3_000);
  await Promise.allSettled(clients.map((client) => client.end()));
}

/** A disk of its own for PostgreSQL, small enough to be filled; undefined for who may not mount one. */
function mountSmallDisk(): { folder: string; remove(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-disk-'));
  const options = ['-t', 'tmpfs', '-o', 'size=256m,mode=755', 'tmpfs', folder];
  const isMounted = spawnSync('mount', options, { stdio: 'ignore' }).status === 0;
  if (!isMounted) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    folder,
    remove() {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes until there is no room left. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let size = 1_000_000; size >= 1; ) {
      await file.write(Buffer.alloc(size, 1)).catch(() => {
        size = Math.floor(size / 10);
      });
    }
  } finally {
    await file.close();
  }
}

/** PostgreSQL's disk is full for a time: how many bodies began after it was said to be. */
async function fillDisk(stage: Stage, folder: string): Promise<number> {
  const filler = join(folder, 'filler');
  await fill(filler);
  try {
    return await countWhileFull(stage);
  } finally {
    rmSync(filler);
  }
}

async function countWhileFull(stage: Stage): Promise<number> {
  const [worker] = stage.workers;
  const isSaid = () => worker?.log().includes('No space left on device') === true;
  await stage.until(isSaid, 60);
  // What was marked by then ends; nothing else may begin.
  await pause(1_000);
  const before = bodiesOf(stage);
  await pause(FULL_SECONDS * 1000);
  return bodiesOf(stage) - before;
}

export const postgresFaults: readonly Fault[] = [
  {
    number: '7',
    breaksServices: true,
    name: `PostgreSQL restarted at once, frozen for ${FROZEN_SECONDS} s, out of connections`,
    async run(services) {
      const inDoubt = CONNECTIONS;
      const restarted = await inTheMidst(services, {
        inDoubt,
        async breakIt() {
          await services.postgres.end('SIGINT');
          await services.postgres.start();
        },
      });
      const frozen = await inTheMidst(services, {
        inDoubt,
        breakIt: (stage) => freeze(services, stage),
      });
      const crowded = await inTheMidst(services, { inDoubt, breakIt: crowd });
      return `restarted: ${restarted}; frozen: ${frozen}; crowded: ${crowded}`;
    },
  },
  {
    number: '8',
    name: `PostgreSQL's disk full for ${FULL_SECONDS} s`,
    async run() {
      const disk = mountSmallDisk();
      if (!disk) return 'not run: only root can mount a small disk';
      const settings = ['min_wal_size=32MB', 'max_wal_size=64MB'];
      const folder = join(disk.folder, 'services');
      mkdirSync(folder);
      const services = await startServices({ folder, settings });
      assert(services);
      try {
        let begun = 0;
        const seen = await inTheMidst(services, {
          inDoubt: CONNECTIONS,
          scene: { readers: 600 },
          async breakIt(stage) {
            begun = await fillDisk(stage, disk.folder);
          },
        });
        assert.equal(begun, 0, `${begun} bodies began on a full disk`);
        return `the log says "No space left on device", no body after it; ${seen}`;
      } finally {
        await services.stop();
        disk.remove();
      }
    },
  },
];

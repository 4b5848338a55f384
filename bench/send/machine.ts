import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { withSbin } from './processes.ts';
import { type Stage, versionOf } from './stage.ts';
import { medianOf } from './table.ts';

const WRITES = 200;
const PAGE = Buffer.alloc(8_192, 1);
/** `TMPFS_MAGIC` of Linux: memory, where a commit costs nothing. */
const TMPFS = 0x01021994;

/** Milliseconds that a page of PostgreSQL's takes to the disk of a folder, in the middle of 200. */
export function measureDisk(folder: string): number {
  const path = join(folder, 'page');
  const file = openSync(path, 'w');
  const times = Array.from({ length: WRITES }, (_, at) => {
    const begun = performance.now();
    writeSync(file, PAGE, 0, PAGE.length, at * PAGE.length);
    fdatasyncSync(file);
    return performance.now() - begun;
  });
  closeSync(file);
  rmSync(path);
  return medianOf(times);
}

/** Where and with what was measured, in lines; the disk may be busier at the end than at the beginning. */
export async function describeMachine(stage: Stage, diskMs: readonly number[]): Promise<string[]> {
  const { model } = cpus()[0] ?? { model: 'a processor' };
  const isMemory = statfsSync(stage.folder).type === TMPFS;
  const disk = isMemory ? 'in memory, so commits are not durable' : 'on a disk';
  const redis = /redis_version:(\S+)/.exec(await stage.redis.info('server'))?.[1];
  const postfix = execFileSync('sh', ['-c', 'postconf -h mail_version 2>/dev/null || true'], {
    env: withSbin(),
    encoding: 'utf8',
  }).trim();
  return [
    `${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `PostgreSQL ${disk}: fsync and synchronous_commit on, fdatasync of a page ${diskMs.map((ms) => ms.toFixed(2)).join(', later ')} ms`,
    `Node ${process.versions.node}, PostgreSQL ${await versionOf(stage)}, Redis ${redis}, Postfix ${postfix}, Linux ${execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim()}`,
  ];
}

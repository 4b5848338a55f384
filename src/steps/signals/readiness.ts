import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outside } from '../steps.ts';
import { bound } from './bounded.ts';

/** Whether a process can do its work now, and why not. Names no address, no host and no secret. */
export interface Readiness {
  readonly isReady: boolean;
  readonly reasons: readonly string[];
  /** What is worth knowing and no reason to send visitors elsewhere. */
  readonly notes: readonly string[];
  /** Worker processes that live; null where the database does not say. */
  readonly workers: number | null;
}

/** Two of them are asked at once: well within the two seconds that a probe waits. */
const LONGEST_MS = 1_500;
/** More than is left of a page that was begun. */
const TRIED_BYTES = 64 * 1024;

/** Makes the question: it is answered in bounded time, also where PostgreSQL or Redis stands still. */
export function createReadiness({
  store,
  queue,
  config,
  now,
}: Pick<Outside, 'store' | 'queue' | 'config' | 'now'>): () => Promise<Readiness> {
  const database = bound(async () => {
    const schema = await store.measures.compareSchema();
    const workers = (await store.senders.listAlive()).length;
    const fault = await findWriteFault(async () => {
      if (config.mode === 'sandbox') await tryFile(config.dataDir);
      await store.measures.tryWrite(now());
    });
    return { schema, workers, fault };
  });
  const clock = bound(() => queue.findTrouble());
  return async () => {
    const [data, trouble] = await Promise.all([
      database.within(LONGEST_MS, 'late').catch(() => undefined),
      clock.within(LONGEST_MS, 'late').catch(() => 'the queue does not answer in time'),
    ]);
    const reasons = [
      ...(data ? [] : ['the database does not answer in time']),
      ...(data?.schema.lacks ?? []).map(
        (name) => `the database lacks migration ${name}: run "paperround migrate"`,
      ),
      ...(data?.fault ? [data.fault] : []),
      ...(trouble ? [trouble] : []),
    ];
    // A newer version beside this one is how an upgrade goes; its migrations only add.
    const notes = [
      ...(data?.workers === 0 ? ['no worker runs: nothing is fetched, composed or sent'] : []),
      ...(data && data.schema.unknown.length > 0
        ? ['a newer version has migrated the database: upgrade this process, too']
        : []),
    ];
    return { isReady: reasons.length === 0, reasons, notes, workers: data?.workers ?? null };
  };
}

/** Why nothing can be written, without its place; undefined where something was. */
async function findWriteFault(write: () => Promise<void>): Promise<string | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const isFull = FULL.has(String((error as { code?: unknown }).code));
    return isFull
      ? 'the disk is full: all goes on by itself when there is room'
      : 'the database takes no writes';
  }
}

/** What the system and PostgreSQL say of a disk, or a quota, without room. */
const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Writes a file and removes it. The embedded database finds room in its own files for long after the disk is full. */
async function tryFile(folder: string): Promise<void> {
  const path = join(folder, `room.${randomUUID()}`);
  try {
    await writeFile(path, Buffer.alloc(TRIED_BYTES), { mode: 0o600 });
  } finally {
    await rm(path, { force: true });
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../src/process/context.ts';
import type { Database } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext } from './context.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';

/** A service whose workers are a process of their own, to be killed while others go on. */
export interface KillStage {
  readonly context: Context;
  readonly database: Database;
  start(): WorkerProcess;
  /** Has a process end, from within what it asks for, where nothing can be waited for. */
  kill(victim: WorkerProcess): void;
  readonly isKilled: () => boolean;
  /** Waits at most two minutes. */
  until(isDone: () => boolean | Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

/** Only processes that share a server can outlive each other: the sandbox is one process. */
export const describeKills = backends.includes('service') ? describe : describe.skip;

/** Opens it on the clock of the machine, with more in its environment. */
export async function openKillStage(env: Record<string, string>): Promise<KillStage> {
  const place = await createPlace('service');
  const context = await openContext(place, createClock(new Date().toISOString()), env);
  const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  let workers: WorkerProcess | undefined;
  let isKilled = false;
  return {
    context,
    database,
    start() {
      workers = startWorkerProcess({ ...place.env, ...env });
      return workers;
    },
    kill(victim) {
      void victim.kill().then(() => {
        isKilled = true;
      });
    },
    isKilled: () => isKilled,
    async until(isDone) {
      const end = Date.now() + 120_000;
      while (!(await isDone())) {
        if (Date.now() > end) throw new Error(`this never came true: ${isDone} ${workers?.log()}`);
        await pause(100);
      }
    },
    async close() {
      await workers?.kill();
      await database.close();
      await context.close();
      await place.remove();
    },
  };
}

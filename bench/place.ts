/** A place to measure in: a durable PostgreSQL and a Redis of its own, or the embedded database. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/process/config.ts';
import { createContext, migrateDatabase } from '../src/process/context.ts';
import { createLog } from '../src/process/log.ts';
import type { Outside } from '../src/steps/steps.ts';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrations.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { createStore } from '../src/store/store.ts';
import { startServices } from '../test/harness/services.ts';

/** An installation on a clock of the bench's, and its database. */
export interface BenchPlace {
  readonly outside: Outside;
  readonly database: Database;
  /** The process of PostgreSQL; undefined in the sandbox. */
  readonly postgres: number | undefined;
  close(): Promise<void>;
}

const log = createLog('silent');
const common = (folder: string) => ({ DATA_DIR: folder, LOG_LEVEL: 'silent' });

/** Opens a migrated installation on services of its own. Throws where a program is missing. */
export async function openService(now: () => Date): Promise<BenchPlace> {
  const services = await startServices({ settings: ['fsync=on'] });
  if (!services) throw new Error('PostgreSQL and Redis must be installed');
  const folder = mkdtempSync(join(tmpdir(), 'paperround-bench-'));
  const config = readConfig({
    ...common(folder),
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    SECRET_KEYS: `1:${randomBytes(32).toString('hex')}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
  });
  await migrateDatabase(config, log);
  const context = await createContext(config, log, { now });
  const database = openPostgres(services.databaseUrl, () => {});
  return {
    outside: context.outside,
    database,
    postgres: services.postgres.pid,
    async close() {
      await database.close();
      await context.close();
      await services.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the same on PGlite, in a folder as the sandbox keeps it. */
export async function openSandbox(now: () => Date): Promise<BenchPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-bench-'));
  const context = await createContext(readConfig(common(join(folder, 'own'))), log, { now });
  const { database } = await openPglite(join(folder, 'measured'));
  await migrate(database);
  const store = createStore(database);
  const { rendering, renderingHash } = context.outside;
  await store.records.recordRendering(renderingHash, rendering, now());
  return {
    outside: { ...context.outside, store },
    database,
    postgres: undefined,
    async close() {
      await database.close();
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

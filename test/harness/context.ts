import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { readConfig } from '../../src/process/config.ts';
import { type Context, createContext } from '../../src/process/context.ts';
import { createLog, type Logger } from '../../src/process/log.ts';
import { raw } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { DATABASE_TEMPLATE, databaseNamed } from './services.ts';

/** The two ways to run; the second only where the services are installed. */
export const backends: readonly Backend[] = process.env['TEST_DATABASE_URL']
  ? ['sandbox', 'service']
  : ['sandbox'];
export type Backend = 'sandbox' | 'service';

/** A clock that stands until it is moved. */
export interface Clock {
  now(): Date;
  set(instant: string): void;
  advance(ms: number): void;
}

/** Makes a clock that shows an ISO instant. */
export function createClock(instant: string): Clock {
  let at = new Date(instant).getTime();
  return {
    now: () => new Date(at),
    set: (next) => {
      at = new Date(next).getTime();
    },
    advance: (ms) => {
      at += ms;
    },
  };
}

/** A place of its own to run in: a folder, or a database and a Redis database, removed at the end. */
export interface Place {
  readonly env: Record<string, string>;
  remove(): Promise<void>;
}

let count = 0;

/** Makes an empty, migrated place. */
export async function createPlace(backend: Backend): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-test-'));
  const common = {
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    ARXIV_SPACING_MS: '0',
    ALLOW_PRIVATE_FEEDS: 'true',
    LOOK_UP_PAPERS: 'false',
  };
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (backend === 'sandbox') {
    // A thousand small files: one by one and awaited they cost eight times as much.
    const template = process.env['TEST_TEMPLATE'];
    if (template) cpSync(template, folder, { recursive: true });
    else await migrateFolder(folder);
    return { env: common, remove: removeFolder };
  }
  count += 1;
  const name = `test_${process.pid}_${count}`;
  const admin = openPostgres(process.env['TEST_DATABASE_URL'] ?? '', () => {});
  await admin.rows(raw(`create database ${name} template ${DATABASE_TEMPLATE}`));
  const databaseUrl = databaseNamed(name);
  // Redis has sixteen numbered databases; each jest process takes half of them in turn.
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1) % 2;
  const redisUrl = `${process.env['TEST_REDIS_URL']}/${worker * 8 + (count % 8)}`;
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  redis.disconnect();
  const secret = `1:${randomBytes(32).toString('hex')}`;
  return {
    env: {
      ...common,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SECRET_KEYS: secret,
      SMTP_URL: 'smtp://127.0.0.1:1',
    },
    async remove() {
      await admin.rows(raw(`drop database ${name} with (force)`));
      await admin.close();
      await removeFolder();
    },
  };
}

/** What the integration suite has ready to copy. */
async function migrateFolder(folder: string): Promise<void> {
  const { database } = await openPglite(join(folder, 'database'));
  await migrate(database);
  await database.close();
}

/** Opens a context in a place, on a clock of the test's. */
export function openContext(
  place: Place,
  clock: Clock,
  env: Record<string, string> = {},
  log: Logger = createLog('silent'),
): Promise<Context> {
  const config = readConfig({ ...place.env, ...env });
  return createContext(config, log, { now: clock.now });
}

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Database, findRow, getRow, raw, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { freePort, type Services, startServices } from '../../test/harness/services.ts';
import { endAll, nextMessage, start, startOwn, untilListening } from './processes.ts';
import type { SinkCount, SinkOrder } from './sink.ts';

/** A server that takes letters. */
export interface Sink {
  readonly pid: number;
  readonly port: number;
}

/** The services that are measured on, all our own, and a folder for what is written. */
export interface Stage {
  readonly services: Services;
  readonly folder: string;
  /** Speaks as a user of its own, so that its statements are told from the product's. */
  readonly admin: Database;
  readonly redis: Redis;
  /** Postfix's `smtp-sink`. */
  readonly sink: Sink;
  readonly smallSink: Sink & { count(): Promise<SinkCount> };
  readonly hasStatements: boolean;
  /** The URL of a database for the product, and a connection of the bench's own to it. */
  urlOf(database: string): string;
  open(database: string): Database;
  close(): Promise<void>;
}

const BENCH_ROLE = 'bench';

/** Starts everything; undefined where PostgreSQL or Redis is missing. */
export async function openStage(under: string): Promise<Stage | undefined> {
  const folder = mkdtempSync(join(under, 'paperround-bench-'));
  // PostgreSQL's own user must come through.
  chmodSync(folder, 0o711);
  const hasStatements = findLibrary('pg_stat_statements.so');
  try {
    const data = join(folder, 'services');
    mkdirSync(data);
    const durable = ['fsync=on', 'synchronous_commit=on'];
    const settings = hasStatements ? [...durable, ...STATEMENT_SETTINGS] : durable;
    const services = await startServices({ folder: data, settings });
    if (services) return await fillStage({ services, folder, hasStatements });
  } catch (error) {
    await endAll();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

async function fillStage(
  begun: Pick<Stage, 'services' | 'folder' | 'hasStatements'>,
): Promise<Stage> {
  const { services, folder, hasStatements } = begun;
  const urlOf = (name: string) => services.databaseUrl.replace(/\/postgres$/, `/${name}`);
  const open = (name: string) =>
    openPostgres(urlOf(name).replace('//paperround@', `//${BENCH_ROLE}@`), () => undefined);
  const owner = openPostgres(services.databaseUrl, () => undefined);
  await owner.rows(raw(`create role ${BENCH_ROLE} superuser login`));
  if (hasStatements) await owner.rows(raw('create extension pg_stat_statements'));
  await owner.close();
  const admin = open('postgres');
  const redis = new Redis(services.redisUrl);
  redis.on('error', () => undefined);
  return {
    ...begun,
    admin,
    redis,
    sink: await startSmtpSink(),
    smallSink: await startSmallSink({ isMoody: false }),
    urlOf,
    open,
    async close() {
      await endAll();
      await admin.close();
      redis.disconnect();
      await services.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Statements inside functions and BEGIN or COMMIT are not counted. */
const STATEMENT_SETTINGS = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track_utility=off',
  'pg_stat_statements.save=off',
];

function findLibrary(name: string): boolean {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return false;
  const newest = readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] ?? '';
  return existsSync(join(versions, newest, 'lib', name));
}

async function startSmtpSink(): Promise<Sink> {
  const port = await freePort();
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = start('smtp-sink', [...user, '-c', `127.0.0.1:${port}`, '1024']);
  await untilListening(port);
  return { pid: child.pid ?? 0, port };
}

/** Starts the bench's own small sink. */
export async function startSmallSink(order: Omit<SinkOrder, 'port'>) {
  const port = await freePort();
  const child = startOwn('sink', { ...order, port });
  await untilListening(port);
  const count = () => {
    const answer = nextMessage<SinkCount>(child);
    child.send('count');
    return answer;
  };
  return { pid: child.pid ?? 0, port, child, count };
}

/** Copies a database that nobody uses and writes everything down, so that no run pays for it. */
export async function copyDatabase(stage: Stage, from: string, to: string): Promise<Database> {
  await stage.admin.rows(raw(`create database ${to} template ${from}`));
  await stage.admin.rows(raw('checkpoint'));
  return stage.open(to);
}

/** Drops a database, whoever is connected. */
export async function dropDatabase({ admin }: Stage, name: string): Promise<void> {
  await admin.rows(raw(`drop database if exists ${name} with (force)`));
}

/** Bytes of a database, and what Redis holds. */
export async function sizesOf(stage: Stage, database: string) {
  const { bytes } = await getRow<{ bytes: number }>(
    stage.admin,
    sql`select pg_database_size(${database})::float8 as bytes`,
  );
  const memory = await stage.redis.info('memory');
  const used = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
  return { database: bytes, redis: used('used_memory') };
}

/** The server's version, in its own words. */
export async function versionOf({ admin }: Stage): Promise<string> {
  const row = await findRow<{ server_version: string }>(admin, raw('show server_version'));
  return row?.server_version ?? '';
}

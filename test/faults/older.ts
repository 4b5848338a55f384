import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { checkLedger } from '../../src/steps/deliveries/check-ledger.ts';
import { type Database, raw, sql } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, openContext } from '../harness/context.ts';
import { compose, cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp } from '../harness/scripted-smtp.ts';
import type { Services } from '../harness/services.ts';
import { startProcess } from '../harness/worker-process.ts';
import type { Fault } from './fault.ts';

/** The last revision that reads digests in the long form alone, and marks one row at a time. */
const OLDER = '94bcd91';
const READERS = 300;
const DAY_MS = 24 * 3_600_000;

/** That revision as its own build made it. */
async function buildOlder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-older-'));
  const archive = execFileSync('git', ['archive', OLDER], { maxBuffer: 1 << 28 });
  execFileSync('tar', ['x', '-C', folder], { input: archive });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const tsc = resolve('node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder });
  return folder;
}

async function until(isDone: () => Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${isDone}`);
    await pause(50);
  }
}

async function countOf(database: Database, query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await database.rows<{ count: number }>(
    sql`select count(*)::int as count from ${query}`,
  );
  return row?.count ?? 0;
}

/** Readers are due to this process alone, and not to the planner of a worker beside it. */
const defer = (database: Database, days: number) =>
  database.rows(sql`update public.subscription
    set next_due_at = next_due_at + make_interval(days => ${days}::int)`);

async function standBeside(services: Services, older: string): Promise<string> {
  const name = `fault_older_${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'paperround-fault-'));
  const admin = openPostgres(services.databaseUrl, () => undefined);
  await admin.rows(raw(`create database ${name}`));
  const server = await openScriptedSmtp({ pipelining: true, keepBytes: 200 });
  const redisUrl = `${services.redisUrl}/0`;
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  const env = {
    DATA_DIR: folder,
    ARXIV_SPACING_MS: '0',
    ALLOW_PRIVATE_FEEDS: 'true',
    DATABASE_URL: services.databaseUrl.replace(/\/postgres$/, `/${name}`),
    REDIS_URL: redisUrl,
    SECRET_KEYS: `1:${randomBytes(32).toString('hex')}`,
    SMTP_URL: server.url,
    SMTP_CONNECTIONS: '5',
    LOG_LEVEL: 'info',
  };
  const database = openPostgres(env.DATABASE_URL, () => undefined);
  const workers: ReturnType<typeof startProcess>[] = [];
  const start = (of: string | undefined) => {
    const worker = startProcess(['workers'], env, {
      isBuilt: true,
      ...(of === undefined ? {} : { folder: of }),
    });
    workers.push(worker);
    return worker;
  };
  const sentBy = ({ pid }: { pid: number }) =>
    countOf(
      database,
      sql`public.attempt a join public.sender n on n.id = a.sender_id
        where n.pid = ${pid} and a.verdict = 'accepted'`,
    );
  const isSettled = async (of: number) =>
    (await countOf(database, sql`public.delivery where state = 'accepted'`)) === of;
  try {
    // It starts on its own schema only, and goes on when that becomes a newer one.
    const prepare = startProcess(['migrate'], env, { folder: older, isBuilt: true });
    assert.equal(await prepare.ended, 0, prepare.log());
    const old = start(older);
    await until(
      async () =>
        (await countOf(database, sql`public.sender where lease_until > clock_timestamp()`)) === 1,
    );
    await migrate(database);

    // It lives, and does nothing while this process composes for readers of a day ago.
    old.freeze();
    await database.rows(sql`update public.sender set lease_until = now() + interval '10 minutes'`);
    const clock = createClock(new Date(Date.now() - 2 * DAY_MS).toISOString());
    const context = await openContext({ env, remove: async () => undefined }, clock, {
      LOG_LEVEL: 'silent',
    });
    try {
      const readers = await prepareRound(context.outside, clock, READERS);
      await defer(database, 10);
      assert.equal(await countOf(database, sql`public.digest where packed is not null`), 0);
      assert.equal(await countOf(database, sql`public.edition_group where facts is not null`), 0);
      server.script = async ({ phase }) => {
        if (phase === 'dot') await pause(300);
        return undefined;
      };
      // A shard for each: the planner sees no more than one in so few.
      for (const shard of [0, 1]) await context.outside.queue.enqueue('send', { shard });
      old.thaw();
      const next = start(undefined);
      await until(() => isSettled(READERS));
      const shares = [await sentBy(old), await sentBy(next)] as const;
      assert(Math.min(...shares) > 0, `both send: ${shares}`);
      assert.deepEqual(server.accepted().sort(), [...readers].sort());

      // Without it the packed form is written.
      for (const worker of [old, next]) assert.equal(await worker.end(), 0);
      await defer(database, -10);
      await cutWith(context.outside, makePapers('second', 5));
      clock.set(new Date().toISOString());
      assert.equal((await compose(context.outside))?.deliveries, READERS);
      await defer(database, 10);
      assert.equal(await countOf(database, sql`public.digest where packed is not null`), READERS);
      assert(await countOf(database, sql`public.edition_group where facts is not null`));
      start(undefined);
      await until(() => isSettled(2 * READERS));
      assert.deepEqual(server.accepted().sort(), [...readers, ...readers].sort());
      assert.deepEqual(await context.outside.store.checks.findTwice(clock.now()), []);
      assert.deepEqual(await checkLedger(context.outside), []);
      return `${shares[0]} by the old one and ${shares[1]} by the new one, none twice; then ${READERS} packed`;
    } finally {
      await context.close();
    }
  } catch (error) {
    for (const worker of workers) process.stderr.write(`${worker.log().slice(-4_000)}\n`);
    throw error;
  } finally {
    for (const worker of workers) {
      worker.thaw();
      await worker.kill();
    }
    await database.close();
    await server.close();
    redis.disconnect();
    await admin.rows(raw(`drop database ${name} with (force)`));
    await admin.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const olderFaults: readonly Fault[] = [
  {
    number: '31b',
    name: `a worker of ${OLDER} beside one of this version on one migrated database: digests and editions in words while it lives, packed and as codes after`,
    // Its queue is its own.
    breaksServices: true,
    async run(services) {
      const older = await buildOlder();
      try {
        return await standBeside(services, older);
      } finally {
        await rm(older, { recursive: true, force: true });
      }
    },
  },
];

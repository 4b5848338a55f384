import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Database, getRow, sql } from '../../src/store/database.ts';
import { freePort } from '../../test/harness/services.ts';
import { memoryOf } from './meter.ts';
import { isFrozen, isSent, runPaperround } from './paperround.ts';
import { placeOf, prepare } from './prepare.ts';
import { end, until } from './processes.ts';
import { type Env, type Product, startWorkers, type Workers } from './product.ts';
import { judgePromises, readQueue, readSinkLog, type Verdict } from './promises.ts';
import { makeDue } from './readers.ts';
import type { Result } from './result.ts';
import { type Stage, sizesOf, startSmallSink } from './stage.ts';

const CONNECTIONS = 60;
const LEAVING = 200;
/** What a share of all readers was taken by the sink when it happens. */
const KILLED_AT = 0.25;
const LEFT_AT = 0.4;
const RESTARTED_AT = 0.5;
const LOOK_EVERY_MS = 250;
const A_DAY_SECONDS = 86_400;
/** The last of a hundred are those that wait for their second try. */
const MOST_OF_ALL = 0.97;

/** What the long run came to. */
export interface LongReport {
  readonly readers: number;
  readonly seconds: { readonly composing: number; readonly most: number; readonly last: number };
  readonly most: number;
  readonly memory: { readonly idle: number; readonly most: number };
  /** What the database grew by since the readers fell due, and what Redis held at most. */
  readonly sizes: { readonly database: number; readonly grown: number; readonly redis: number };
  readonly story: readonly string[];
  readonly verdicts: readonly Verdict[];
  /** A calm run of fewer readers, to see what grows. */
  readonly reference: Result;
}

/** A run that is going on. */
interface Going {
  readonly stage: Stage;
  readonly db: Database;
  readonly product: Product;
  readonly env: Env;
  readonly sink: Awaited<ReturnType<typeof startSmallSink>>;
  readonly readers: number;
  readonly workers: Workers[];
  readonly story: string[];
  readonly overheard: string[];
  /** The most that was seen, in bytes. */
  readonly peaks: { memory: number; redis: number };
}

/**
 * One edition to many readers, end to end: one of a hundred is refused and one deferred; a
 * worker is killed, readers leave and Redis loses everything in the middle. What was promised is
 * judged by SQL and by the sink's own log.
 */
export async function runLong(
  stage: Stage,
  product: Product,
  { readers, few }: { readers: number; few: number },
): Promise<LongReport> {
  const calm = await prepare(stage, product, few);
  const way = { signing: 'none', connections: CONNECTIONS, sink: stage.smallSink } as const;
  const reference = await runPaperround(stage, calm, way);
  const { database } = await prepare(stage, product, readers);
  await stage.redis.flushall();
  const logFile = join(stage.folder, 'sink.log');
  const sink = await startSmallSink({ isMoody: true, log: logFile });
  const folder = join(stage.folder, 'long');
  const env = {
    ...placeOf(stage, { database, folder, sink }),
    SMTP_CONNECTIONS: String(CONNECTIONS),
    HEALTH_PORT: String(await freePort()),
  };
  const db = stage.open(database);
  const peaks = { memory: 0, redis: 0 };
  const going: Going = {
    ...{ stage, db, product, env, sink, readers, peaks },
    ...{ workers: [], story: [], overheard: [] },
  };
  try {
    return { ...(await live(going, logFile)), readers, reference };
  } finally {
    await Promise.all(going.workers.map(({ child }) => end(child)));
    await end(sink.child);
    await db.close();
  }
}

async function live(
  going: Going,
  sinkLog: string,
): Promise<Omit<LongReport, 'readers' | 'reference'>> {
  const { db, readers, story, workers, peaks, stage } = going;
  await makeDue(db, 'warm', 0);
  startAnother(going);
  await until(() => isSent(db, 0), { what: 'the end of the warming up' });
  const { id: roundsAfter } = await getRow<{ id: number }>(
    db,
    sql`select max(id)::int as id from public.round`,
  );
  const { accepted: warmed } = await going.sink.count();
  const idle = memoryOf(workers[0]?.pid ?? 0, 'now');
  await makeDue(db, 'reader', 0);
  const before = await sizesOf(stage, databaseOf(going.env));
  await until(() => isFrozen(db, roundsAfter), { everyMs: LOOK_EVERY_MS, seconds: A_DAY_SECONDS });
  const goal = (share: number) => warmed + share * readers;
  await untilTaken(going, goal(KILLED_AT));
  await killOne(going);
  await untilTaken(going, goal(LEFT_AT));
  const left = await leave(db);
  story.push(`${left.addresses.size} readers left`);
  await untilTaken(going, goal(RESTARTED_AT));
  await overhear(going);
  await restartRedis(going);
  await untilTaken(going, Number.POSITIVE_INFINITY, () => isSent(db, roundsAfter));
  await overhear(going);
  const count = await going.sink.count();
  story.push(
    `the sink took ${count.accepted}, refused ${count.refused}, deferred ${count.deferred}`,
  );
  const verdicts = await judgePromises({
    ...{ db, readers, roundsAfter, left },
    log: readSinkLog(sinkLog),
    mostInDoubt: CONNECTIONS,
    logFiles: workers.map(({ logFile }) => logFile),
    overheard: going.overheard,
  });
  const { database } = await sizesOf(stage, databaseOf(going.env));
  return {
    seconds: await timesOf(db, roundsAfter),
    most: MOST_OF_ALL,
    memory: { idle, most: peaks.memory },
    sizes: { database, grown: database - before.database, redis: peaks.redis },
    story,
    verdicts,
  };
}

const databaseOf = (env: Env) => new URL(env['DATABASE_URL'] ?? '').pathname.slice(1);

function startAnother({ product, env, workers }: Going): void {
  workers.push(startWorkers(product, env, `workers-${workers.length}`));
}

/** Waits until the sink took so many letters, or for another end; meanwhile nobody waits for a second try. */
async function untilTaken(
  going: Going,
  count: number,
  isOver: () => Promise<boolean> = async () => false,
): Promise<void> {
  const { db, sink, workers, peaks, stage } = going;
  await until(
    async () => {
      peaks.memory = Math.max(peaks.memory, memoryOf(workers.at(-1)?.pid ?? 0, 'most'));
      const { redis } = await sizesOf(stage, databaseOf(going.env)).catch(() => ({ redis: 0 }));
      peaks.redis = Math.max(peaks.redis, redis);
      await db.rows(sql`update public.delivery set next_at = now()
        where state = 'deferred' and next_at > now()`);
      return (await sink.count()).accepted >= count || (await isOver());
    },
    { everyMs: LOOK_EVERY_MS, seconds: A_DAY_SECONDS, what: 'the letters' },
  );
}

async function killOne(going: Going): Promise<void> {
  const { workers, story, sink } = going;
  const [worker] = workers;
  if (!worker) return;
  await overhear(going);
  await end(worker.child, 'SIGKILL');
  startAnother(going);
  story.push(`a worker was killed after ${(await sink.count()).accepted} letters`);
}

async function restartRedis({ stage, sink, story }: Going): Promise<void> {
  const { redis } = stage.services;
  await redis.end('SIGKILL');
  await wait(1_000);
  await redis.start();
  story.push(`Redis was killed after ${(await sink.count()).accepted} letters and came back empty`);
}

/** Some whose letter is on its way or waits leave; who, and when that was committed. */
async function leave(db: Database): Promise<{ addresses: Set<string>; at: number }> {
  const rows = await db.rows<{ address: string }>(sql`
    with leaving as (select d.subscriber_id, d.address from public.delivery d
      where d.state in ('ready', 'sending')
      order by d.state desc, md5(d.id::text) limit ${LEAVING})
    update public.subscription s set state = 'ended', ended_at = now(), end_reason = 'page'
    from leaving l where s.subscriber_id = l.subscriber_id returning l.address`);
  return { addresses: new Set(rows.map(({ address }) => address)), at: Date.now() };
}

/** Keeps what the queue holds and what the worker's metrics say. */
async function overhear({ stage, env, overheard }: Going): Promise<void> {
  overheard.push(await readQueue(stage.redis));
  const answer = await fetch(`http://127.0.0.1:${env['HEALTH_PORT']}/metrics`);
  overheard.push(await answer.text());
}

async function timesOf(db: Database, after: number): Promise<LongReport['seconds']> {
  return getRow(
    db,
    sql`select extract(epoch from r.frozen_at - r.opened_at)::float8 as composing,
        extract(epoch from d.most - r.opened_at)::float8 as most,
        extract(epoch from d.last - r.opened_at)::float8 as last
      from (select min(opened_at) as opened_at, max(frozen_at) as frozen_at
          from public.round where id > ${after}) r,
        (select max(accepted_at) as last,
          percentile_disc(${MOST_OF_ALL}::float8) within group (order by accepted_at) as most
          from public.delivery where round_id > ${after}) d`,
  );
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, getRow, raw, sql } from '../../src/store/database.ts';
import { costOf, memoryOf, type Pids, read } from './meter.ts';
import { type Prepared, placeOf, type Signing } from './prepare.ts';
import { end, until } from './processes.ts';
import { startWorkers, tailOf } from './product.ts';
import { makeDue, WARM_READERS } from './readers.ts';
import type { Result } from './result.ts';
import { copyDatabase, dropDatabase, type Sink, type Stage, sizesOf } from './stage.ts';

/** Who writes a reader's row down has so many of them down by the time they are due. */
const READERS_A_SECOND = 10_000;
const IDLE_BEFORE_DUE_SECONDS = 4;
const A_DAY_SECONDS = 86_400;

/** What differs between runs of Paperround. */
export interface Way {
  readonly signing: Signing;
  readonly connections: number;
  readonly sink: Sink;
  /** Sending is seen when so many are accepted; all where nothing is said. */
  readonly letters?: number;
}

/**
 * One run: a copy of the prepared database, a new workers process that has sent letters to a
 * few readers; then all others fall due at one moment, are composed and sent. The times are
 * those that the ledger holds.
 */
export async function runPaperround(stage: Stage, prepared: Prepared, way: Way): Promise<Result> {
  const { product, readers } = prepared;
  const database = `run_${product.name}`;
  const db = await copyDatabase(stage, prepared.database, database);
  await stage.redis.flushall();
  await makeDue(db, 'warm', 0);
  const folder = join(stage.folder, database);
  const env = {
    ...placeOf(stage, { database, folder, sink: way.sink }),
    ...prepared.signing[way.signing],
    SMTP_CONNECTIONS: String(way.connections),
  };
  const workers = startWorkers(product, env);
  try {
    const pids = { ...pidsOf(stage, way.sink), sender: workers.pid };
    const letters = Math.min(way.letters ?? readers, readers);
    return await measure(stage, { db, database, pids, readers, letters });
  } catch (error) {
    console.error(tailOf(workers.logFile));
    throw error;
  } finally {
    await end(workers.child);
    await db.close();
    await dropDatabase(stage, database);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The processes of the services, and no sender yet. */
export function pidsOf({ services }: Stage, sink: Sink): Pids {
  return { sender: 0, postgres: services.postgres.pid, redis: services.redis.pid, sink: sink.pid };
}

interface Run {
  readonly db: Database;
  readonly database: string;
  readonly pids: Pids;
  readonly readers: number;
  readonly letters: number;
}

async function measure(stage: Stage, run: Run): Promise<Result> {
  const { db, database, pids, readers } = run;
  const take = () => read(pids, stage.admin, stage.hasStatements);
  const warmed = await warmUp(db);
  await makeDue(db, 'reader', IDLE_BEFORE_DUE_SECONDS + readers / READERS_A_SECOND);
  await stage.admin.rows(raw('checkpoint'));
  const idle = memoryOf(pids.sender, 'now');
  const before = await take();
  await until(() => isFrozen(db, warmed), { seconds: A_DAY_SECONDS, what: 'the frozen round' });
  const between = await take();
  const isWhole = run.letters === readers;
  const isOver = () => (isWhole ? isSent(db, warmed) : hasAccepted(db, warmed, run.letters));
  await until(isOver, { seconds: A_DAY_SECONDS, what: 'the last letter' });
  const after = await take();
  const { letters, candidates, others, ...times } = await timesOf(db, warmed);
  if (isWhole && others > 0) throw new Error(`${others} letters were not accepted`);
  const composing = { count: candidates, rate: candidates / times.composing };
  const sending = { count: letters, rate: (letters - 1) / times.sending };
  const whole = { count: letters, rate: letters / times.whole };
  return {
    phases: {
      composing: { ...composing, ...costOf(before, between, candidates) },
      sending: { ...sending, ...costOf(between, after, letters) },
      ...(isWhole ? { whole: { ...whole, ...costOf(before, after, letters) } } : {}),
    },
    memory: { idle, most: memoryOf(pids.sender, 'most') },
    sizes: await sizesOf(stage, database),
  };
}

/** Waits until those who warm up have their letters; the last round so far. */
async function warmUp(db: Database): Promise<number> {
  await until(() => isSent(db, 0), { what: 'the end of the warming up' });
  const { round, letters } = await getRow<{ round: number; letters: number }>(
    db,
    sql`select max(r.id)::int as round, (select count(*)::int from public.delivery) as letters
      from public.round r`,
  );
  if (letters < WARM_READERS / 2) throw new Error('hardly anybody was warmed up');
  return round;
}

/** Whether a round after this one is there and frozen. */
export async function isFrozen(db: Database, after: number): Promise<boolean> {
  const rows = await db.rows(
    sql`select 1 from public.round where id > ${after} and frozen_at is not null limit 1`,
  );
  return rows.length > 0;
}

/** Whether a round after this one is frozen, and nothing waits or is on its way. */
export async function isSent(db: Database, after: number): Promise<boolean> {
  const rows = await db.rows(sql`select 1 from public.round r
    where r.id > ${after} and r.frozen_at is not null
      and not exists (select 1 from public.delivery where state in ('ready', 'deferred'))
      and not exists (select 1 from public.delivery where state = 'sending') limit 1`);
  return rows.length > 0;
}

/** Whether so many letters of rounds after this one were accepted. */
async function hasAccepted(db: Database, after: number, letters: number): Promise<boolean> {
  const { accepted } = await getRow<{ accepted: number }>(
    db,
    sql`select count(*)::int as accepted from public.delivery
      where accepted_at is not null and round_id > ${after}`,
  );
  return accepted >= letters;
}

/** Seconds of each phase as the ledger tells them, and how many letters were accepted and not. */
async function timesOf(db: Database, after: number) {
  const row = await getRow<{
    candidates: number;
    letters: number;
    others: number;
    composing: number;
    sending: number;
    whole: number;
  }>(
    db,
    sql`select max(r.candidates)::int as candidates, count(d.accepted_at)::int as letters,
        count(*) filter (where d.state <> 'accepted')::int as others,
        extract(epoch from max(r.frozen_at) - min(r.opened_at))::float8 as composing,
        extract(epoch from max(d.accepted_at) - min(d.accepted_at))::float8 as sending,
        extract(epoch from max(d.accepted_at) - min(r.opened_at))::float8 as whole
      from public.round r join public.delivery d on d.round_id = r.id where r.id > ${after}`,
  );
  return row;
}

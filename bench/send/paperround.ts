import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, findRow, getRow, raw, sql } from '../../src/store/database.ts';
import { costOf, memoryOf, type Pids, read } from './meter.ts';
import { end, until } from './processes.ts';
import {
  type Env,
  envOf,
  ownRoot,
  type Product,
  runCommand,
  startWorkers,
  tailOf,
} from './product.ts';
import {
  castVotes,
  makeDue,
  postponeAll,
  spreadVotes,
  teachers,
  titlesOf,
  WARM_READERS,
  writeReaders,
} from './readers.ts';
import type { Result } from './result.ts';
import { copyDatabase, dropDatabase, type Sink, type Stage, sizesOf } from './stage.ts';

const SAMPLE = join(ownRoot, 'sample/2025-05-07.txt');
const DOMAIN = 'papers.example.org';
/** Who writes a reader's row down has so many of them down by the time they are due. */
const READERS_A_SECOND = 10_000;
const IDLE_BEFORE_DUE_SECONDS = 4;

/** A database that holds the readers and the edition, to be copied for every run. */
export interface Prepared {
  readonly product: Product;
  readonly database: string;
  readonly readers: number;
  /** Settings that sign, by the kinds of keys. */
  readonly signing: Readonly<Record<Signing, Env>>;
}

export type Signing = 'none' | 'rsa' | 'both';

/**
 * Fills a database by the product's own commands: an earlier edition that a few readers voted
 * on, the readers, and the sample cut as the edition that is sent.
 */
export async function prepare(stage: Stage, product: Product, readers: number): Promise<Prepared> {
  const database = `prepared_${product.name}_${readers}`;
  await stage.admin.rows(raw(`create database ${database}`));
  const folder = join(stage.folder, database);
  const env = placeOf(stage, { database, folder, sink: stage.smallSink });
  const run = (...args: string[]) => runCommand(product, env, args);
  const papers = readFileSync(SAMPLE, 'utf8');
  run('migrate');
  const db = stage.open(database);
  const workers = startWorkers(product, env);
  try {
    await cutEarlier(run, folder, papers);
    const [file = '', warm = '', teaching = ''] = writeReaders(folder, readers, titlesOf(papers));
    const takeIn = (path: string) =>
      run('subscribers', 'import', path, '--source', 'readers of a bench, made up');
    takeIn(teaching);
    await castVotes(db);
    const earlier = await newestEdition(db);
    for (const teacher of teachers) run('preview', earlier, teacher);
    takeIn(warm);
    takeIn(file);
    await spreadVotes(db);
    await postponeAll(db);
    run('import', SAMPLE);
    run('editions', 'cut');
    await until(async () => (await newestEdition(db)) !== earlier, { what: 'the edition' });
    await setBack(db, earlier);
    await db.rows(raw('vacuum analyze'));
  } finally {
    await end(workers.child);
    await db.close();
  }
  return { product, database, readers, signing: makeKeys(run, folder) };
}

/** Cuts the sample's papers under other titles. */
async function cutEarlier(
  run: (...args: string[]) => string,
  folder: string,
  papers: string,
): Promise<void> {
  const file = join(folder, 'earlier.txt');
  const blocks = papers.split(/\n\s*\n/);
  const renamed = blocks.map((block, at) => (at % 2 === 0 ? `Earlier work: ${block}` : block));
  writeFileSync(file, renamed.join('\n\n'));
  run('import', file);
  run('editions', 'cut');
}

async function newestEdition(db: Database): Promise<string> {
  const row = await findRow<{ name: string }>(
    db,
    sql`select name from public.edition where state = 'released' order by id desc limit 1`,
  );
  return row?.name ?? '';
}

/** Makes an edition too old for anybody's digest. */
async function setBack(db: Database, name: string): Promise<void> {
  await db.rows(sql`update public.edition set cut_at = cut_at - interval '60 days',
    opened_at = opened_at - interval '60 days', released_at = released_at - interval '60 days'
    where name = ${name}`);
}

function makeKeys(run: (...args: string[]) => string, folder: string): Prepared['signing'] {
  const made = run('dkim', '--domain', DOMAIN, '--folder', join(folder, 'dkim'), '--json');
  const keys = JSON.parse(made) as { selector: string; path: string; type: string }[];
  const setting = (wanted: typeof keys) => ({
    DKIM_KEYS: wanted.map(({ selector, path }) => `${selector}=${path}`).join(' '),
    DKIM_DOMAIN: DOMAIN,
  });
  const rsa = setting(keys.filter(({ type }) => type === 'rsa'));
  return { none: {}, rsa, both: setting(keys) };
}

function placeOf(stage: Stage, at: { database: string; folder: string; sink: Sink }): Env {
  const databaseUrl = stage.urlOf(at.database);
  const { redisUrl } = stage.services;
  return envOf({ folder: at.folder, databaseUrl, redisUrl, smtpPort: at.sink.port });
}

/** A letter of the edition, as one reader gets it. */
export interface SampleLetter {
  readonly message: Buffer;
  readonly html: string;
  readonly text: string;
}

const ASKED = [0, 1, 3, 6, 7];

/** Of some readers' letters the one of middling size, by the product's own preview. */
export async function findLetter(stage: Stage, prepared: Prepared): Promise<SampleLetter> {
  const { database, product } = prepared;
  const folder = join(stage.folder, database);
  const env = placeOf(stage, { database, folder, sink: stage.sink });
  const db = stage.open(database);
  const edition = await newestEdition(db);
  await db.close();
  const show = (reader: string, format: string) => {
    const out = join(folder, 'letter');
    runCommand(product, env, ['preview', edition, reader, '--format', format, '--out', out]);
    return readFileSync(out);
  };
  const readers = ASKED.map((n) => `reader${n}@readers.example`);
  const letters = readers.flatMap((reader) => {
    try {
      return [{ reader, message: show(reader, 'message') }];
    } catch {
      // Nothing in the edition is for this reader.
      return [];
    }
  });
  const bySize = letters.sort((a, b) => a.message.length - b.message.length);
  const middle = bySize[bySize.length >> 1];
  if (!middle) throw new Error('no reader would get a letter');
  const { reader, message } = middle;
  const [html, text] = [show(reader, 'html').toString(), show(reader, 'text').toString()];
  return { message, html, text };
}

/** What differs between runs of Paperround. */
export interface Way {
  readonly signing: Signing;
  readonly connections: number;
  readonly sink: Sink;
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
    return await measure(stage, { db, database, pids, readers });
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
}

async function measure(stage: Stage, { db, database, pids, readers }: Run): Promise<Result> {
  const take = () => read(pids, stage.admin, stage.hasStatements);
  await until(() => isSent(db, 0), { what: 'the end of the warming up' });
  const warmed = await getRow<{ round: number; deliveries: number }>(
    db,
    sql`select max(id)::int as round, (select count(*)::int from public.delivery) as deliveries
      from public.round`,
  );
  if (warmed.deliveries < WARM_READERS / 2) throw new Error('hardly anybody was warmed up');
  await makeDue(db, 'reader', IDLE_BEFORE_DUE_SECONDS + readers / READERS_A_SECOND);
  await stage.admin.rows(raw('checkpoint'));
  const idle = memoryOf(pids.sender, 'now');
  const before = await take();
  await until(() => isFrozen(db, warmed.round), { seconds: 86_400, what: 'the frozen round' });
  const between = await take();
  await until(() => isSent(db, warmed.round), { seconds: 86_400, what: 'the last letter' });
  const after = await take();
  const times = await timesOf(db, warmed.round);
  const { letters, candidates } = times;
  return {
    phases: {
      composing: {
        count: candidates,
        rate: candidates / times.composing,
        ...costOf(before, between, candidates),
      },
      sending: {
        count: letters,
        rate: (letters - 1) / times.sending,
        ...costOf(between, after, letters),
      },
      whole: { count: letters, rate: letters / times.whole, ...costOf(before, after, letters) },
    },
    memory: { idle, most: memoryOf(pids.sender, 'most') },
    sizes: await sizesOf(stage, database),
  };
}

/** Whether a round after this one is there and frozen. */
async function isFrozen(db: Database, after: number): Promise<boolean> {
  const rows = await db.rows(
    sql`select 1 from public.round where id > ${after} and frozen_at is not null limit 1`,
  );
  return rows.length > 0;
}

/** Whether a round after this one is frozen, and nothing waits or is on its way. */
async function isSent(db: Database, after: number): Promise<boolean> {
  const rows = await db.rows(sql`select 1 from public.round r
    where r.id > ${after} and r.frozen_at is not null
      and not exists (select 1 from public.delivery where state in ('ready', 'deferred'))
      and not exists (select 1 from public.delivery where state = 'sending') limit 1`);
  return rows.length > 0;
}

/** Seconds of each phase as the ledger tells them; throws where a letter was not accepted. */
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
  if (row.others > 0) throw new Error(`${row.others} letters were not accepted`);
  return row;
}

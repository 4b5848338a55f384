import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, findRow, raw, sql } from '../../src/store/database.ts';
import { end, until } from './processes.ts';
import { type Env, envOf, ownRoot, type Product, runCommand, startWorkers } from './product.ts';
import {
  castVotes,
  postponeAll,
  spreadVotes,
  teachers,
  titlesOf,
  writeReaders,
} from './readers.ts';
import type { Sink, Stage } from './stage.ts';

const SAMPLE = join(ownRoot, 'sample/2025-05-07.txt');
const DOMAIN = 'papers.example.org';

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
  await run('migrate');
  const db = stage.open(database);
  const workers = startWorkers(product, env);
  try {
    await cutEarlier(run, folder, papers);
    const [file = '', warm = '', teaching = ''] = writeReaders(folder, readers, titlesOf(papers));
    const takeIn = (path: string) =>
      run('subscribers', 'import', path, '--source', 'readers of a bench, made up');
    await takeIn(teaching);
    await castVotes(db);
    const earlier = await newestEdition(db);
    for (const teacher of teachers) await run('preview', earlier, teacher);
    await takeIn(warm);
    await takeIn(file);
    await spreadVotes(db);
    await postponeAll(db);
    await run('import', SAMPLE);
    await run('editions', 'cut');
    await until(async () => (await newestEdition(db)) !== earlier, { what: 'the edition' });
    await setBack(db, earlier);
    await db.rows(raw('vacuum analyze'));
  } finally {
    await end(workers.child);
    await db.close();
  }
  return { product, database, readers, signing: await makeKeys(run, folder) };
}

/** Cuts the sample's papers under other titles. */
async function cutEarlier(
  run: (...args: string[]) => Promise<string>,
  folder: string,
  papers: string,
): Promise<void> {
  const file = join(folder, 'earlier.txt');
  const blocks = papers.split(/\n\s*\n/);
  const renamed = blocks.map((block, at) => (at % 2 === 0 ? `Earlier work: ${block}` : block));
  writeFileSync(file, renamed.join('\n\n'));
  await run('import', file);
  await run('editions', 'cut');
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

async function makeKeys(
  run: (...args: string[]) => Promise<string>,
  folder: string,
): Promise<Prepared['signing']> {
  const made = await run('dkim', '--domain', DOMAIN, '--folder', join(folder, 'dkim'), '--json');
  const keys = JSON.parse(made) as { selector: string; path: string; type: string }[];
  const setting = (wanted: typeof keys) => ({
    DKIM_KEYS: wanted.map(({ selector, path }) => `${selector}=${path}`).join(' '),
    DKIM_DOMAIN: DOMAIN,
  });
  const rsa = setting(keys.filter(({ type }) => type === 'rsa'));
  return { none: {}, rsa, both: setting(keys) };
}

/** What a process on a database of the stage is told. */
export function placeOf(stage: Stage, at: { database: string; folder: string; sink: Sink }): Env {
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
  const show = async (reader: string, format: string) => {
    const out = join(folder, 'letter');
    await runCommand(product, env, ['preview', edition, reader, '--format', format, '--out', out]);
    return readFileSync(out);
  };
  const letters: { reader: string; message: Buffer }[] = [];
  for (const number of ASKED) {
    const reader = `reader${number}@readers.example`;
    // It fails where nothing in the edition is for this reader.
    const message = await show(reader, 'message').catch(() => undefined);
    if (message) letters.push({ reader, message });
  }
  const bySize = letters.sort((a, b) => a.message.length - b.message.length);
  const middle = bySize[bySize.length >> 1];
  if (!middle) throw new Error('no reader would get a letter');
  const { reader, message } = middle;
  const html = await show(reader, 'html');
  const text = await show(reader, 'text');
  return { message, html: html.toString(), text: text.toString() };
}

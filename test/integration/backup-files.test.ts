import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../src/process/config.ts';
import { openBare } from '../../src/process/context.ts';
import { createLog } from '../../src/process/log.ts';
import { makeBackup } from '../../src/steps/backup/backup.ts';
import { checkArchive } from '../../src/steps/backup/read-archive.ts';
import { writeArchive } from '../../src/steps/backup/write-archive.ts';
import { raw, sql } from '../../src/store/database.ts';
import { migrateOnly } from '../../src/store/migrations.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { restoreInto, rewrite } from '../harness/backup.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';

const clock = createClock('2026-03-02T12:00:00Z');
const ROWS = 30_000;

describe('the file of a backup', () => {
  let folder: string;
  let place: Place;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-backup-'));
    place = await createPlace('sandbox');
    file = join(folder, 'backup.gz');
    const { outside, close } = await openContext(place, clock);
    await subscribe(outside, 'ada@readers.example', { profile: { topics: ['x\u2028y', 'é"\\'] } });
    await makeBackup(outside, { file, withoutKeys: false });
    await close();
  });
  afterAll(async () => {
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is refused wherever a byte of it is wrong or missing', async () => {
    const whole = await readFile(file);
    const broken = join(folder, 'broken.gz');
    const refused = async (bytes: Buffer) => {
      await writeFile(broken, bytes);
      await expect(checkArchive(broken)).rejects.toThrow(
        /cannot be restored: .*Nothing was written/,
      );
    };
    const step = Math.ceil(whole.length / 60);
    for (let at = 0; at < whole.length; at += step) {
      // Bytes 8 and 9 say how and where it was packed: nothing hangs on them.
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      if (at !== 8 && at !== 9) await refused(flipped);
      await refused(whole.subarray(0, at));
    }
    await refused(Buffer.concat([whole, Buffer.from('more')]));
    await refused(Buffer.concat([whole, whole]));
    await rewrite(file, broken, (lines) => lines.filter((line) => !line.includes('ada@')));
    await expect(checkArchive(broken)).rejects.toThrow(/0 rows of subscriber, not 1/);
  });

  it('holds every table that the migrations make, but what is made anew and mails of readers', async () => {
    const { head } = await checkArchive(file);
    const bare = await openEmbedded(place);
    const tables = await bare.rows<{ name: string }>(
      sql`select tablename as name from pg_catalog.pg_tables
        where schemaname = 'public' and tablename not in
          ('migration', 'paper_words', 'edition_words', 'model_answer', 'alert_mail')
        order by tablename`,
    );
    await bare.close();
    expect(head.tables.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name));
  });

  it('is refused where a newer version made it, before anything is touched', async () => {
    const target = await createPlace('sandbox');
    const newer = join(folder, 'newer.gz');
    const withMigration = (line: string) =>
      line.replace('"migrations":[', '"migrations":[{"name":"9999-later","at":"2030-01-01"},');
    await rewrite(file, newer, ([head = '', ...rest]) => [withMigration(head), ...rest]);
    await expect(restoreInto(target, clock, { file: newer })).rejects.toThrow(
      /newer Paperround .*9999-later.*Nothing was written/,
    );
    await rewrite(file, newer, ([head = '', ...rest]) => [
      head.replace('"format":1', '"format":2'),
      ...rest,
    ]);
    await expect(checkArchive(newer)).rejects.toThrow(/in a format \(2\)/);
    await target.remove();
  });

  it('brings an older schema up after its rows are in', async () => {
    const older = join(folder, 'older.gz');
    const { database } = await openPglite();
    const old = ['0001-first', '0002-readers', '0003-taste', '0004-silence', '0005-ledger'];
    await migrateOnly(database, old);
    await database.rows(sql`insert into public.subscriber (address, address_key, created_at)
      values ('x\u2028y@readers.example', 'ada@readers.example', now())`);
    const { head, files } = await checkArchive(file);
    await createStore(database).backups.read((snapshot) => {
      const { migrations, tables, nextIds } = snapshot;
      const of = { ...head, migrations: [...migrations], nextIds };
      const shapes = tables.map(({ name, columns }) => ({ name, columns: [...columns] }));
      const kept = [...files].map(([name, bytes]) => ({ name, bytes }));
      return writeArchive(older, { head: { ...of, tables: shapes }, files: kept, snapshot });
    });
    await database.close();
    const target = await createPlace('sandbox');
    const report = await restoreInto(target, clock, { file: older });
    expect(report.migrated.slice(0, 2)).toEqual(['0006-feedback', '0007-pace']);
    const bare = await openEmbedded(target);
    expect(await bare.rows(sql`select id, address from public.subscriber`)).toEqual([
      { id: 1, address: 'x\u2028y@readers.example' },
    ]);
    await bare.close();
    await target.remove();
  });

  it('brings back what no file of words may lose', async () => {
    const target = await createPlace('sandbox');
    await restoreInto(target, clock, { file, isMoved: true });
    const { outside, close } = await openContext(target, clock);
    const found = await outside.store.subscribers.findByAddress('ada@readers.example');
    expect(found?.profile.topics).toEqual(['x\u2028y', 'é"\\']);
    expect(found?.schedule.days).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await close();
    await target.remove();
  });

  it('is not made where a key cannot be read, unless that is what was asked for', async () => {
    const env = { TEMPLATES_DIR: join(folder, 'own') };
    await cp('templates/mail/digest.mjml', join(folder, 'own/mail/digest.mjml'));
    const { outside, close } = await openContext(place, clock, env);
    const config = {
      ...outside.config,
      sending: {
        ...outside.config.sending,
        dkim: { domain: 'example.org', keys: [{ selector: 's1', path: join(folder, 'gone.pem') }] },
      },
    };
    const to = join(folder, 'refused.gz');
    const broken = { ...outside, config };
    await expect(makeBackup(broken, { file: to, withoutKeys: false })).rejects.toThrow(
      /gone\.pem \(DKIM_KEYS\) cannot be read/,
    );
    expect(await makeBackup(outside, { file: to, withoutKeys: false })).toMatchObject({
      files: ['keys/ring', 'templates/mail/digest.mjml'],
    });
    await rm(to);
    expect(await makeBackup(broken, { file: to, withoutKeys: true })).toMatchObject({ files: [] });
    await expect(makeBackup(outside, { file: to, withoutKeys: true })).rejects.toThrow(/is there/);
    await close();
    const target = await createPlace('sandbox');
    await expect(restoreInto(target, clock, { file: to })).rejects.toThrow(/--without-keys/);
    await target.remove();
  });
});

describe.each(backends)('a backup or restore that is killed in the %s', (backend) => {
  let folder: string;
  let place: Place;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-backup-'));
    place = await createPlace(backend);
    const { outside, close } = await openContext(place, clock);
    await subscribe(outside, 'ada@readers.example');
    await close();
    const bare = await openDatabase(place);
    await bare.rows(
      raw(`insert into public.audit (at, actor, action, subject, detail)
        select now(), 'test', 'test', md5(n::text), jsonb_build_object('words', repeat(md5(n::text), 8))
        from generate_series(1, ${ROWS}) n`),
    );
    await bare.close();
  });
  afterEach(async () => {
    await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves no file, no row, and nothing in the way of the next', async () => {
    const file = join(folder, 'backup.gz');
    const first = run(['backup', file], place);
    await until(async () => (await names(folder)).some((name) => name.startsWith('.paperround')));
    first.kill('SIGKILL');
    await ended(first);
    expect(await names(folder)).not.toContain('backup.gz');
    expect(await ended(run(['backup', file], place))).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const target = await createPlace(backend);
    const keys = place.env['SECRET_KEYS'];
    const env = { ...target.env, ...(keys ? { SECRET_KEYS: keys } : {}) };
    const killed = run(['restore', file], { ...target, env });
    await wait(backend === 'service' ? 2_500 : 3_500);
    killed.kill('SIGKILL');
    const wasKilled = (await ended(killed)) === null;
    const bare = await openBare(readConfig(env), createLog('silent'));
    await until(
      async () => backend === 'sandbox' || (await bare.store.backups.countOthers()) === 0,
    );
    expect(await bare.store.backups.isEmpty()).toBe(wasKilled);
    await bare.close();
    if (wasKilled) expect(await ended(run(['restore', file], { ...target, env }))).toBe(0);
    await target.remove();
  });

  // The embedded database writes files of its own, which the same limit would stop.
  const onService = backend === 'service' ? it : it.skip;
  onService('refuses a disk that is full and leaves nothing on it', async () => {
    const file = join(folder, 'backup.gz');
    const full = run(['backup', file], place, { limitKb: 512 });
    const said = full.stderr ? text(full.stderr) : Promise.resolve('');
    expect(await ended(full)).toBe(1);
    expect(await said).not.toContain('    at ');
    expect(await names(folder)).toEqual([]);
  });
});

function openDatabase(place: Place) {
  const url = place.env['DATABASE_URL'];
  return url ? Promise.resolve(openPostgres(url, () => {})) : openEmbedded(place);
}

async function openEmbedded(place: Place) {
  return (await openPglite(join(place.env['DATA_DIR'] ?? '', 'database'))).database;
}

/** The CLI in a process of its own; with a limit, no file of it grows past that. */
function run(words: string[], place: Place, { limitKb }: { limitKb?: number } = {}): ChildProcess {
  const limit = limitKb === undefined ? '' : `trap '' XFSZ; ulimit -f ${limitKb * 2};`;
  const command = `${limit} exec "$0" --import tsx src/cli.ts "$@"`;
  return spawn('sh', ['-c', command, process.execPath, ...words], {
    env: { ...place.env, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });
}

const names = (folder: string) => readdir(folder);

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await holds()) return;
    await wait(20);
  }
  throw new Error('it never came to that');
}

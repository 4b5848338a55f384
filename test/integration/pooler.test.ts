import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { type Database, raw } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { freePort } from '../harness/services.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { waitFor } from '../harness/wait.ts';

const server = process.env['TEST_DATABASE_URL'];
const pooler = spawnSync('sh', ['-c', 'command -v pgbouncer'], { encoding: 'utf8' }).stdout.trim();
const isHere = server !== undefined && pooler !== '';
const throughPooler = isHere ? describe : describe.skip;
if (!isHere) console.info('skipped: a pooler needs a PostgreSQL server and pgbouncer');

const READERS = 30;

throughPooler('PgBouncer with its defaults, lending by the transaction', () => {
  let folder: string;
  let process_: ChildProcess;
  let place: Place;
  let url: string;
  let sink: SmtpSink;
  const name = `pooled_${randomBytes(4).toString('hex')}`;
  let admin: Database;

  beforeAll(async () => {
    const { host, username } = new URL(server ?? '');
    const port = await freePort();
    folder = mkdtempSync(join(tmpdir(), 'paperround-pooler-'));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'users'), `"${username}" ""\n`);
    const [at, to] = host.split(':');
    writeFileSync(
      join(folder, 'pooler.ini'),
      `[databases]\n* = host=${at} port=${to}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n` +
        `listen_port = ${port}\nunix_socket_dir =\nauth_type = trust\n` +
        `auth_file = ${join(folder, 'users')}\npool_mode = transaction\n`,
    );
    const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
    process_ = spawn(pooler, ['-q', ...asUser, join(folder, 'pooler.ini')], { stdio: 'ignore' });
    url = `postgres://${username}@127.0.0.1:${port}/${name}`;
    admin = openPostgres(server ?? '', () => {});
    await admin.rows(raw(`create database ${name}`));
    place = await createPlace('service');
    sink = await openSmtpSink();
    await waitFor(async () => {
      const database = openPostgres(url, () => {});
      return database
        .rows(raw('select 1'))
        .then(() => true)
        .catch(() => false)
        .finally(() => database.close());
    });
  });
  afterAll(async () => {
    await sink?.close();
    await place?.remove();
    process_?.kill('SIGINT');
    await new Promise((resolve) => process_?.once('exit', resolve));
    await admin?.rows(raw(`drop database ${name} with (force)`));
    await admin?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('migrates, composes and sends, each reader once', async () => {
    const database = openPostgres(url, () => {});
    await migrate(database);
    await database.close();
    const clock = createClock('2026-03-03T12:00:00Z');
    const context = await openContext(place, clock, {
      DATABASE_URL: url,
      SMTP_URL: `${sink.url}?connections=5`,
    });
    try {
      const { outside } = context;
      const lease = await openLease(outside, { host: 'here', pid: 1, onLost: () => {} });
      const addresses = await prepareRound(outside, clock, READERS);
      expect(await send(outside, lease)).toMatchObject({ accepted: READERS });
      await lease.end();
      expect(sink.received.map(({ to }) => to).sort()).toEqual([...addresses].sort());
    } finally {
      await context.close();
    }
  });

  it('ends what waits in a transaction for too long', async () => {
    const database = openPostgres(url, () => {});
    const [row] = await database.transaction((tx) =>
      tx.rows<{ value: string }>(
        raw("select current_setting('idle_in_transaction_session_timeout') as value"),
      ),
    );
    expect(row?.value).toBe('30s');
    await database.close();
  });
});

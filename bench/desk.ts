/**
 * Measures how fast the pages of the desk are while an edition goes out to many readers, as a
 * ratio to the same pages when all is done: server and workers in processes of their own, on a
 * PostgreSQL and a Redis of its own, with smtp-sink (of Debian's postfix) taking the mail. Run
 * with `npx tsx bench/desk.ts [READERS]`: 5,000 where nothing is said.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, startServices } from '../test/harness/services.ts';

const READERS = Number(process.argv[2] ?? 5_000);
const LEAST_SAMPLES = 60;
/** Between two pages, as somebody would who clicks fast. */
const READING_MS = 200;
const PASSWORD = 'correct horse battery';
const PATHS = [
  '/admin',
  '/admin/editions',
  '/admin/deliveries',
  '/admin/deliveries?state=accepted',
  '/admin/subscribers?query=reader1',
  '/admin/suppressions',
  '/admin/audit',
  '/admin/queue/api/queues?page=1',
];

const services = await startServices();
const hasSink = spawnSync('sh', ['-c', 'command -v smtp-sink'], { env: withSbin() }).status === 0;
if (!services || !hasSink) {
  console.log('skipped: it needs the programs of PostgreSQL, Redis and postfix (smtp-sink)');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'paperround-bench-'));
const children: ChildProcess[] = [];
const start = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = withSbin()) => {
  const child = spawn(program, args, { env, stdio: 'ignore' });
  children.push(child);
  return child;
};
try {
  await measure(services);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string }) {
  const [port, smtpPort] = [await freePort(), await freePort()];
  // The sink leaves root for a user of the system.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  start('smtp-sink', [...user, '-c', `127.0.0.1:${smtpPort}`, '1024']);
  const env = {
    ...withSbin(),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    SMTP_CONNECTIONS: '20',
    SECRET_KEYS: `1:${'ab'.repeat(32)}`,
    DATA_DIR: folder,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    REQUESTS_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
  };
  const cli = ['--import', 'tsx', 'src/cli.ts'];
  const run = (args: readonly string[], input = '') =>
    execFileSync(process.execPath, [...cli, ...args], { env, input, encoding: 'utf8' });
  run(['migrate']);
  run(['operators', 'add', 'ada'], PASSWORD);
  const readers = join(folder, 'readers.csv');
  const rows = Array.from({ length: READERS }, (_, n) => `reader${n}@readers.example,2024-05-07`);
  writeFileSync(readers, ['address,confirmed_at', ...rows].join('\n'));
  run(['subscribers', 'import', readers, '--source', 'a list of the bench']);
  run(['import', 'sample/2025-05-07.txt']);
  start(process.execPath, [...cli, 'server'], env);
  const site = `http://127.0.0.1:${port}`;
  const cookie = await signIn(site);
  start(process.execPath, [...cli, 'workers'], env);
  await wait(3_000);
  run(['editions', 'cut']);
  const sending = start(
    process.execPath,
    [...cli, 'deliveries', 'run', '--everyone', '--yes'],
    env,
  );
  // It ends with 1 where something needs a person, and says the same.
  const today = () =>
    spawnSync(process.execPath, [...cli, '--json', 'today'], { env, encoding: 'utf8' }).stdout;
  const states = () =>
    JSON.parse(today()) as {
      accounts: { deliveries: number; openRounds: number };
      progress: { ended: number; total: number };
    };
  const begun = performance.now();
  const busy = await sample(site, cookie, () => sending.exitCode === null);
  let now = states();
  while (now.accounts.openRounds > 0 || now.progress.ended < now.progress.total) {
    for (const [path, times] of await sample(site, cookie, () => false)) {
      busy.get(path)?.push(...times);
    }
    now = states();
  }
  const seconds = (performance.now() - begun) / 1000;
  await wait(5_000);
  const least = busy.get('/admin')?.length ?? LEAST_SAMPLES;
  const idle = await sample(site, cookie, (count) => count < Math.min(least, LEAST_SAMPLES));
  const { model } = cpus()[0] ?? { model: 'a processor' };
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${now.progress.total} digests in ${Math.round(seconds)} s, on ${cpus().length} cores (${model.trim()}), ${memory} GiB; the 95th percentile of each page in ms`,
  );
  for (const path of PATHS) {
    const [running, quiet] = [busy.get(path) ?? [], idle.get(path) ?? []];
    const [a, b] = [percentile(running, 95), percentile(quiet, 95)];
    console.log(
      `${path.padEnd(36)} running ${a.toFixed(0).padStart(5)} (of ${running.length})  idle ${b.toFixed(0).padStart(5)} (of ${quiet.length})  ratio ${(a / b).toFixed(1)}`,
    );
  }
}

/** Asks for every page in turn, as one operator would, at least so often and as long as it goes on. */
async function sample(
  site: string,
  cookie: string,
  goesOn: (count: number) => boolean,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(PATHS.map((path) => [path, []]));
  for (let count = 0; count < 5 || goesOn(count); count += 1) {
    for (const path of PATHS) {
      const from = performance.now();
      const answer = await fetch(`${site}${path}`, { headers: { cookie }, redirect: 'manual' });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      times.get(path)?.push(performance.now() - from);
      await wait(READING_MS);
    }
  }
  return times;
}

async function signIn(site: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await fetch(`${site}/admin/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ name: 'ada', password: PASSWORD }),
      });
      const [cookie] = answer.headers.getSetCookie();
      if (!cookie) throw new Error(`signing in was answered with ${answer.status}`);
      return cookie.split(';')[0] ?? '';
    } catch (error) {
      if (tries > 100) throw error;
      await wait(200);
    }
  }
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** smtp-sink lies where only the system looks. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
}

/**
 * Measures a server of the service in a process of its own: pages that are the same for all beside a
 * route with the same bytes ready, one-click leaving beside a route with one durable commit, both over 40
 * connections in turns; then how late its loop and /healthz are while 200 readers are slow and one pastes 2,000
 * papers. Run with `npm run bench -- web [SECONDS]`: 4 a row where nothing is said.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { buildToken, parseKeyRing } from '../src/core/reader/keys.ts';
import { freePort, startServices } from '../test/harness/services.ts';

const SECONDS = Number(process.argv[2] ?? 4);
const CONNECTIONS = 40;
const READERS = 20_000;
const SLOW = 200;
const PASTED = 2_000;
const SECRET = `1:${'ab'.repeat(32)}`;
const TOKEN = 'a-token-of-the-bench-0123456789';
const keys = parseKeyRing(SECRET);
const GZIP = { 'accept-encoding': 'gzip' };
const SENTENCE = 'We counted birds that cross mountains by night with weather radar, once more. ';

const services = await startServices({ settings: ['fsync=on'] });
if (!services) {
  console.log('skipped: it needs the programs of PostgreSQL and Redis');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'paperround-bench-'));
const children: ChildProcess[] = [];
const start = (args: readonly string[], env: NodeJS.ProcessEnv) =>
  children.push(spawn(process.execPath, ['--import', 'tsx', ...args], { env, stdio: 'ignore' }));
try {
  await measure(services);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string }) {
  const [port, barePort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SMTP_URL: 'smtp://127.0.0.1:1',
    SECRET_KEYS: SECRET,
    DATA_DIR: folder,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    REQUESTS_PER_MINUTE: '1000000',
    METRICS_TOKEN: TOKEN,
    LOG_LEVEL: 'info',
  };
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { env });
  run('migrate');
  const readers = join(folder, 'readers.csv');
  const rows = Array.from({ length: READERS }, (_, n) => `reader${n}@readers.example,2024-05-07`);
  writeFileSync(readers, ['address,confirmed_at', ...rows].join('\n'));
  run('subscribers', 'import', readers, '--source', 'a list of the bench');
  run('import', 'sample/2025-05-07.txt');
  run('editions', 'cut', '--date', '2025-05-07');
  start(['src/cli.ts', 'server'], env);
  const site = `http://127.0.0.1:${port}`;
  const first = await untilUp(`${site}/`);
  const file = join(folder, 'front.gz');
  writeFileSync(file, first);
  start(['bench/bare.ts', String(barePort), file, databaseUrl], env);
  const bare = `http://127.0.0.1:${barePort}`;
  await untilUp(`${bare}/ready`);
  await comparePages(site, bare);
  await compareLeaving(site, bare);
  await keepBusy(site);
}

/** The bytes of a page, as they are sent, once its server answers. */
async function untilUp(url: string): Promise<Buffer> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin);
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await pool.request({ path: pathname, method: 'GET', headers: GZIP });
      return Buffer.from(await answer.body.arrayBuffer());
    } catch (error) {
      if (tries === 300) throw error;
      await wait(200);
    }
  }
}

type Ask = (place: number) => { method: 'GET' | 'POST'; path: string; body?: string };

/** Requests a second over all connections, each asking again as soon as it was answered. */
async function countRate(origin: string, ask: Ask): Promise<number> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const end = performance.now() + SECONDS * 1000;
  let asked = 0;
  let answered = 0;
  const headers = { ...GZIP, 'content-type': 'application/x-www-form-urlencoded' };
  const keepAsking = async () => {
    while (performance.now() < end) {
      const answer = await pool.request({ ...ask(asked++), headers });
      await answer.body.dump();
      if (answer.statusCode >= 400) throw new Error(`it answered ${answer.statusCode}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, keepAsking));
  await pool.close();
  return answered / SECONDS;
}

async function comparePages(site: string, bare: string): Promise<void> {
  const get =
    (path: string): Ask =>
    () => ({ method: 'GET', path });
  for (const path of ['/', '/editions/2025-05-07', '/feeds/editions.atom']) {
    const ready = await countRate(bare, get('/ready'));
    const rate = await countRate(site, get(path));
    tell(`hot ${path}`, rate, ready);
  }
}

async function compareLeaving(site: string, bare: string): Promise<void> {
  const commit = await countRate(bare, (place) => ({
    method: 'POST',
    path: `/commit/${1 + place}`,
    body: '',
  }));
  const rate = await countRate(site, (place) => ({
    method: 'POST',
    path: `/unsubscribe/${buildToken(keys, 'unsubscribe', 1 + place)}`,
    body: 'List-Unsubscribe=One-Click',
  }));
  tell('one-click leaving', rate, commit);
}

function tell(what: string, rate: number, beside: number): void {
  const ratio = (rate / beside).toFixed(2);
  console.log(
    `${what.padEnd(32)} ${rate.toFixed(0).padStart(6)} a second, beside ${beside.toFixed(0)}: ${ratio}`,
  );
}

/** Half-sent requests, a byte each half second. */
function openSlow(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const text = `GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ${'a'.repeat(1000)}`;
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++] ?? 'a'), 500);
  return socket.on('close', () => clearInterval(timer));
}

async function keepBusy(site: string): Promise<void> {
  const idle = await timeHealth(site);
  await readLag(site);
  const slow = Array.from({ length: SLOW }, () => openSlow(Number(new URL(site).port)));
  const pasted = Array.from({ length: PASTED }, (_, n) => entryOf(n)).join('\n');
  // Whoever did not leave: the last of them.
  const token = buildToken(keys, 'preferences', READERS);
  const pasting = fetch(`${site}/taste/${token}/library`, {
    method: 'POST',
    body: new URLSearchParams({ pasted }),
  }).then(({ status }) => status);
  const busy = await timeHealth(site);
  const status = await pasting;
  const lag = await readLag(site);
  for (const socket of slow) socket.destroy();
  console.log(
    `loop of the server                p99 ${(lag * 1000).toFixed(0)} ms (its timer's 10 ms are in it), while ${SLOW} readers are slow and ${PASTED} papers are pasted (${status})`,
  );
  console.log(
    `/healthz p95                      ${busy.toFixed(1)} ms, idle ${idle.toFixed(1)} ms: ${(busy / idle).toFixed(1)} times`,
  );
}

function entryOf(n: number): string {
  return `@article{k${n}, title = {Bird migration ${n} over mountains}, abstract = {${SENTENCE.repeat(4)}}}`;
}

/** The 95th percentile over the seconds of a row, in milliseconds. */
async function timeHealth(site: string): Promise<number> {
  const times: number[] = [];
  for (const end = performance.now() + SECONDS * 1000; performance.now() < end; ) {
    const from = performance.now();
    await (await fetch(`${site}/healthz`)).arrayBuffer();
    times.push(performance.now() - from);
    await wait(10);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? 0;
}

/** What one turn of a hundred was late by since this was asked last, in seconds. */
async function readLag(site: string): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await (await fetch(`${site}/metrics`, { headers })).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]);
}

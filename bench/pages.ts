/**
 * Measures the pages for everybody and the search over many papers, on a PostgreSQL of its own, with
 * helmet and limits as shipped. Hot pages are asked for over HTTP by a process of its own, in turn with a
 * ready route of the same server: answers a second and CPU of the server, as ratios to it. Pages that are
 * made anew and searches are asked for one by one, as ratios to `select 1` through a route. The texts are
 * the dev data's, mixed. Run with `npm run bench -- pages [PAPERS]`: 100,000 where nothing is said.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { paperPath } from '../src/core/paper/paper-link.ts';
import { createApp } from '../src/http/app.ts';
import { createLog } from '../src/process/log.ts';
import { sql } from '../src/store/database.ts';
import { hasData } from './data.ts';
import { type BenchPlace, openService } from './place.ts';

const PAPERS = Number(process.argv[2] ?? 100_000);
const SEARCHES = 400;
const SEARCH_TARGET_MS = 100;
const COLD_PAGES = 100;
const ROUNDS = 5;
const ASKED = 400;
const HOT_TARGET = 0.4;

if (!hasData()) process.exit(0);
const { fill, listSearches, writeAll } = await import('./pages/fill.ts');
const place = await openService(() => new Date());
try {
  await fill(place.database, PAPERS);
  await writeAll(place);
  const app = await openApp(place);
  await measureOneByOne(app, place);
  await measureHot(app, place);
  await app.close();
} finally {
  await place.close();
}

async function openApp({ outside, database }: BenchPlace): Promise<FastifyInstance> {
  const { config } = outside;
  const readers = { ...config.readers, requestsPerMinute: 100_000_000 };
  const unhurried = { ...outside, config: { ...config, readers } };
  const app = await createApp({ outside: unhurried, outbox: undefined, log: createLog('silent') });
  const ready = Buffer.alloc(10_000, 'x');
  app.get('/select-1', async () => database.rows(sql`select 1`));
  app.get('/ready', (_request, reply) => reply.type('text/html').send(ready));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}

/** What the slowest of twenty takes, one after the other, each beside a `select 1` of the same moment. */
async function measureOneByOne(app: FastifyInstance, { outside }: BenchPlace): Promise<void> {
  const timed = async (url: string) => {
    const start = performance.now();
    const { statusCode } = await app.inject({ url });
    // What cannot be searched for is told, with a 400.
    if (statusCode > 400) throw new Error(`${url} answered ${statusCode}`);
    return performance.now() - start;
  };
  const ids = Array.from(
    { length: COLD_PAGES },
    (_, n) => 1 + Math.floor((n * PAPERS) / COLD_PAGES),
  );
  const papers = await outside.store.publicPapers.listByIds(ids);
  const editions = await outside.store.shown.listNewest(COLD_PAGES / 5);
  const kinds: [string, string[]][] = [
    ['search', listSearches(SEARCHES).map((q) => `/search?${new URLSearchParams({ q })}`)],
    ['paper', papers.map(({ id, title }) => paperPath(id, title))],
    ['edition of 400', editions.map(({ name }) => `/editions/${name}`)],
  ];
  console.log('made anew             asked    p95 ms   of select 1');
  for (const [kind, urls] of kinds) {
    const all: { url: string; one: number; ms: number }[] = [];
    for (const url of urls) all.push({ url, one: await timed('/select-1'), ms: await timed(url) });
    const [ms, one] = [at95(all.map((each) => each.ms)), at95(all.map((each) => each.one))];
    const target = kind === 'search' ? `   (target ${SEARCH_TARGET_MS} ms)` : '';
    console.log(
      `${kind.padEnd(20)} ${row(urls.length, 6)} ${row(ms, 9, 1)} ${row(ms / one, 13, 1)}${target}`,
    );
    if (kind !== 'search') continue;
    for (const { url, ms: slow } of all.toSorted((a, b) => b.ms - a.ms).slice(0, 5))
      console.log(`  ${slow.toFixed(0)} ms: ${decodeURIComponent(url.slice('/search?q='.length))}`);
  }
}

interface Asked {
  readonly rate: number;
  readonly p95: number;
  /** Of this process, us a request. */
  readonly cpu: number;
}

/** Pages at hand, in turn with a ready route, so that both have the same minutes of the machine. */
async function measureHot(app: FastifyInstance, { outside }: BenchPlace): Promise<void> {
  const [newest] = await outside.store.shown.listNewest(1);
  const paths = ['/ready', '/', `/editions/${newest?.name}`, '/feeds/editions.atom', '/proposals'];
  const rounds: Asked[][] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const round: Asked[] = [];
    for (const path of paths) round.push(await ask(app.listeningOrigin + path));
    rounds.push(round);
  }
  console.log(
    `\nat hand               answers/s  of ready   CPU of ready   p95 ms   (target ${HOT_TARGET})`,
  );
  for (const [at, path] of paths.entries()) {
    const own = rounds.flatMap((round) => round[at] ?? []);
    const ratio = (of: (asked: Asked) => number) =>
      median(rounds.map((round) => of(round[at] ?? none) / of(round[0] ?? none)));
    console.log(
      `${path.padEnd(22)} ${row(median(own.map(({ rate }) => rate)), 8)} ${row(
        ratio(({ rate }) => rate),
        9,
        2,
      )} ${row(
        ratio(({ cpu }) => 1 / cpu),
        14,
        2,
      )} ${row(median(own.map(({ p95 }) => p95)), 8, 1)}`,
    );
  }
}

const none: Asked = { rate: Number.NaN, p95: Number.NaN, cpu: Number.NaN };

async function ask(address: string): Promise<Asked> {
  const client = join(import.meta.dirname, 'pages/client.ts');
  const before = process.cpuUsage();
  const args = ['--import', 'tsx', client, address, String(ASKED)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { user, system } = process.cpuUsage(before);
  const { rate, p95 } = JSON.parse(stdout) as { rate: number; p95: number };
  return { rate, p95, cpu: (user + system) / ASKED };
}

function at95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function row(value: number, width: number, digits = 0): string {
  return value.toFixed(digits).padStart(width);
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Database, getRow, raw } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, openContext } from '../harness/context.ts';
import { startServices } from '../harness/services.ts';
import { type Evening, type Ground, liveMonth, openSink } from './month.ts';

/**
 * The soak: a month of simulated days in each of the two ways to run, all of it in this process, on
 * a clock that is moved. At its end memory, handles and the queue hold what they held on day five, within a
 * tenth, and the database grows by what it grew by then. `--write` keeps the table in
 * docs/reliability.md.
 */
const { values: given } = parseArgs({
  options: {
    days: { type: 'string', default: '30' },
    readers: { type: 'string', default: '2000' },
    papers: { type: 'string', default: '60' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const month = {
  days: Number(given.days),
  readers: Number(given.readers),
  papers: Number(given.papers),
};
const FIFTH = 5;
const TENTH = 1.1;
/** What is small moves by more than a tenth by chance: so many megabytes, handles or jobs do not count. */
const SLACK = 8;
const BEGIN = '2026-03-01T12:00:00Z';

const folder = mkdtempSync(join(tmpdir(), 'paperround-soak-'));
const common = {
  DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  LOOK_UP_PAPERS: 'false',
  KEEP_DIGESTS_DAYS: '16',
  KEEP_DELIVERIES_DAYS: '16',
  KEEP_ATTEMPTS_DAYS: '8',
};

async function openSandbox(): Promise<Ground & { close(): Promise<void> }> {
  const sink = await openSink();
  const clock = createClock(BEGIN);
  const place = { env: { ...common, SMTP_URL: sink.url }, remove: async () => {} };
  const context = await openContext(place, clock);
  return {
    context,
    clock,
    sink,
    databaseMb: async () => sizeOf(join(folder, 'database')) / 1e6,
    async close() {
      await context.close();
      await sink.close();
    },
  };
}

function sizeOf(path: string): number {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

async function openService(): Promise<Ground & { close(): Promise<void> }> {
  const services = await startServices();
  if (!services) throw new Error('the service needs PostgreSQL and redis-server');
  const database: Database = openPostgres(services.databaseUrl, () => {});
  await migrate(database);
  const sink = await openSink();
  const clock = createClock(BEGIN);
  const env = {
    ...common,
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    SECRET_KEYS: `1:${'ab'.repeat(32)}`,
    SMTP_URL: sink.url,
  };
  const context = await openContext({ env, remove: async () => {} }, clock);
  const size = raw('select pg_database_size(current_database())::bigint as bytes');
  return {
    context,
    clock,
    sink,
    databaseMb: async () => (await getRow<{ bytes: number }>(database, size)).bytes / 1e6,
    async close() {
      await context.close();
      await sink.close();
      await database.close();
      await services.stop();
    },
  };
}

/** Each thing that is held: on day five, at the end, and whether that is within a tenth. */
function judge(evenings: readonly Evening[]) {
  const fifth = evenings[FIFTH - 1];
  const last = evenings.at(-1);
  if (!fifth || !last) throw new Error('a soak takes six days at least');
  const growthTo = (day: number) =>
    ((evenings[day]?.databaseMb ?? 0) - (evenings[day - 3]?.databaseMb ?? 0)) / 3;
  const rows = [
    ['memory in use after a collection, MB', fifth.heapMb, last.heapMb],
    ['resident memory, MB', fifth.residentMb, last.residentMb],
    ['open handles', fifth.handles, last.handles],
    ['jobs in the queue', fifth.jobs, last.jobs],
    ['growth of the database, MB a day', growthTo(FIFTH - 1), growthTo(evenings.length - 1)],
    ['letters of the day', fifth.letters, last.letters],
  ] as const;
  return rows.map(([what, before, after]) => ({
    what,
    before: Math.round(before * 10) / 10,
    after: Math.round(after * 10) / 10,
    isFine: after <= Math.max(before * TENTH, before + SLACK),
  }));
}

const ways = { sandbox: openSandbox, service: openService };
const lines: string[] = [];
for (const [way, open] of Object.entries(ways)) {
  if (given.only !== undefined && given.only !== way) continue;
  const ground = await open();
  const evenings = await liveMonth(ground, month, (day, evening) =>
    console.log(way, day, JSON.stringify(evening)),
  ).finally(() => ground.close());
  for (const { what, before, after, isFine } of judge(evenings)) {
    lines.push(`| ${way} | ${what} | ${before} | ${after} | ${isFine ? 'yes' : '**no**'} |`);
    if (!isFine) process.exitCode = 1;
  }
}
rmSync(folder, { recursive: true, force: true });
const table = [
  `${month.days} days, ${month.readers} readers, ${month.papers} papers a day:`,
  '',
  '| | what | day 5 | at the end | within a tenth |',
  '|---|---|--:|--:|---|',
  ...lines,
].join('\n');
console.log(table);
if (given.write) {
  const page = readFileSync('docs/reliability.md', 'utf8');
  const marked = /<!-- soak -->[\s\S]*<!-- end of soak -->/;
  writeFileSync(
    'docs/reliability.md',
    page.replace(marked, () => `<!-- soak -->\n${table}\n<!-- end of soak -->`),
  );
}
process.exit();

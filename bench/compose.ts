/**
 * Measures composing: from an opened round to a frozen one, on a durable PostgreSQL of its own,
 * over editions of 84 papers, with readers of every kind; on the first day, and on the second,
 * when each has a history. Then what one delivery takes up in the database, by table. Run with
 * `npx tsx bench/compose.ts [READERS]`; `sandbox` as a second word measures the embedded one.
 */
import { composeRound } from '../src/steps/digests/compose.ts';
import { openRound } from '../src/steps/digests/open-round.ts';
import type { Outside } from '../src/steps/steps.ts';
import { type Database, raw } from '../src/store/database.ts';
import { openSandbox, openService } from './place.ts';
import { accept, cpuOf, cut, DAY_MS, giveTastes, importReaders } from './round-data.ts';

const readers = Number(process.argv[2] ?? 4000);
const isSandbox = process.argv[3] === 'sandbox';

/** What a piece of work gave, and what of it fell to each reader, in microseconds. */
async function measure<Result>(work: () => Promise<Result>, postgres: number | undefined) {
  const [start, own, theirs] = [performance.now(), process.cpuUsage(), cpuOf(postgres)];
  const result = await work();
  const wallUs = Math.round(((performance.now() - start) * 1000) / readers);
  const { user, system } = process.cpuUsage(own);
  const ownUs = Math.round((user + system) / readers);
  const postgresUs = Math.round(((cpuOf(postgres) - theirs) * 1e6) / readers);
  return { result, cost: { wallUs, ownUs, postgresUs } };
}

async function composeDay(outside: Outside, day: number, postgres?: number): Promise<void> {
  const { result: roundId, cost: opening } = await measure(() => openRound(outside), postgres);
  if (roundId === undefined) throw new Error('nobody is due');
  const { result, cost: composing } = await measure(() => composeRound(outside, roundId), postgres);
  if (!result.isFrozen) throw new Error('the round is not frozen');
  const rate = Math.round(1e6 / (opening.wallUs + composing.wallUs));
  const { deliveries } = result;
  console.log(JSON.stringify({ day, aSecond: rate, deliveries, opening, composing }));
}

const tables = ['delivery', 'digest', 'outcome', 'attempt', 'kept_digest'];

async function tellSizes(database: Database): Promise<void> {
  const { rows } = (
    await database.rows<{ rows: number }>(raw('select count(*)::int as rows from public.delivery'))
  )[0] ?? { rows: 1 };
  let total = 0;
  for (const table of tables) {
    const [size] = await database.rows<{ heap: number; indexes: number }>(
      raw(`select pg_table_size('public.${table}')::int8 as heap,
        pg_indexes_size('public.${table}')::int8 as indexes`),
    );
    const [heap, indexes] = [(size?.heap ?? 0) / rows, (size?.indexes ?? 0) / rows];
    total += heap + indexes;
    console.log(
      `${table.padEnd(12)} rows ${heap.toFixed(0).padStart(5)}  indexes ${indexes.toFixed(0).padStart(5)}`,
    );
  }
  console.log(`bytes a delivery, of ${rows}: ${total.toFixed(0)}`);
}

let at = new Date('2026-03-02T00:00:00Z');
const place = await (isSandbox ? openSandbox : openService)(() => at);
try {
  const { outside, database, postgres } = place;
  await importReaders(database, { readers, at });
  await giveTastes(database, at);
  await database.rows(raw('vacuum analyze'));
  for (const day of [1, 2]) {
    at = new Date(new Date('2026-03-02T07:00:00Z').getTime() + day * DAY_MS - 1000);
    await cut(outside, day);
    at = new Date(at.getTime() + 2000);
    await composeDay(outside, day, postgres);
    await accept(database, { readers, at });
  }
  await tellSizes(database);
} finally {
  await place.close();
}

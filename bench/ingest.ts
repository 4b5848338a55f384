/**
 * Measures a large day: 2,000 arXiv items read, cleaned and stored, against the time that
 * rss-parser alone takes to read the same text. On the embedded database in memory, and on
 * PostgreSQL where BENCH_DATABASE_URL names an empty database. Run with `npx tsx bench/ingest.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import RssParser from 'rss-parser';
import type { Paper } from '../src/core/paper/paper.ts';
import { parsePaperList } from '../src/core/paper/paper-list.ts';
import { parseArxiv } from '../src/feeds/arxiv.ts';
import { storePapers } from '../src/steps/feeds/store-papers.ts';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrations.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { createStore } from '../src/store/store.ts';

const ITEMS = 2000;
const ROUNDS = 5;
const CUT = { minuteOfDay: 60, zone: 'America/New_York' };
const AT = new Date('2026-07-09T05:10:00Z');

/** A day of arXiv in its own shape, with the sample's texts and some TeX in every item. */
function makeDay(): string {
  const file = join(import.meta.dirname, '../sample/2025-05-07.txt');
  const texts = parsePaperList(readFileSync(file, 'utf8'), AT);
  const toXml = (text: string) => text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);
  const items = Array.from({ length: ITEMS }, (_, number) => {
    const { title = '', abstract = '' } = texts[number % texts.length] ?? {};
    const id = `2607.${String(10000 + number)}`;
    return `<item><title>${toXml(title)}: $\\mathcal{O}(n^2)$ in case ${number}</title>
      <link>https://arxiv.org/abs/${id}</link>
      <description>arXiv:${id}v1 Announce Type: new \nAbstract: ${toXml(abstract)} For $\\alpha \\leq ${number}$ it \\emph{holds} in 50\\% of cases.</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}v1</guid>
      <category>cs.LG</category><category>math.OC</category>
      <pubDate>Thu, 09 Jul 2026 00:00:00 -0400</pubDate><arxiv:announce_type>new</arxiv:announce_type>
      <dc:creator>Jos\\'e P\\'erez (Universidad, M\\'exico), Ren\\'e M\\"uller, Ada Author</dc:creator></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>updates on arXiv.org</title><pubDate>Thu, 09 Jul 2026 00:00:00 -0400</pubDate>${items.join('')}</channel></rss>`;
}

/** The best of some rounds, in seconds: what the machine does else is in the others. */
async function best(run: () => Promise<unknown>, rounds = ROUNDS): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
const residentMemory = () => megabytes(process.memoryUsage().rss);

/** What is left after a collection. */
function heapInUse(): string {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return megabytes(process.memoryUsage().heapUsed);
}

/** Stores a day once and then once more, when all of it is known. */
async function measureStore(
  name: string,
  database: Database,
  papers: readonly Paper[],
  plain: number,
) {
  await migrate(database);
  const store = createStore(database);
  const feed = await store.feeds.insert({ name, kind: 'arxiv', address: 'cs.LG', at: AT });
  const run = () =>
    store.transaction((tx) =>
      storePapers(tx, papers, { cut: CUT, at: AT, ...(feed && { feedId: feed.id }) }),
    );
  const first = await best(run, 1);
  report(`stored in ${name}`, first, plain);
  report(`stored in ${name} again (all known)`, await best(run, 3), plain);
  await database.close();
}

function report(stage: string, seconds: number, plain: number): void {
  const ratio = (seconds / plain).toFixed(1);
  console.log(`${stage.padEnd(44)} ${seconds.toFixed(3)} s  ${ratio.padStart(5)} × rss-parser`);
}

const xml = makeDay();
const bytes = Buffer.from(xml);
console.log(`${ITEMS} arXiv items, ${megabytes(bytes.length)}; memory ${residentMemory()}`);
const plain = await best(() => new RssParser().parseString(xml));
report('rss-parser alone', plain, plain);
report('parsed, cleaned and checked', await best(() => parseArxiv(bytes)), plain);
const { papers, refusals } = await parseArxiv(bytes);
if (papers.length !== ITEMS || refusals.length > 0) throw new Error('some items were refused');
const before = [residentMemory(), heapInUse()];
for (let day = 0; day < 10; day += 1) await parseArxiv(bytes);
console.log(`memory, and of it in use: ${before.join(', ')}`);
console.log(`the same after ten more days: ${[residentMemory(), heapInUse()].join(', ')}`);

const { database } = await openPglite();
await measureStore('PGlite', database, papers, plain);
const url = process.env['BENCH_DATABASE_URL'];
if (url) {
  await measureStore(
    'PostgreSQL',
    openPostgres(url, () => {}),
    papers,
    plain,
  );
} else {
  console.log('PostgreSQL: skipped, BENCH_DATABASE_URL is not set.');
}
console.log(`memory at the end: ${residentMemory()}`);

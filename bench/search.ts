/**
 * Measures the search over many papers on a PostgreSQL of its own: what the slowest of twenty searches
 * takes, and its ratio to `select 1` through a route of the same server. The texts are the dev data's,
 * mixed. Run with `npm run bench -- search [PAPERS]`: 100,000 where nothing is said.
 */
import { paperPath } from '../src/core/paper/paper-link.ts';
import { createApp } from '../src/http/app.ts';
import { createLog } from '../src/log.ts';
import { writeWords } from '../src/steps/editions/words.ts';
import { type Database, json, sql } from '../src/store/database.ts';
import { hasData, readLines } from './data.ts';
import { type BenchPlace, openService } from './place.ts';

const PAPERS = Number(process.argv[2] ?? 100_000);
const A_DAY = 400;
const SEARCHES = 400;
const TARGET_MS = 100;
const PAGES = 100;

interface Text {
  readonly title: string;
  readonly abstract?: string;
}

if (!hasData()) process.exit(0);
const texts = readLines<Text>('authors.papers.jsonl.gz').filter(({ abstract }) => abstract);
const place = await openService(() => new Date());
try {
  await fill(place.database);
  await writeAll(place);
  await measure(place);
} finally {
  await place.close();
}

/** Papers by the day, each with the title of one text and the sentences of two others. */
async function fill(db: Database): Promise<void> {
  for (let first = 0, day = 0; first < PAPERS; first += A_DAY, day += 1) {
    const papers = Array.from({ length: Math.min(A_DAY, PAPERS - first) }, (_, n) =>
      mix(first + n),
    );
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    await db.rows(sql`with edition as (
        insert into public.edition (name, date, state, is_sample, opened_at, cut_at, released_at)
        values (${date}, ${date}, 'closed', false, ${date}::date, ${date}::date, ${date}::date)
        returning id),
      edition_group as (
        insert into public.edition_group (edition_id, number, label, overview)
        select id, 0, 'Everything', '' from edition returning edition_id),
      paper as (
        insert into public.paper (title, abstract, authors, categories, ids, first_seen_at, edition_id)
        select p.title, p.abstract, p.authors, p.categories, '{}', ${date}::date, e.id
        from edition e, jsonb_to_recordset(${json(papers)}::jsonb)
          as p(title text, abstract text, authors jsonb, categories jsonb)
        returning id, title, authors, edition_id)
      insert into public.edition_paper
        (edition_id, paper_id, position, group_number, title, authors, summary)
      select p.edition_id, p.id, p.id, null, p.title, p.authors, ''
      from paper p, (select count(*) from edition_group) g`);
  }
}

function mix(n: number) {
  const text = (at: number) => texts[(at * 7919) % texts.length] ?? texts[0];
  const sentences = [text(n + 1), text(n * 3 + 2)].map((each) => each?.abstract?.split('. ') ?? []);
  return {
    title: text(n)?.title ?? '',
    abstract: [...(sentences[0] ?? []).slice(0, 4), ...(sentences[1] ?? []).slice(-3)].join('. '),
    authors: [{ name: `Given${n % 97} Family${n % 8_999}` }, { name: `Ada Family${n % 911}` }],
    categories: [['cs.LG', 'cs.CL', 'q-bio.NC', 'math.ST'][n % 4]],
  };
}

async function writeAll({ outside, database }: BenchPlace): Promise<void> {
  const before = process.cpuUsage();
  const read = await writeWords(outside);
  const { user, system } = process.cpuUsage(before);
  console.log(`${read} papers read, ${Math.round((user + system) / read)} us of CPU each`);
  await database.rows(sql`analyze`);
  const [size] = await database.rows<{ words: string; found: string }>(sql`select
    pg_size_pretty(pg_total_relation_size('public.paper_words')) as words,
    pg_size_pretty(pg_relation_size('public.paper_words_found')) as found`);
  console.log(`the words take ${size?.words}, their index ${size?.found} of it`);
}

/** What people type: a common word, names, some words of a title, a phrase, a beginning, fields. */
function searches(): string[] {
  const words = texts.flatMap(({ title }) => title.match(/[\p{L}\p{N}-]{3,}/gu) ?? []);
  const word = (n: number) => words[(n * 104_729) % words.length] ?? 'model';
  const kinds: readonly ((n: number) => string)[] = [
    (n) => word(n),
    (n) => `${word(n)} ${word(n + 1)}`,
    (n) => words.slice((n * 7) % words.length, ((n * 7) % words.length) + 3).join(' '),
    (n) => `"${words.slice((n * 11) % words.length, ((n * 11) % words.length) + 2).join(' ')}"`,
    (n) => `${word(n).slice(0, 5)}*`,
    (n) => `author:family${n % 911} ${word(n)}`,
    (n) => `category:cs.LG ${word(n)} date:2024`,
    (n) => `learning -${word(n)}`,
    () => 'model',
    () => '"machine learning"',
  ];
  return Array.from({ length: SEARCHES }, (_, n) => kinds[n % kinds.length]?.(n) ?? 'model');
}

/** A hundred papers of all days. */
function listSpread({ store }: BenchPlace['outside']) {
  const ids = Array.from({ length: PAGES }, (_, n) => 1 + Math.floor((n * PAPERS) / PAGES));
  return store.publicPapers.listByIds(ids);
}

async function measure({ outside, database }: BenchPlace): Promise<void> {
  const app = await createApp({ outside, outbox: undefined, log: createLog('silent') });
  app.get('/select-1', { config: { rateLimit: false } }, async () => database.rows(sql`select 1`));
  const timed = async (url: string) => {
    const start = performance.now();
    const { statusCode } = await app.inject({ url });
    if (statusCode >= 400 && statusCode !== 400) throw new Error(`${url} answered ${statusCode}`);
    return performance.now() - start;
  };
  const all: { typed: string; ms: number; one: number }[] = [];
  for (const typed of searches()) {
    const one = await timed('/select-1');
    all.push({ typed, one, ms: await timed(`/search?${new URLSearchParams({ q: typed })}`) });
  }
  const papers = await listSpread(outside);
  const pages: number[] = [];
  for (const { id, title } of papers) pages.push(await timed(paperPath(id, title)));
  await app.close();
  const at95 = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
  const [search, one] = [at95(all.map(({ ms }) => ms)), at95(all.map((each) => each.one))];
  console.log(
    `${PAPERS} papers, ${all.length} searches: p95 ${search.toFixed(1)} ms, ${(search / one).toFixed(0)} times select 1 (${one.toFixed(2)} ms); target ${TARGET_MS} ms`,
  );
  console.log(`a paper's page, made anew: p95 ${at95(pages).toFixed(1)} ms of ${pages.length}`);
  for (const { typed, ms } of all.toSorted((a, b) => b.ms - a.ms).slice(0, 8))
    console.log(`  ${ms.toFixed(0)} ms: ${typed}`);
}

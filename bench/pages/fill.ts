import { writeWords } from '../../src/steps/editions/words.ts';
import { type Database, json, sql } from '../../src/store/database.ts';
import { readLines } from '../data.ts';
import type { BenchPlace } from '../place.ts';

const A_DAY = 400;

interface Text {
  readonly title: string;
  readonly abstract?: string;
}

const texts = readLines<Text>('authors.papers.jsonl.gz').filter(({ abstract }) => abstract);

/** Papers by the day, each with the title of one text and the sentences of two others. */
export async function fill(db: Database, papers: number): Promise<void> {
  for (let first = 0, day = 0; first < papers; first += A_DAY, day += 1) {
    const drawn = Array.from({ length: Math.min(A_DAY, papers - first) }, (_, n) => mix(first + n));
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
        from edition e, jsonb_to_recordset(${json(drawn)}::jsonb)
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

/** Writes the words of all of them, and tells what that took. */
export async function writeAll({ outside, database }: BenchPlace): Promise<void> {
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
export function listSearches(count: number): string[] {
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
  return Array.from({ length: count }, (_, n) => kinds[n % kinds.length]?.(n) ?? 'model');
}

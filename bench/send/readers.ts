import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, raw, sql } from '../../src/store/database.ts';

/** Whose votes all who vote have, so that a taste is learned by the product and not made up here. */
const TEACHERS = 4;
/** Who gets a letter before the clock runs. */
export const WARM_READERS = 500;
const FIELDS = ['language', 'machine-learning', 'artificial-intelligence', 'vision', 'robotics'];
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Etc/UTC'];
const columns = 'address,confirmed_at,fields,topics,exclude,papers,zone,days';

/** Addresses of those who teach. */
export const teachers = Array.from({ length: TEACHERS }, (_, n) => `teacher${n}@readers.example`);

/** The titles of a list of papers. */
export function titlesOf(papers: string): string[] {
  return papers.split(/\n\s*\n/).filter((_, at) => at % 2 === 0);
}

/** Neighbouring words of a title, from a place that the number gives: what a reader may ask for. */
function phraseOf(title = '', number: number): string {
  const words = title.split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length > 2);
  const from = number % Math.max(1, words.length - 1);
  return words.slice(from, from + 1 + (number % 2)).join(' ');
}

/**
 * A reader's wishes by their number, four kinds in turn: topics, fields, votes (with two topics
 * for every other of them), none. All get mail every day.
 */
function wishesOf(number: number, titles: readonly string[]): string {
  const kind = number % 4;
  const phrase = (n: number) => phraseOf(titles[(number * 7 + n * 13) % titles.length], number + n);
  const many = (count: number) => Array.from({ length: count }, (_, n) => phrase(n)).join('|');
  const topics = kind === 0 ? many(3 + (number % 5)) : kind === 2 && number % 8 > 3 ? many(2) : '';
  const fields = kind === 1 ? `${FIELDS[number % 5]}|${FIELDS[(number + 2) % 5]}` : '';
  const exclude = number % 3 === 0 ? 'Minecraft' : '';
  return `${fields},${topics},${exclude},10,${ZONES[number % ZONES.length]},1|2|3|4|5|6|7`;
}

/** Writes files of readers as an import reads them: those who are measured, who warm up, who teach. */
export function writeReaders(folder: string, count: number, titles: readonly string[]) {
  const today = new Date().toISOString().slice(0, 10);
  const write = (name: string, addresses: readonly string[]) => {
    const file = join(folder, `${name}.csv`);
    const rows = addresses.map((address, n) => `${address},${today},${wishesOf(n, titles)}`);
    writeFileSync(file, [columns, ...rows].join('\n'));
    return file;
  };
  const named = (word: string, many: number) =>
    Array.from({ length: many }, (_, n) => `${word}${n}@readers.example`);
  return [
    write('readers', named('reader', count)),
    write('warm', named('warm', WARM_READERS)),
    write('teachers', teachers),
  ];
}

/**
 * Lets teachers vote on papers of an earlier edition, five to forty times, and gives each an
 * entry of a library, which the product meets when it looks at them and learns from both.
 */
export async function castVotes(db: Database): Promise<void> {
  await db.rows(sql`
    insert into public.vote (subscriber_id, paper_id, way, at)
    select r.id, p.id, case when p.number % 4 = 0 then 'less' else 'more' end, now()
    from (select id, row_number() over (order by id) as number from public.subscriber
      where address like 'teacher%') r
    join (select id, row_number() over (order by id) as number from public.paper) p
      on (p.number * 31 + r.number * 17) % 84 < r.number * 10`);
  await db.rows(sql`
    insert into public.library (subscriber_id, key, added_at)
    select r.id, (select k.key from public.paper_key k order by k.paper_id, k.key limit 1), now()
    from public.subscriber r where r.address like 'teacher%'`);
}

/** Gives a quarter of the readers the votes and the taste of a teacher each. Throws where no taste was learned. */
export async function spreadVotes(db: Database): Promise<void> {
  const pupils = `(select s.id, row_number() over (order by s.id) as number from public.subscriber s
    where s.address like 'reader%' or s.address like 'warm%')`;
  const teaching = `(select t.id, row_number() over (order by t.id) as number
    from public.subscriber t where t.address like 'teacher%')`;
  const pairs = `from ${pupils} r join ${teaching} t
    on r.number % 4 = 3 and (r.number / 4) % ${TEACHERS} + 1 = t.number`;
  for (const table of ['vote', 'taste']) {
    const names = await db.rows<{ name: string }>(sql`select column_name as name
      from information_schema.columns where table_schema = 'public' and table_name = ${table}
        and column_name <> 'subscriber_id' and is_generated = 'NEVER'`);
    const own = names.map(({ name }) => name);
    const theirs = own.map((name) => `v.${name}`).join(', ');
    await db.rows(
      raw(`insert into public.${table} (subscriber_id, ${own.join(', ')})
      select r.id, ${theirs} ${pairs} join public.${table} v on v.subscriber_id = t.id`),
    );
  }
}

/** Nobody falls due by the clock while this runs. */
export async function postponeAll(db: Database): Promise<void> {
  await db.rows(sql`update public.subscription set next_due_at = now() + interval '3 days',
    next_due_date = ((now() + interval '3 days') at time zone zone)::date`);
}

/** Makes those whose address begins so due in some seconds, on today's date of theirs. */
export async function makeDue(db: Database, word: string, inSeconds: number): Promise<void> {
  await db.rows(sql`update public.subscription s
    set next_due_at = now() + make_interval(secs => ${inSeconds}::double precision),
      next_due_date = (now() at time zone s.zone)::date
    from public.subscriber r where r.id = s.subscriber_id and r.address like ${`${word}%`}`);
}

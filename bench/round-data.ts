/** Readers of every kind, days of 84 papers, and what it cost: what benches of composing have in common. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paper } from '../src/core/paper/paper.ts';
import { parsePaperList } from '../src/core/paper/paper-list.ts';
import { packTaste } from '../src/core/ranking/packed-taste.ts';
import { learnTaste } from '../src/core/ranking/taste.ts';
import { fields } from '../src/core/reader/fields.ts';
import { emptyProfile, type Profile } from '../src/core/reader/subscription.ts';
import { finish } from '../src/core/reading/work.ts';
import { cutNow } from '../src/steps/editions/cut.ts';
import { storePapers } from '../src/steps/feeds/store-papers.ts';
import type { Outside } from '../src/steps/steps.ts';
import { type Database, json, raw, sql } from '../src/store/database.ts';

const PAPERS = 84;
export const DAY_MS = 24 * 3_600_000;
const TASTES = 200;

/** Marsaglia's xorshift: the same readers in every run. */
export function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

const sample = parsePaperList(
  readFileSync(join(import.meta.dirname, '../sample/2025-05-07.txt'), 'utf8'),
  new Date(0),
);
const sentences = sample.flatMap(({ abstract }) => abstract.split(/(?<=\.) /));
const titles = sample.map(({ title }) => title.split(' '));

/** A day's papers of the sample's words, each with a category, authors and sometimes votes. */
export function makePapers(day: number): Paper[] {
  const dice = createDice(7 + day);
  const half = (words: readonly string[] = []) => words.slice(0, Math.ceil(words.length / 2));
  return Array.from({ length: PAPERS }, (_, at) => ({
    title: [half(titles[dice(titles.length)]), half(titles[dice(titles.length)])].flat().join(' '),
    abstract: Array.from({ length: 7 }, () => sentences[dice(sentences.length)]).join(' '),
    authors: Array.from({ length: 5 }, () => ({ name: `Ada${dice(90)} Writer${dice(900)}` })),
    categories: [fields[dice(40)]?.categories[0] ?? '', fields[dice(40)]?.categories[0] ?? ''],
    ids: { doi: `10.5555/day${day}.${at}` },
    link: `https://papers.example/${day}/${at}`,
    publishedAt: new Date(0),
    ...(dice(4) === 0 ? { upvotes: dice(60) } : {}),
  }));
}

/** A third asks for nothing, a third for topics, a sixth for fields; a sixth has topics and votes. */
function makeProfile(reader: number, dice: (sides: number) => number): Profile {
  const phrase = () => {
    const title = titles[dice(titles.length)] ?? [];
    const from = dice(Math.max(1, title.length - 1));
    return title.slice(from, from + 1 + dice(2)).join(' ');
  };
  const kind = reader % 6;
  if (kind < 2) return emptyProfile;
  return {
    ...emptyProfile,
    topics: kind === 4 ? [] : Array.from({ length: 1 + dice(5) }, phrase),
    fields: kind === 4 ? [fields[dice(40)]?.id ?? '', fields[dice(40)]?.id ?? ''] : [],
    exclude: dice(3) === 0 ? [phrase()] : [],
    authors: dice(3) === 0 ? [`Ada${dice(90)} Writer${dice(900)}`] : [],
  };
}

export async function importReaders(
  database: Database,
  { readers, at }: { readers: number; at: Date },
): Promise<void> {
  const dice = createDice(11);
  for (let from = 0; from < readers; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, readers - from) }, (_, offset) => ({
      address: `reader${from + offset}@readers.example`,
      profile: makeProfile(from + offset, dice),
    }));
    await database.rows(sql`with given as (select * from jsonb_to_recordset(${json(rows)}::jsonb)
        as g(address text, profile jsonb)),
      made as (insert into public.subscriber (address, address_key, created_at)
        select address, address, ${at} from given returning id, address)
      insert into public.subscription (subscriber_id, state, profile, papers_per_digest, days,
        minute_of_day, zone, next_due_at, next_due_date, confirmed_at, created_at)
      select m.id, 'active', g.profile, 10, '{1,2,3,4,5,6,7}', 420, 'Etc/UTC',
        ${new Date('2026-03-03T07:00:00Z')}, '2026-03-03', ${at}, ${at}
      from made m join given g on g.address = m.address order by m.id`);
  }
}

/** Every sixth reader voted on 5 to 50 papers of other days. */
export async function giveTastes(database: Database, at: Date): Promise<void> {
  const papers = makePapers(99);
  const tastes = Array.from({ length: TASTES }, (_, reader) => {
    const dice = createDice(reader + 1);
    const votes = Array.from({ length: 5 + dice(46) }, (_, vote) => {
      const { title = '', abstract = '' } = papers[dice(PAPERS)] ?? {};
      return { kind: vote % 4 === 0 ? ('less' as const) : ('more' as const), title, abstract, at };
    });
    const taste = finish(learnTaste(votes, at));
    if (!taste) throw new Error('no votes, no taste');
    return packTaste(taste);
  });
  for (const [place, taste] of tastes.entries()) {
    await database.rows(sql`insert into public.taste (subscriber_id, content, learned_at)
      select id, ${json(taste)}, ${at} from public.subscriber
      where (id - 1) % 6 = 5 and (id - 1) / 6 % ${TASTES} = ${place}`);
  }
}

export async function cut(outside: Outside, day: number): Promise<void> {
  const { store, config, now } = outside;
  await store.transaction((tx) => storePapers(tx, makePapers(day), { cut: config.cut, at: now() }));
  await cutNow(outside);
}

/**
 * Seconds of processor time that PostgreSQL and all that it ever started used so far, by Linux's
 * count in hundredths; 0 in the sandbox.
 */
export function cpuOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fieldsOf = (id: number | string) => {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  };
  const sum = (stat: readonly string[], count: number) =>
    stat.slice(11, 11 + count).reduce((total, ticks) => total + Number(ticks), 0);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const living = children.map((id) => sum(fieldsOf(id), 2));
  return (sum(fieldsOf(pid), 4) + living.reduce((a, b) => a + b, 0)) / 100;
}

/** As if the relay had taken everything, each in a statement like those of the ledger. */
export async function accept(
  database: Database,
  { readers, at }: { readers: number; at: Date },
): Promise<void> {
  for (const step of [
    `state = 'sending', fence = fence + 1, attempts = attempts + 1, next_at = null`,
    'in_flight_at = clock_timestamp()',
    `state = 'accepted', accepted_at = '${at.toISOString()}', ended_at = '${at.toISOString()}',
      last_reply = '250 2.0.0 Ok: queued as 4XyZ1234567890'`,
  ]) {
    const from = step.startsWith("state = 'sending") ? 'ready' : 'sending';
    for (let first = 0; first <= readers * 2; first += 500) {
      await database.rows(
        raw(`update public.delivery set ${step}
        where state = '${from}' and id > ${first} and id <= ${first + 500}`),
      );
    }
  }
  await database.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence,
      relay, started_at, body_started_at, ended_at, outcome, verdict, code, enhanced_code, reply)
    select id, edition_id, 1, fence, 'smtp.example:25', accepted_at, accepted_at, accepted_at,
      'accepted', 'accepted', 250, '2.0.0', last_reply
    from public.delivery d where not exists (
      select 1 from public.attempt a where a.delivery_id = d.id)`);
  await database.rows(raw('vacuum analyze'));
}

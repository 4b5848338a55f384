/**
 * Measures what citations cost: composing a morning of readers with twenty works each, of which some
 * were cited since yesterday, beside a morning without any; and from answers of a server on this
 * machine how many requests a day each source is asked for all their works. Run with
 * `npm run bench -- cited [READERS]`; PostgreSQL and Redis are started for it.
 */
import { CITATION_SOURCES, CITATIONS } from '../src/core/citations/sources.ts';
import { nextTurn } from '../src/core/citations/turns.ts';
import { API_KINDS } from '../src/core/feed/sources.ts';
import { createFeeds } from '../src/feeds/feeds.ts';
import { composeRound } from '../src/steps/digests/compose.ts';
import { openRound } from '../src/steps/digests/open-round.ts';
import { type Database, raw, sql } from '../src/store/database.ts';
import { playWorld, type World, type WorldPaper } from '../test/harness/citing-world.ts';
import { openFeedServer } from '../test/harness/feed-server.ts';
import { cutWith } from '../test/harness/morning.ts';
import { makePapers } from '../test/harness/papers.ts';
import { openService } from './place.ts';

const readers = Number(process.argv[2] ?? 3_000);
const WORKS = 20;
/** One work in so many is another reader's too. */
const SHARED = 5;
const works = (readers * WORKS * (SHARED - 1)) / SHARED;
/** Who has twenty works is cited once or twice a week: of so many readers one has news on a morning. */
const CITED_OF = 5;
const DAY_MS = 24 * 3_600_000;
const MOST = 1.1;

async function importReaders(database: Database, at: Date): Promise<void> {
  await database.rows(sql`with made as (
      insert into public.subscriber (address, address_key, created_at)
      select 'r' || n || '@readers.example', 'r' || n || '@readers.example', ${at}
      from generate_series(1, ${readers}) as n returning id)
    insert into public.subscription (subscriber_id, state, profile, papers_per_digest, days,
      minute_of_day, zone, next_due_at, next_due_date, confirmed_at, created_at)
    select id, 'active', jsonb_build_object('topics', jsonb_build_array('reefs', 'tide ' || id), 'fields', '[]'::jsonb,
        'authors', '[]'::jsonb, 'exclude', '[]'::jsonb, 'surprise', true, 'quietNote', false),
      10, '{1,2,3,4,5,6,7}', 420, 'Etc/UTC', ${new Date('2026-03-03T07:00:00Z')}, '2026-03-03',
      ${at}, ${at} from made order by id`);
}

async function nameWorks(database: Database, at: Date): Promise<void> {
  await database.rows(sql`insert into public.cited_work (keys, ids, title, made_at)
    select array['doi:10.5555/w' || n], jsonb_build_object('doi', '10.5555/w' || n),
      'A work of number ' || n, ${at} from generate_series(1, ${works}) as n`);
  await database.rows(sql`insert into public.own_work (subscriber_id, cited_id, named_at, begun_at)
    select r.id, 1 + (r.id * 7919 + w * 104729) % ${works}, ${at}, ${at}
    from public.subscriber r, generate_series(1, ${WORKS}) as w on conflict do nothing`);
}

/** What cited them since yesterday waits for every reader. */
async function cite(database: Database, day: number, at: Date): Promise<void> {
  await database.rows(sql`insert into public.item
      (subscriber_id, kind, key, keys, work, paper, reasons, came_at)
    select r.id, 'citation', c.key, array[c.key], c.key,
      jsonb_build_object('title', 'A paper that cites work ' || c.key, 'abstract', '',
        'authors', '[{"name": "Grace Hopper"}]'::jsonb, 'categories', '[]'::jsonb,
        'ids', jsonb_build_object('doi', c.key)),
      jsonb_build_array(jsonb_build_object('code', 'cites', 'key', 'work 1', 'title', 'A work')),
      ${at}
    from public.subscriber r,
      lateral (select 'doi:10.5555/c' || ${day}::int || '.' || r.id as key) c
    where (r.id + ${day}::int) % ${CITED_OF} = 0`);
}

/** Seconds of the processor, in this process, for each of the readers in microseconds. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / readers;
}

async function compareMornings(): Promise<number> {
  let at = new Date('2026-03-02T00:00:00Z');
  const { outside, database, close } = await openService(() => at);
  try {
    await importReaders(database, at);
    const costs: number[] = [];
    for (const day of [1, 2, 3, 4, 5, 6]) {
      at = new Date(new Date('2026-03-02T06:59:00Z').getTime() + day * DAY_MS);
      if (day === 3) await nameWorks(database, at);
      await cutWith(outside, makePapers(`day${day}`, 84));
      if (day > 3) await cite(database, day, at);
      await database.rows(raw('vacuum analyze'));
      at = new Date(at.getTime() + 120_000);
      const roundId = await openRound(outside);
      if (roundId === undefined) throw new Error('nobody is due');
      costs.push(await measure(() => composeRound(outside, roundId)));
      await database.rows(
        sql`update public.delivery set state = 'accepted', accepted_at = ${at}, ended_at = ${at},
          in_flight_at = ${at}, next_at = null where state = 'ready'`,
      );
    }
    // The first mornings warm the code; of each kind the cheaper one is the truer.
    const without = Math.min(...costs.slice(1, 3));
    const withThem = Math.min(...costs.slice(3));
    console.log(
      `composing, us of processor a reader: ${without.toFixed(0)} without, ${withThem.toFixed(0)} with citations; one of ${CITED_OF} readers has a new one`,
    );
    return withThem / without;
  } finally {
    await close();
  }
}

/** Ages of works in years, as researchers have them, and how often each is cited; with their share. */
const KINDS = [
  { years: 1, citers: 4, share: 0.2 },
  { years: 4, citers: 25, share: 0.3 },
  { years: 12, citers: 60, share: 0.48 },
  { years: 10, citers: 900, share: 0.02 },
] as const;
const TRIED = 50;

async function countRequests(): Promise<void> {
  const server = await openFeedServer();
  const bases = Object.fromEntries(API_KINDS.map((kind) => [kind, server.url]));
  const feeds = createFeeds({ version: '0', contact: 'bench', allowPrivate: true, bases });
  const now = new Date('2026-03-02T06:00:00Z');
  const sums = new Map(CITATION_SOURCES.map((source) => [source, 0]));
  try {
    for (const { years, citers, share } of KINDS) {
      const date = new Date(now.getTime() - years * 365 * DAY_MS);
      const world = makeWorld(citers, date);
      server.answer = playWorld(world);
      const asked = world.papers
        .filter(({ cites }) => !cites)
        .map(({ number, doi = '', pmid = '' }) => ({ id: number, ids: { doi, pmid } }));
      for (const source of CITATION_SOURCES) {
        let requests = 0;
        const { atOnce } = CITATIONS[source];
        for (let from = 0; from < asked.length; from += atOnce) {
          await feeds.askCitations(source, asked.slice(from, from + atOnce), () => {
            requests += 1;
          });
        }
        const turn = { publishedAt: date, readers: 1, isKnown: true };
        const days = (nextTurn(now, turn).getTime() - now.getTime()) / DAY_MS;
        const aDay = (requests / asked.length) * (works * share) * (1 / days);
        sums.set(source, (sums.get(source) ?? 0) + aDay);
      }
    }
  } finally {
    await feeds.close();
    await server.close();
  }
  for (const [source, wished] of sums) {
    const { aDay, aDayWithKey } = CITATIONS[source];
    const turn = (most: number) => Math.max(1, wished / most).toFixed(1);
    console.log(
      `${source.padEnd(16)} ${wished.toFixed(0).padStart(7)} requests a day for ${works} works; turns come ${turn(aDay)} times later within ${aDay}, ${turn(aDayWithKey)} within ${aDayWithKey}`,
    );
  }
}

function makeWorld(citers: number, date: Date): World {
  const day = date.toISOString().slice(0, 10);
  const many = citers > 100 ? 2 : TRIED;
  const paper = (number: number, more: object): WorldPaper => ({
    doi: `10.5555/p${number}`,
    pmid: String(30_000_000 + number),
    title: `A paper of number ${number} about the tides of harbours`,
    authors: ['Ada Lovelace'],
    date: day,
    number,
    ...more,
  });
  const cited = Array.from({ length: many }, (_, at) => paper(at + 1, {}));
  const citing = cited.flatMap(({ doi, number }) =>
    Array.from({ length: citers }, (_, at) =>
      paper(number * 1_000 + at + 1_000, { cites: [doi], authors: ['Grace Hopper'] }),
    ),
  );
  return { papers: [...cited, ...citing] };
}

await countRequests();
const ratio = await compareMornings();
console.log(`composing with citations takes ${ratio.toFixed(2)} x, at most ${MOST} x`);
process.exitCode = ratio <= MOST ? 0 : 1;

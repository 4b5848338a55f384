import type { Context } from '../../src/context.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { planWork } from '../../src/steps/plan.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { type Database, raw, type Sql, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const OLD_READERS = 50_000;
const READERS = 60;
/** What grows with every edition: nothing on the road of sending may read one of these from end to end. */
const GROWING = ['delivery', 'digest', 'attempt', 'outcome'];

/** What `explain (format json)` says of one step of a plan. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Step[];
}

/** A database that notes the statements that it is asked: one of each text. */
function listening(db: Database, heard: Map<string, Sql>): Database {
  return {
    ...db,
    rows: (query, name) => {
      heard.set(query.text, query);
      return db.rows(query, name);
    },
    transaction: (work) => db.transaction((tx) => work(listening(tx, heard))),
  };
}

async function explain(db: Database, query: Sql): Promise<Step> {
  const [row] = await db.rows<{ 'QUERY PLAN': [{ Plan: Step }] }>(
    sql`explain (format json) ${query}`,
  );
  if (!row) throw new Error('there is no plan');
  return row['QUERY PLAN'][0].Plan;
}

function listScanned({ 'Node Type': type, 'Relation Name': name, Plans = [] }: Step): string[] {
  const own = type === 'Seq Scan' && name && GROWING.includes(name) ? [name] : [];
  return [...own, ...Plans.flatMap(listScanned)];
}

// The embedded database keeps one host's readers.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('the road of sending, beside an old edition of 50,000 readers', () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  const heard = new Map<string, Sql>();
  const clock = createClock('2026-03-03T12:00:00Z');

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp({ pipelining: true });
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_AFTER_DOT_SECONDS: '0.3',
      IN_DOUBT: 'resend',
    });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await writeOldEdition(database, context.outside.renderingHash);
    await prepareRound(context.outside, clock, READERS);
    await database.rows(sql`analyze`);
  });
  afterAll(async () => {
    await context?.close();
    await database?.close();
    await server?.close();
    await place?.remove();
  });

  /** Everything that can become of a delivery, once. */
  const sendAll = async (outside: Outside) => {
    server.script = ({ phase, to }) => {
      const at = Number(/\d+/.exec(to)?.[0]);
      if (phase === 'rcpt' && at < 2) return { reply: '550 5.1.1 no such user' };
      if (phase === 'rcpt' && at < 4) return { reply: '451 4.2.0 later' };
      if (phase === 'dot' && at === 5) return { reply: '554 5.6.0 not this' };
      return phase === 'dot' && at === 6 ? 'close' : undefined;
    };
    const lease = await openLease(outside, { host: 'here', pid: 1, onLost: () => {} });
    await planWork(outside);
    await send(outside, lease);
    // What a writer asks where a row is held, or where an answer was lost.
    const { deliveries } = outside.store;
    const held = { id: 1, fence: 1, senderId: lease.current().id };
    await deliveries.recordInFlight([held]);
    await deliveries.recordReturned([{ ...held, at: clock.now() }]);
    const attempt = {
      relay: 'here',
      startedAt: clock.now(),
      bodyStartedAt: clock.now(),
      endedAt: clock.now(),
      result: { kind: 'accepted', reply: { code: 250, text: 'taken' } },
      outcome: { state: 'accepted' },
      verdict: 'accepted',
      stops: false,
    } as const;
    for (const waits of [true, false]) {
      await deliveries.recordOutcomes([{ held, attempt }], { waits, isAgain: true });
    }
    await lease.end();
    await planWork(outside);
  };

  /** The tables that a statement would read from end to end, with these values or by a plan that is kept. */
  const scanned = async (query: Sql) => {
    const plans = [
      await explain(database, query),
      await database.transaction(async (tx) => {
        await tx.rows(raw('set local plan_cache_mode = force_generic_plan'));
        await tx.rows(raw(`prepare asked as ${query.text}`));
        const values = query.values.map(() => 'null').join(', ');
        const plan = await explain(tx, raw(`execute asked ${values && `(${values})`}`));
        await tx.rows(raw('deallocate asked'));
        return plan;
      }),
    ];
    return [...new Set(plans.flatMap(listScanned))];
  };

  it('is read by index alone', async () => {
    const store = createStore(listening(database, heard));
    await sendAll({ ...context.outside, store });
    expect(server.accepted()).toHaveLength(READERS - 6);
    // Lest the test look at another road than it thinks.
    const all = [...heard.keys()].join('\n');
    const asked = ['delivery', 'digest', 'attempt', 'answer_count', 'pause', 'suppression'];
    expect(asked.filter((table) => !all.includes(`public.${table}`))).toEqual([]);

    // A look from end to end is seen.
    expect(await scanned(sql`select 1 from public.attempt where reply = ${'?'}`)).toEqual([
      'attempt',
    ]);
    const scans: Record<string, string[]> = {};
    for (const [text, query] of heard) {
      const tables = /^\s*(select|with|insert|update|delete)\b/.test(text)
        ? await scanned(query)
        : [];
      if (tables.length > 0) scans[text.replace(/\s+/g, ' ')] = tables;
    }
    expect(scans).toEqual({});
  });
});

/** A closed edition that so many readers got, with all that is kept of it. */
async function writeOldEdition(db: Database, rendering: string): Promise<void> {
  const at = new Date('2026-02-01T12:00:00Z');
  const [round] = await db.rows<{ id: number }>(sql`
    insert into public.round (at, opened_at, candidates, deliveries, exclusions, frozen_at, settled_at)
    values (${at}, ${at}, ${OLD_READERS}, ${OLD_READERS}, 0, ${at}, ${at}) returning id`);
  const [edition] = await db.rows<{ id: number }>(sql`
    insert into public.edition (name, date, state, opened_at, cut_at, released_at, closed_at)
    values ('old', '2026-02-01', 'closed', ${at}, ${at}, ${at}, ${at}) returning id`);
  await db.rows(sql`insert into public.subscriber (address, address_key, address_hash, created_at)
    select 'old' || n || '@readers.example', 'old' || n, 'old' || n, ${at}
    from generate_series(1, ${OLD_READERS}) n`);
  await db.rows(sql`insert into public.subscription (subscriber_id, state, profile,
      papers_per_digest, days, minute_of_day, zone, next_due_at, created_at)
    select id, 'active', '{}', 5, '{1}', 420, 'Etc/UTC', timestamptz '2030-01-01', ${at}
    from public.subscriber`);
  await db.rows(sql`insert into public.delivery (kind, edition_id, subscriber_id, round_id, address,
      address_hash, message_id, covers, state, fence, attempts, in_flight_at, composed_at,
      accepted_at, ended_at)
    select 'digest', ${edition?.id}, s.id, ${round?.id}, s.address, s.address_hash,
      '<' || s.id || '@old>', array[${edition?.id}::bigint], 'accepted', 1, 1, ${at}, ${at}, ${at},
      ${at}
    from public.subscriber s`);
  await db.rows(sql`insert into public.digest (delivery_id, content, rendering, date, seed, key_id)
    select id, '{}', ${rendering}, ${at}, 'seed', '1' from public.delivery`);
  await db.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
      started_at, body_started_at, ended_at, outcome, verdict, code, reply)
    select id, edition_id, 1, 1, 'here', ${at}, ${at}, ${at}, 'accepted', 'accepted', 250, 'taken'
    from public.delivery`);
  await db.rows(sql`insert into public.outcome (subscription_id, local_date, due_at, round_id,
      delivery_id)
    select s.id, '2026-02-01', ${at}, d.round_id, d.id
    from public.delivery d join public.subscription s on s.subscriber_id = d.subscriber_id`);
}

import { join } from 'node:path';
import type { DeliveryState } from '../../src/core/letter/delivery.ts';
import { type Database, json, raw, sql } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createPlace } from './context.ts';

/** A migrated database without anything around it. */
export interface Bare {
  readonly database: Database;
  /** The same database over connections of its own; the embedded one has a single session. */
  readonly beside: Database;
  readonly url: string;
  close(): Promise<void>;
}

/** Opens an empty, migrated database of either kind. */
export async function openBare(backend: 'sandbox' | 'service'): Promise<Bare> {
  const place = await createPlace(backend);
  const url = place.env['DATABASE_URL'] ?? '';
  const isServer = backend === 'service';
  const database = isServer
    ? openPostgres(url, () => {})
    : (await openPglite(join(place.env['DATA_DIR'] ?? '', 'database'))).database;
  const beside = isServer ? openPostgres(url, () => {}) : database;
  return {
    database,
    beside,
    url,
    async close() {
      await database.close();
      if (isServer) await beside.close();
      await place.remove();
    },
  };
}

/** Editions of a ledger's rows, by the id that each gets. */
const editions = { released: 1, closed: 2, held: 3, paused: 4, broken: 5 } as const;
/** The sender whose group it is, and another one that lives. */
export const senders = { own: 1, other: 2 } as const;

/** In which condition a row of the ledger is. */
export interface LedgerRow {
  /** Of a digest its edition, of a notice its kind. */
  readonly of: keyof typeof editions | 'confirmation' | 'quiet' | 'links';
  /** Whether its reader is subscribed. */
  readonly isActive: boolean;
  readonly isSuppressed: boolean;
  readonly state: DeliveryState;
  readonly sender: keyof typeof senders;
  readonly fence: number;
  readonly attempts: number;
  readonly isInFlight: boolean;
  readonly isDoubted: boolean;
}

/** One that its sender may mark. */
export const claimedRow: LedgerRow = {
  of: 'released',
  isActive: true,
  isSuppressed: false,
  state: 'sending',
  sender: 'own',
  fence: 6,
  attempts: 1,
  isInFlight: false,
  isDoubted: false,
};

/** What holds for a whole ledger. */
export interface LedgerState {
  readonly hasLease: boolean;
  readonly pauses: readonly ('all' | 'notices' | 'notices by the breaker')[];
}

export const runningLedger: LedgerState = { hasLease: true, pauses: [] };

/** What has rows of a ledger, in an order in which they may go: far sooner than `truncate`. */
const TABLES = [
  'attempt',
  'answer_count',
  'held_suppression',
  'suppression',
  'pause',
  'delivery',
  'subscription',
  'subscriber',
  'sender',
  'edition',
] as const;

/** Empties the ledger and writes these rows, whose ids are then their places, counted from 1. */
export async function writeLedger(
  db: Database,
  rows: readonly LedgerRow[],
  { hasLease, pauses }: LedgerState = runningLedger,
): Promise<void> {
  for (const table of TABLES) await db.rows(raw(`delete from public.${table}`));
  const lease = (isGood: boolean) => (isGood ? "'1 hour'" : "'-1 second'");
  await db.rows(
    raw(`insert into public.sender (id, host, pid, lease_until)
    overriding system value values
    (${senders.own}, 'own', 1, clock_timestamp() + interval ${lease(hasLease)}),
    (${senders.other}, 'other', 2, clock_timestamp() + interval '1 hour')`),
  );
  await db.rows(sql`insert into public.edition (id, name, date, state, opened_at, cut_at)
    overriding system value select e.at, e.name, '2026-03-02', case when e.name in ('paused', 'broken') then 'released' else e.name end,
      '2026-03-01', '2026-03-02'
    from unnest(${Object.keys(editions)}::text[]) with ordinality as e(name, at)`);
  await db.rows(sql`insert into public.pause (scope, edition_id, actor, reason, at)
    values ('edition', ${editions.paused}, 'ada', 'test', '2026-03-02'),
      ('edition', ${editions.broken}, 'breaker', 'test', '2026-03-02')`);
  for (const pause of pauses) {
    await db.rows(sql`insert into public.pause (scope, actor, reason, at) values
      (${pause.split(' ')[0]}, ${pause.endsWith('breaker') ? 'breaker' : 'ada'}, 'test', '2026-03-02')`);
  }
  const given = json(
    rows.map((row, at) => ({
      ...row,
      id: at + 1,
      edition: row.of in editions ? editions[row.of as keyof typeof editions] : null,
      notice: row.of in editions ? null : row.of,
      sender: senders[row.sender],
    })),
  );
  const columns = sql`jsonb_to_recordset(${given}::jsonb) as r(id int, edition bigint,
    notice text, "isActive" boolean, "isSuppressed" boolean, state text, sender bigint, fence int, attempts int,
    "isInFlight" boolean, "isDoubted" boolean)`;
  await db.rows(sql`insert into public.subscriber (id, address, address_key, created_at)
    overriding system value select id, 'r' || id || '@readers.example', 'r' || id, '2026-03-01' from ${columns}`);
  await db.rows(sql`insert into public.subscription (subscriber_id, state, profile,
      papers_per_digest, days, minute_of_day, zone, created_at)
    select id, case when "isActive" then 'active' else 'ended' end, '{}', 5, '{1}', 420, 'Etc/UTC',
      '2026-03-01' from ${columns}`);
  await db.rows(sql`insert into public.suppression (address_hash, reason, at)
    select 'h' || id, 'complaint', '2026-03-01' from ${columns} where "isSuppressed"`);
  await db.rows(sql`insert into public.delivery (id, kind, notice, edition_id, subscriber_id, address,
      address_hash, message_id, state, cause, sender_id, fence, attempts, in_flight_at, doubted_at,
      composed_at)
    overriding system value
    select id, case when edition is null then 'notice' else 'digest' end,
      notice, edition, id, 'r' || id || '@readers.example', 'h' || id, '<m' || id || '@test>', state,
      case when state = 'failed' then 'permanent' end, sender, fence, attempts,
      case when "isInFlight" then timestamptz '2026-03-02T12:00:01.000234Z' end,
      case when "isDoubted" then timestamptz '2026-03-02T11:00:00Z' end, '2026-03-02'
    from ${columns}`);
}

/** All that a group may change, without what only the clock decides, and each answer's last words. */
export async function readLedger(db: Database): Promise<Record<string, unknown[]>> {
  const [deliveries, attempts, counts, suppressions, held] = [
    await db.rows(sql`select id, state, cause, next_at, attempts, sender_id, fence,
      in_flight_at is not null as is_in_flight, doubted_at, accepted_at, ended_at, last_reply
      from public.delivery order by id`),
    await db.rows(sql`select delivery_id, edition_id, sender_id, fence, relay, started_at,
      body_started_at, ended_at, outcome, verdict, stops, code, enhanced_code, reply
      from public.attempt order by delivery_id, id`),
    await db.rows(sql`select edition_id, bucket, sender_id, verdict, stops, count, last_at
      from public.answer_count order by 1, 2, 3, 4, 5`),
    await db.rows(sql`select address_hash, reason, note, at, delivery_id from public.suppression
      order by 1`),
    await db.rows(sql`select address_hash, edition_id, delivery_id, note, at
      from public.held_suppression order by 1`),
  ];
  return { deliveries, attempts, counts, suppressions, held };
}

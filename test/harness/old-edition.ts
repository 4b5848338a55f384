import { emptyProfile } from '../../src/core/reader/subscription.ts';
import { type Database, json, sql } from '../../src/store/database.ts';

/** How many had the old edition; one of a hundred failed. */
export const OLD_READERS = 50_000;
const FAILED_OF = 100;

/** A closed edition that so many readers got, with all that is kept of it; its id. */
export async function writeOldEdition(db: Database, rendering: string): Promise<number> {
  const at = new Date('2026-02-01T12:00:00Z');
  const [round] = await db.rows<{ id: number }>(sql`
    insert into public.round (at, opened_at, candidates, deliveries, exclusions, frozen_at, settled_at)
    values (${at}, ${at}, ${OLD_READERS}, ${OLD_READERS}, 0, ${at}, ${at}) returning id`);
  const [edition] = await db.rows<{ id: number }>(sql`
    insert into public.edition (name, date, state, opened_at, cut_at, released_at, closed_at)
    values ('old', '2026-02-01', 'closed', ${at}, ${at}, ${at}, ${at}) returning id`);
  await db.rows(sql`insert into public.subscriber (address, address_key, address_hash, created_at)
    select 'old' || n || '@readers.example', 'old' || n || '@readers.example', 'old' || n, ${at}
    from generate_series(1, ${OLD_READERS}) n`);
  await db.rows(sql`insert into public.subscription (subscriber_id, state, profile,
      papers_per_digest, days, minute_of_day, zone, next_due_at, created_at)
    select id, 'active', ${json(emptyProfile)}, 5, '{1}', 420, 'Etc/UTC',
      timestamptz '2030-01-01', ${at}
    from public.subscriber`);
  await db.rows(sql`insert into public.delivery (kind, edition_id, subscriber_id, round_id, address,
      address_hash, message_id, covers, state, cause, fence, attempts, in_flight_at, composed_at,
      accepted_at, ended_at)
    select 'digest', ${edition?.id}, s.id, ${round?.id}, s.address, s.address_hash,
      '<' || s.id || '@old>', array[${edition?.id}::bigint],
      case when s.id % ${FAILED_OF} = 0 then 'failed' else 'accepted' end,
      case when s.id % ${FAILED_OF} = 0 then 'permanent' end, 1, 1,
      case when s.id % ${FAILED_OF} > 0 then ${at}::timestamptz end, ${at},
      case when s.id % ${FAILED_OF} > 0 then ${at}::timestamptz end, ${at}
    from public.subscriber s`);
  await db.rows(sql`insert into public.digest (delivery_id, packed, rendering_id, key_id)
    select d.id, ${`[1,[${edition?.id}],1,[[0]]]`}, r.id, '1'
    from public.delivery d, public.rendering r where r.hash = ${rendering}`);
  await db.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence, relay,
      started_at, body_started_at, ended_at, outcome, verdict, code, reply)
    select id, edition_id, 1, 1, 'here', ${at}, ${at}, ${at}, state,
      case state when 'failed' then 'address' else 'accepted' end, 250, 'taken'
    from public.delivery`);
  await db.rows(sql`insert into public.outcome (subscription_id, local_date, due_at, round_id,
      delivery_id)
    select s.id, '2026-02-01', ${at}, d.round_id, d.id
    from public.delivery d join public.subscription s on s.subscriber_id = d.subscriber_id`);
  return edition?.id ?? 0;
}

import type { ConfirmationRates, SlowScope } from '../../core/letter/slowdown.ts';
import { type Database, findRow, sql } from '../database.ts';

/** A slowdown that is to begin, or to go on. */
export interface NewSlowdown {
  readonly scope: SlowScope;
  readonly at: Date;
  readonly until: Date;
}

const isOf = sql`(s.scope = 'all' or (s.scope = 'place' and s.key_hash = c.place_hash)
  or (s.scope = 'domain' and s.key_hash = c.domain_hash))`;

/**
 * Confirmations that strangers typed, and which of them wait. What waits has a later `next_at`,
 * so that claims ask for nothing more and each slowdown ends by itself.
 */
export function createSlowdownStore(db: Database) {
  return {
    /** Notes of a delivery that a stranger typed its address, where, and at which domain it is. */
    insertConfirmation: (confirmation: {
      deliveryId: number;
      placeHash: string;
      domainHash: string;
      at: Date;
    }) =>
      db.rows(sql`insert into public.confirmation (delivery_id, place_hash, domain_hash, at)
        values (${confirmation.deliveryId}, ${confirmation.placeHash}, ${confirmation.domainHash},
          ${confirmation.at})`),
    /** Whether a delivery is a confirmation that a stranger typed. */
    isTyped: async (deliveryId: number) =>
      (await findRow(
        db,
        sql`select 1 from public.confirmation where delivery_id = ${deliveryId}`,
      )) !== undefined,

    /** What became since a time of confirmations of the place and the domain of one, and of all. */
    getRates: (deliveryId: number, since: Date) =>
      db.rows<ConfirmationRates>(sql`
        with recent as (
          select a.delivery_id, c.place_hash, c.domain_hash, a.verdict <> 'accepted' as is_refused,
            c.place_hash = own.place_hash as is_place, c.domain_hash = own.domain_hash as is_domain
          from public.confirmation own, public.attempt a
          join public.confirmation c on c.delivery_id = a.delivery_id
          where own.delivery_id = ${deliveryId} and a.edition_id is null and a.ended_at > ${since}
            and a.verdict in ('accepted', 'address', 'message', 'policy', 'doubt'))
        select s.scope, count(distinct r.delivery_id)::int as tried,
          (count(distinct r.delivery_id) filter (where r.is_refused))::int as refused,
          (count(distinct r.place_hash) filter (where r.is_refused))::int as places,
          (count(distinct r.domain_hash) filter (where r.is_refused))::int as domains
        from recent r cross join lateral
          (values ('all', true), ('place', r.is_place), ('domain', r.is_domain)) s (scope, is_in)
        where s.is_in group by s.scope`),

    /** Slows down confirmations of the place or the domain of one, or all; one that lasts goes on. */
    record: (deliveryId: number, { scope, at, until }: NewSlowdown) =>
      db.rows(sql`insert into public.slowdown as s (scope, key_hash, at, until)
        select ${scope}, case ${scope}::text when 'place' then c.place_hash
          when 'domain' then c.domain_hash else '' end, ${at}, ${until}
        from public.confirmation c where c.delivery_id = ${deliveryId}
        on conflict (scope, key_hash) do update
          set at = greatest(s.at, excluded.at), until = greatest(s.until, excluded.until)`),
    /**
     * Puts off what slowdowns are about, of all or of one delivery. For its own place it waits
     * as long as that lasts; for what others typed no longer than one slowdown since it was
     * composed. What is being claimed is left to it.
     */
    putOff: (now: Date, deliveryId: number | null = null) =>
      db.rows(sql`
        with slow as (
          select c.delivery_id, max(case when s.scope = 'place' then s.until
            else least(s.until, d.composed_at + (s.until - s.at)) end) as until
          from public.slowdown s join public.confirmation c on ${isOf}
          join public.delivery d on d.id = c.delivery_id
          where s.until > ${now} and (${deliveryId}::bigint is null or d.id = ${deliveryId})
            and d.state in ('ready', 'deferred')
          group by c.delivery_id),
        picked as (
          select d.id, w.until from public.delivery d join slow w on w.delivery_id = d.id
          where d.state in ('ready', 'deferred') and d.next_at < w.until
          for update of d skip locked)
        update public.delivery d set next_at = picked.until from picked where d.id = picked.id`),

    /** How many places or domains are slow now, and until when the last of them is. */
    listActive: (now: Date) =>
      db.rows<{ scope: SlowScope; count: number; until: Date }>(sql`
        select scope, count(*)::int as count, max(until) as until from public.slowdown
        where until > ${now} group by scope order by scope`),
    /** Forgets what began before a time; no confirmation waits so long. */
    async removeBefore(at: Date): Promise<void> {
      await db.rows(sql`delete from public.confirmation where at < ${at}`);
      await db.rows(sql`delete from public.slowdown where until < ${at}`);
    },
  };
}

import { type Database, sql } from '../database.ts';
import { isKept, papersOf } from './stored-digests.ts';

/** What grows and is pruned by its age. */
export type Prunable =
  | 'attempts'
  | 'digests'
  | 'deliveries'
  | 'outcomes'
  | 'items'
  | 'inbound'
  | 'feedback';

/** The name under which a statement has the rows that it removes: its one column is `id`. */
const picked = sql`picked`;

/** What a reader got is kept for their own eyes before the digest of it goes: for `with picked as …`. */
const kept = sql`kept as (
  insert into public.kept_digest (delivery_id, subscriber_id, edition_id, accepted_at, papers)
  select d.id, d.subscriber_id, d.edition_id, d.accepted_at, ${papersOf}
  from public.delivery d join public.digest g on g.delivery_id = d.id
  where d.id = any(array(select id from ${picked})) and ${isKept} on conflict do nothing)`;

/** The newest delivery composed before a time, as near as clocks of several hosts agree. */
const lastBefore = (before: Date) => sql`(select max(o.id) from (select d.id from public.delivery d
  where d.composed_at < ${before} order by d.composed_at desc limit 1000) o)`;

/** Holds for an outcome `o` whose delivery, if there is one, may go. */
const isEnded = sql`coalesce((select d.state in ('accepted', 'failed') from public.delivery d
  where d.id = o.delivery_id), true)`;

/** Removes old rows a few at a time, so that no statement holds what a send needs for long. */
export function createPruneStore(db: Database) {
  // Locked rows are being worked on: they are left for the next night. Those that are picked are
  // found by their places, so that no batch, however the database reckons, reads all there is.
  const batches: Record<Prunable, (before: Date, most: number) => ReturnType<typeof sql>> = {
    attempts: (before, most) => sql`delete from public.attempt where ctid = any(array(
      select ctid from public.attempt where ended_at < ${before}
      order by ended_at limit ${most} for update skip locked)) returning 1`,
    digests: (before, most) => sql`with picked as (
        select d.id from public.digest g join public.delivery d on d.id = g.delivery_id
        where g.delivery_id <= ${lastBefore(before)} and d.composed_at < ${before}
          and d.state in ('accepted', 'failed')
        order by g.delivery_id limit ${most} for update of g skip locked),
      ${kept}
      delete from public.digest where delivery_id = any(array(select id from picked)) returning 1`,
    outcomes: (before, most) => sql`delete from public.outcome where ctid = any(array(
      select o.ctid from public.outcome o
      where o.round_id <= (select max(r.id) from public.round r where r.at < ${before})
        and o.due_at < ${before} and ${isEnded}
      order by o.round_id limit ${most} for update skip locked)) returning 1`,
    deliveries: (before, most) => sql`with picked as (
      select d.id from public.delivery d where d.composed_at < ${before}
        and d.state in ('accepted', 'failed')
        and (select 1 from public.outcome o where o.delivery_id = d.id limit 1) is null
      order by d.composed_at limit ${most} for update skip locked),
      ${kept}
      delete from public.delivery where id = any(array(select id from picked)) returning 1`,
    // Named anew after so long, it is told anew.
    items: (before, most) => sql`delete from public.item where ctid = any(array(
      select ctid from public.item where came_at < ${before}
      order by came_at limit ${most} for update skip locked)) returning 1`,
    // What waits, or was not understood and not looked at, is no matter of age.
    inbound: (before, most) => sql`delete from public.inbound where ctid = any(array(
      select ctid from public.inbound where handled_at < ${before} and state in ('handled', 'done')
      order by handled_at limit ${most} for update skip locked)) returning 1`,
    feedback: (before, most) => sql`delete from public.feedback where ctid = any(array(
      select ctid from public.feedback where at < ${before}
      order by at limit ${most} for update skip locked)) returning 1`,
  };
  return {
    /** Removes at most `most` rows older than `before`; how many. What is open or in doubt stays. */
    prune: async (what: Prunable, before: Date, most: number) =>
      (await db.rows(batches[what](before, most))).length,
    /** Gives the room of removed rows back where nothing else does: on the embedded database. */
    vacuum: () => db.vacuum(),
  };
}

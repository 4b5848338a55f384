import type { SendingRates } from '../../core/letter/breaker.ts';
import { heldByBreaker } from '../../core/letter/notices.ts';
import { type Database, findRow, getRow, raw, type Sql, sql } from '../database.ts';

/** What a pause stops. */
export type PauseScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'notices' }
  /** Digests without an edition. */
  | { readonly kind: 'items' }
  | { readonly kind: 'edition'; readonly editionId: number }
  | { readonly kind: 'announcement'; readonly announcementId: number };

/** A pause that lasts. */
export interface Pause {
  readonly scope: PauseScope['kind'];
  readonly editionId: number | null;
  readonly edition: string | null;
  readonly announcementId: number | null;
  /** True where what is composed later is cancelled, too. */
  readonly cancels: boolean;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

// As literals: only so does the database see that an index is about the same names.
const held = raw(`(${heldByBreaker.map((name) => `'${name}'`).join(', ')})`);
const isHeldByBreaker = sql`d.notice in ${held}`;

/** Holds for a delivery `d` that is a digest without an edition. */
export const isOfItems = sql`(d.kind = 'digest' and d.edition_id is null)`;

/** Holds for a delivery `d` that a pause stops now; one by the breaker never stops the alarm that tells of it. */
export const isPaused = sql`exists (select 1 from public.pause u where u.ended_at is null
  and (u.edition_id = d.edition_id or u.announcement_id = d.announcement_id
    or (u.scope = 'all' and (u.actor <> 'breaker' or coalesce(d.notice, '') <> 'alarm'))
    or (u.scope = 'items' and ${isOfItems})
    or (u.scope = 'notices' and d.kind = 'notice' and (u.actor <> 'breaker' or ${isHeldByBreaker}))))`;

/**
 * The editions with open deliveries that no pause of theirs stops, for `with recursive`: each is
 * found by one look into the index `delivery_claimable`, whose order it asks for, so that a million deliveries of a
 * paused edition cost the others nothing.
 */
export const goingEditions = sql`opened as (
    (select e.edition_id from public.delivery e where e.state in ('ready', 'deferred')
      and e.edition_id is not null order by e.edition_id, e.next_at, e.id limit 1)
    union all
    select (select e.edition_id from public.delivery e where e.state in ('ready', 'deferred')
      and e.edition_id > o.edition_id order by e.edition_id, e.next_at, e.id limit 1)
    from opened o where o.edition_id is not null),
  going as (
    select o.edition_id from opened o where o.edition_id is not null and not exists (
      select 1 from public.pause u where u.ended_at is null and u.edition_id = o.edition_id))`;

/** The same of announcements, of which few are open; found in `delivery_announced`. */
export const goingAnnouncements = sql`announcing as (
    (select e.announcement_id from public.delivery e where e.state in ('ready', 'deferred')
      and e.announcement_id is not null order by e.announcement_id, e.next_at, e.id limit 1)
    union all
    select (select e.announcement_id from public.delivery e where e.state in ('ready', 'deferred')
      and e.announcement_id > o.announcement_id order by e.announcement_id, e.next_at, e.id limit 1)
    from announcing o where o.announcement_id is not null),
  announced as (
    select o.announcement_id from announcing o where o.announcement_id is not null
      and not exists (select 1 from public.pause u
        where u.ended_at is null and u.announcement_id = o.announcement_id))`;

const lasts = sql`select 1 from public.pause u where u.ended_at is null and`;

/**
 * What is open, by what stops it: of an edition `g` or an announcement `n` that goes, digests without
 * an edition, notices that the breaker may hold, and whatever else has no edition, which the index `delivery_unheld` finds beside those. `isStill`
 * looks at no row of a delivery, so that the database knows how few of them it leaves out.
 */
const claimScopes = {
  edition: {
    isOf: sql`d.edition_id = g.edition_id`,
    isStill: sql`exists (${lasts} u.scope = 'all')`,
  },
  announced: {
    isOf: sql`d.announcement_id = n.announcement_id`,
    isStill: sql`exists (${lasts} u.scope = 'all')`,
  },
  items: {
    isOf: isOfItems,
    isStill: sql`exists (${lasts} u.scope in ('all', 'items'))`,
  },
  held: {
    isOf: sql`d.edition_id is null and ${isHeldByBreaker}`,
    isStill: sql`exists (${lasts} u.scope in ('all', 'notices'))`,
  },
  unheld: {
    isOf: sql`d.edition_id is null and d.announcement_id is null and d.kind <> 'digest'
      and coalesce(d.notice, '') not in ${held}
      and (d.notice = 'alarm' or not exists (${lasts} u.scope = 'all'))`,
    isStill: sql`exists (${lasts} u.scope in ('all', 'notices') and u.actor <> 'breaker')`,
  },
};

/** Deliveries that the same pauses stop. */
export type ClaimScope = keyof typeof claimScopes;

/** Holds for an attempt `a` at a notice that no stranger can cause as often as they like. */
const isOfTheHouse = sql`and exists (select 1 from public.delivery d
  where d.id = a.delivery_id and ${isHeldByBreaker})
  and not exists (select 1 from public.confirmation c where c.delivery_id = a.delivery_id)`;

/** Whether the round of a delivery `d`, if it has one, has all its outcomes; few rounds have not. */
const isFrozen = sql`(d.round_id is null or d.round_id not in
  (select r.id from public.round r where r.frozen_at is null))`;

/** Holds for a delivery `d` of a scope that may be claimed. */
export function isClaimable(scope: ClaimScope, now: Date): Sql {
  return sql`${isDue(scope, now)} and not ${claimScopes[scope].isStill}`;
}

/** The same, whatever is paused. */
function isDue(scope: ClaimScope, now: Date): Sql {
  return sql`${claimScopes[scope].isOf} and d.state in ('ready', 'deferred') and d.next_at <= ${now}
    and ${isFrozen}`;
}

/** The name under which `goingEditions` makes them: its one column is `edition_id`. */
export const going = sql`going`;
/** The name of those with open deliveries, paused ones beside; its last one is null. */
export const opened = sql`opened`;
/** The name under which `goingAnnouncements` makes them: its one column is `announcement_id`. */
export const announced = sql`announced`;
/** The name of those with open deliveries, paused ones beside; its last one is null. */
const announcing = sql`announcing`;

/**
 * Since when something waits that is due by a time, one moment a scope and edition: for a statement
 * with `goingEditions` and `goingAnnouncements`. Of what goes on alone, or also of what is paused.
 */
export function firstDue(by: Date, of: 'going' | 'all'): Sql {
  const is = of === 'going' ? isClaimable : isDue;
  const first = (scope: ClaimScope) => sql`(select d.next_at from public.delivery d
    where ${is(scope, by)} order by d.next_at, d.id limit 1)`;
  return sql`select e.next_at
      from (select o.edition_id from ${of === 'going' ? going : opened} o
        where o.edition_id is not null) g
      cross join lateral ${first('edition')} e
    union all select w.next_at
      from (select o.announcement_id from ${of === 'going' ? announced : announcing} o
        where o.announcement_id is not null) n
      cross join lateral ${first('announced')} w
    union all select i.next_at from ${first('items')} i
    union all select h.next_at from ${first('held')} h
    union all select o.next_at from ${first('unheld')} o`;
}

/** Holds while everything is paused. */
export const isAllPaused = sql`exists (select 1 from public.pause u
  where u.ended_at is null and u.scope = 'all')`;

/** The name under which answers are given to `rates`. */
const recent = sql`recent`;

const rates = sql`select coalesce(sum(count), 0)::int as attempts,
    coalesce(sum(count) filter (where verdict = 'policy'), 0)::int as policy,
    coalesce(sum(count) filter (where verdict = 'doubt'), 0)::int as doubt,
    coalesce(sum(count) filter (where verdict = 'address'), 0)::int as address,
    coalesce(sum(count) filter (where stops), 0)::int as stopping,
    (select reply from ${recent} where verdict in ('policy', 'doubt', 'address')
      order by at desc limit 1) as "lastReply"
  from ${recent}`;

/** Who stopped what, and what an edition's last attempts came to. */
export function createPauseStore(db: Database) {
  const sameScope = (scope: PauseScope) =>
    sql`scope = ${scope.kind} and edition_id is not distinct from ${editionOf(scope)}::bigint
      and announcement_id is not distinct from ${announcementOf(scope)}::bigint`;
  return {
    /** Stops a scope; false where it stands still already. */
    async insert(
      scope: PauseScope,
      pause: { actor: string; reason: string; at: Date; cancels?: boolean },
    ): Promise<boolean> {
      const rows = await db.rows(sql`
        insert into public.pause (scope, edition_id, announcement_id, cancels, actor, reason, at)
        values (${scope.kind}, ${editionOf(scope)}, ${announcementOf(scope)}, ${pause.cancels ?? false}, ${pause.actor},
          ${pause.reason}, ${pause.at})
        on conflict do nothing returning id`);
      return rows.length > 0;
    },
    /** Lets a scope go on; false where it was not stopped. */
    recordEnd: async (scope: PauseScope, end: { actor: string; at: Date }) => {
      const ended = await db.rows(sql`update public.pause set ended_at = ${end.at},
          ended_by = ${end.actor}
        where ${sameScope(scope)} and ended_at is null returning id`);
      // What was counted before says nothing of how it goes on.
      await db.rows(sql`delete from public.answer_count
        where ${scope.kind === 'all'} or edition_id = ${editionOf(scope)}`);
      await db.rows(sql`delete from public.announced_count
        where ${scope.kind === 'all'} or announcement_id = ${announcementOf(scope)}`);
      if (scope.kind === 'all' || scope.kind === 'items') {
        await db.rows(sql`delete from public.items_count`);
      }
      return ended.length > 0;
    },
    /** Turns the pause of a scope into a cancelling one. */
    recordCancelling: (scope: PauseScope) =>
      db.rows(sql`update public.pause set cancels = true
        where ${sameScope(scope)} and ended_at is null`),
    find: (scope: PauseScope) =>
      findRow<{ id: number; at: Date }>(
        db,
        sql`select id, at from public.pause where ${sameScope(scope)} and ended_at is null`,
      ),
    /** What stands still now, the oldest first. */
    listActive: () =>
      db.rows<Pause>(sql`select u.scope, u.edition_id as "editionId", e.name as edition,
          u.announcement_id as "announcementId", u.cancels,
          u.actor, u.reason, u.at
        from public.pause u left join public.edition e on e.id = u.edition_id
        where u.ended_at is null order by u.at`),

    /** What the answers at an edition came to since a time, and since it last went on after a pause: by their counts. */
    getEditionRates: (editionId: number, since: Date) =>
      getRow<SendingRates>(
        db,
        sql`with recent as (
          select c.verdict, c.stops, c.count, c.last_reply as reply, c.last_at as at
          from public.answer_count c where c.edition_id = ${editionId} and c.last_at > ${since})
        ${rates}`,
      ),
    /** The same of an announcement. */
    getAnnouncementRates: (announcementId: number, since: Date) =>
      getRow<SendingRates>(
        db,
        sql`with recent as (
          select c.verdict, c.stops, c.count, c.last_reply as reply, c.last_at as at
          from public.announced_count c
          where c.announcement_id = ${announcementId} and c.last_at > ${since})
        ${rates}`,
      ),
    /** The same of digests without an edition. */
    getItemsRates: (since: Date) =>
      getRow<SendingRates>(
        db,
        sql`with recent as (
          select c.verdict, c.stops, c.count, c.last_reply as reply, c.last_at as at
          from public.items_count c where c.last_at > ${since})
        ${rates}`,
      ),
    /** The same of notices that the breaker holds and no stranger typed, which are few. */
    getNoticeRates: (since: Date) =>
      getRow<SendingRates>(
        db,
        sql`with recent as (
          select a.verdict, a.stops, 1 as count, a.reply, a.ended_at as at from public.attempt a
          where a.edition_id is null and a.ended_at > ${since} ${isOfTheHouse}
            and a.ended_at > coalesce((select max(u.ended_at) from public.pause u
              where u.scope in ('all', 'notices')), '-infinity'))
        ${rates}`,
      ),
    /** Sets aside the suppressions that an edition's answers (without one: those of all else) made since a time, for a person to look at. */
    async holdSuppressions(editionId: number | null, since: Date): Promise<number> {
      const held = await db.rows(sql`
        with gone as (
          delete from public.suppression p using public.delivery d
          where d.id = p.delivery_id and p.at > ${since} and p.reason = 'bounce'
            and d.edition_id is not distinct from ${editionId}::bigint
          returning p.address_hash, d.edition_id, p.delivery_id, p.note, p.at)
        insert into public.held_suppression (address_hash, edition_id, delivery_id, note, at)
        select * from gone on conflict do nothing returning address_hash`);
      return held.length;
    },
    listHeldSuppressions: () =>
      db.rows<{
        edition: string | null;
        address: string | null;
        note: string | null;
        at: Date;
      }>(sql`
        select e.name as edition, d.address, h.note, h.at from public.held_suppression h
        left join public.edition e on e.id = h.edition_id
        left join public.delivery d on d.id = h.delivery_id order by h.at`),
    /** How many of each edition wait; of notices where there is no edition. */
    countHeldSuppressions: () =>
      db.rows<{ edition: string | null; count: number }>(sql`
        select e.name as edition, count(*)::int as count from public.held_suppression h
        left join public.edition e on e.id = h.edition_id group by e.name order by e.name`),
    /** What a person decided on the suppressions of an edition (of notices: null) that were set aside; how many. */
    async endHeldSuppressions(editionId: number | null, isRight: boolean): Promise<number> {
      const gone = await db.rows(sql`
        with gone as (delete from public.held_suppression
          where edition_id is not distinct from ${editionId}::bigint returning *),
        kept as (insert into public.suppression (address_hash, reason, note, at, delivery_id)
          select address_hash, 'bounce', note, at, delivery_id from gone where ${isRight}
          on conflict do nothing)
        select address_hash from gone`);
      return gone.length;
    },
  };
}

function announcementOf(scope: PauseScope): number | null {
  return scope.kind === 'announcement' ? scope.announcementId : null;
}

function editionOf(scope: PauseScope): number | null {
  return scope.kind === 'edition' ? scope.editionId : null;
}

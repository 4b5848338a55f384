import type { Alarm, Finding } from '../../core/alarms/alarm.ts';
import { GIVE_UP_AFTER_MS } from '../../core/letter/delivery.ts';
import { type Database, getRow, json, sql } from '../database.ts';
import { firstDue, going, goingAnnouncements, goingEditions, isAllPaused } from './pauses.ts';

/** How far back the checks look for copies; what is older was checked every minute before. */
const COPIES_SINCE_MS = 24 * 3_600_000;
/** What is accepted now was composed before it was given up. */
const oldestCopy = (now: Date) => new Date(now.getTime() - COPIES_SINCE_MS - 2 * GIVE_UP_AFTER_MS);
const TURN = 'ledger_checked_at';
const LOOK = 'attempts_looked_at';
/** A round of which something is open, and that was found right, is counted again so often. */
const COUNTED_FOR_MS = 3_600_000;
/** Whoever waits behind so many others of their edition is not missed yet. */
const AHEAD = 1_000;

/** Holds for a round `r` of which a delivery may still go out. */
const hasOpen = sql`exists (select 1 from public.delivery d
  where d.round_id = r.id and d.state in ('ready', 'deferred', 'sending'))`;
/** Since when yeses are of a day; what came before was looked at before. */
const dayBefore = (now: Date) => new Date(now.getTime() - COPIES_SINCE_MS);
/** Yeses from an id on, or of a day, beside another yes to the same message: of each one its delivery and edition. */
const secondYeses = (now: Date, fromId: number | null) => sql`
  select n.delivery_id, n.edition_id from public.attempt n
  cross join lateral (select 1 from public.attempt f where f.delivery_id = n.delivery_id
    and f.verdict = 'accepted' and f.id <> n.id limit 1) f
  where n.verdict = 'accepted' and n.id >= ${
    fromId ?? sql`(select min(m.id) from public.attempt m where m.ended_at > ${dayBefore(now)})`
  }`;
/** The ids that open alarms of a name are about. */
const alarmed = (name: string, what: string) => sql`
  select substring(l.subject from ${`^${what} ([0-9]+)$`})::bigint from public.alarm l
  where l.name = ${name} and l.ended_at is null and l.subject like ${`${what} %`}`;

/** The promises of the ledger as questions to it: each answers with the rows that break one. */
export function createCheckStore(db: Database) {
  const find = (query: ReturnType<typeof sql>) => db.rows<Finding>(query);

  return {
    /** True for one process a turn: the checks are for all of them. */
    claimTurn: async (now: Date, everyMs: number) =>
      (
        await db.rows(sql`insert into public.setting (name, value)
          values (${TURN}, ${json(now.toISOString())})
          on conflict (name) do update set value = excluded.value
          where (public.setting.value #>> '{}')::timestamptz <= ${new Date(now.getTime() - everyMs)}
            or (public.setting.value #>> '{}')::timestamptz > ${now}
          returning name`)
      ).length > 0,

    /**
     * Rounds whose candidates are not their outcomes, or whose deliveries are not all there. An
     * erased reader's outcomes are gone and counted. At a time, those that were found right a
     * moment ago are left out as long as something of them is open.
     */
    findMiscounted: (at?: Date) =>
      find(sql`
        with counted as (select r.id, r.candidates, r.deliveries, r.erased,
            (select count(*) from public.outcome o where o.round_id = r.id) as outcomes,
            (select count(*) from public.delivery d where d.round_id = r.id) as rows
          from public.round r where r.frozen_at is not null and r.settled_at is null
            and (${at ?? null}::timestamptz is null or r.counted_at is null
              or r.counted_at < ${at && new Date(at.getTime() - COUNTED_FOR_MS)} or not ${hasOpen})),
        judged as (select c.*, c.candidates = c.outcomes + c.erased and c.deliveries = c.rows as is_right
          from counted c),
        noted as (update public.round r set counted_at = ${at ?? null} from judged j
          where j.id = r.id and j.is_right)
        select 'accounting' as name, 'round ' || j.id as subject,
          'planned ' || j.candidates || ' candidates and ' || j.deliveries || ' deliveries, found '
            || j.outcomes || ' outcomes, ' || j.erased || ' erased, ' || j.rows || ' deliveries' as detail
        from judged j where not j.is_right`),
    /** Closes the books of rounds of which nothing is open and everything is accounted for. */
    recordSettled: (at: Date) =>
      db.rows<{ id: number }>(sql`
        with ended as materialized (select r.id, r.candidates, r.deliveries, r.erased
          from public.round r
          where r.frozen_at is not null and r.settled_at is null and not ${hasOpen})
        update public.round r set settled_at = ${at}
        from ended e
          cross join lateral (select count(*) as count from public.delivery d
            where d.round_id = e.id) d
          cross join lateral (select count(*) as count from public.outcome o
            where o.round_id = e.id) o
        where r.id = e.id and e.deliveries = d.count and e.candidates = e.erased + o.count
        returning r.id`),

    /**
     * From which attempt on a look is to be taken: what was written since the look before the last
     * one. So each is looked at twice, lest a look was broken off, or it was not committed yet.
     */
    beginLook: async () =>
      (
        await getRow<{ fromId: number | null }>(
          db,
          sql`insert into public.setting as s (name, value)
            select ${LOOK}, jsonb_build_array(null, coalesce(max(a.id), 0)) from public.attempt a
            on conflict (name) do update
              set value = jsonb_build_array(s.value->1, excluded.value->1)
            returning (value->>0)::bigint as "fromId"`,
        )
      ).fromId,
    /** A second yes of a server to one message, or one address with two copies of an edition, where nobody asked for it on record. */
    findTwice: (now: Date, fromId: number | null = null) =>
      find(sql`
        with suspect as (select y.delivery_id as id from (${secondYeses(now, fromId)}) y
          union ${alarmed('twice', 'delivery')})
        select 'twice' as name, 'delivery ' || d.id as subject,
          'a server accepted one message ' || a.count || ' times' as detail
        from suspect s join public.delivery d on d.id = s.id and d.doubted_at is null
          cross join lateral (select count(*) as count, max(a.ended_at) as last
            from public.attempt a where a.delivery_id = s.id and a.verdict = 'accepted') a
        where a.count > 1 and a.last > ${dayBefore(now)}
        union all
        select 'twice', 'delivery ' || max(d.id), 'one reader has ' || count(*)
          || ' accepted copies of edition ' || d.edition_id || ' that nobody asked for'
        from public.delivery d
        join (select distinct n.edition_id, n.subscriber_id from public.delivery n
          where n.resend > 0 and n.state = 'accepted' and n.composed_at > ${oldestCopy(now)}
            and n.accepted_at > ${dayBefore(now)}) c
          on c.edition_id = d.edition_id and c.subscriber_id = d.subscriber_id
        where d.state = 'accepted' and not exists (select 1 from public.audit u
          where u.action = 'resend' and u.subject = 'delivery ' || d.id)
        group by d.edition_id, d.subscriber_id having count(*) > 1`),
    /** Editions of which servers accepted more messages than were ever planned. */
    findTooMany: (now: Date, fromId: number | null = null) =>
      find(sql`
        with suspect as (
          select y.edition_id as id, count(*) as count from (${secondYeses(now, fromId)}) y
            where y.edition_id is not null group by y.edition_id
          union all select l.id, 1 from (${alarmed('too_many', 'edition')}) l(id)),
        -- Whatever was not accepted leaves room for a second yes: only where there is none all are counted.
        crowded as materialized (select distinct s.id from suspect s
          where (select count(*) from (select 1 from public.delivery d where d.edition_id = s.id
              and d.state in ('ready', 'sending', 'deferred', 'failed', 'in_doubt')
            limit s.count) o) < s.count)
        select 'too_many' as name, 'edition ' || c.id as subject,
          a.count || ' messages accepted, ' || p.count || ' planned' as detail
        from crowded c
          cross join lateral (select count(*) as count, max(a.ended_at) as last
            from public.delivery d join public.attempt a on a.delivery_id = d.id
            where d.edition_id = c.id and a.verdict = 'accepted') a
          cross join lateral (select count(*) as count from public.delivery d
            where d.edition_id = c.id) p
        where a.count > p.count and a.last > ${dayBefore(now)}`),
    /** Relays that refuse a process that lives before it has named a recipient. */
    findRefusing: () =>
      find(sql`
        select distinct on (r.name) 'relay' as name, r.name as subject, coalesce(r.said, 'no') as detail
        from public.sender n, jsonb_to_recordset(n.relays) as r(name text, down text, said text)
        where n.lease_until > clock_timestamp() and r.down = 'refused' order by r.name`),
    /** Work that should go on and does not: due and not paused, with no attempt since; a round that is never composed. */
    findStalled: (since: Date) =>
      find(sql`
        with recursive ${goingEditions}, ${goingAnnouncements},
          due as (${firstDue(since, 'going')})
        select 'stalled' as name, 'sending' as subject, 'deliveries are due since '
          || to_char(min(d.next_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
          || ' UTC and no attempt was made since' as detail
        from due d where not exists (select 1 from public.attempt a where a.ended_at > ${since})
        having count(*) > 0
        union all
        select 'stalled', 'round ' || r.id, 'opened and still not composed'
        from public.round r where r.frozen_at is null and r.opened_at < ${since}`),
    /** When the first round since a time was opened, where none of those rounds' digests was accepted and some should be. */
    findUnaccepted: async (since: Date) =>
      (
        await getRow<{ silentSince: Date | null }>(
          db,
          sql`with recursive ${goingEditions}
            select min(r.opened_at) as "silentSince" from public.round r
            where r.opened_at >= ${since} and r.deliveries > 0 and not r.is_of_channels
              and (exists (select 1 from public.delivery d where d.round_id = r.id
                  and d.state = 'failed' and d.cause in ('permanent', 'expired'))
                or (${hasOpen} and not ${isAllPaused} and exists (select 1 from ${going} g
                  cross join lateral (select d.round_id from public.delivery d
                    where d.edition_id = g.edition_id and d.state in ('ready', 'deferred')
                    order by d.next_at, d.id limit ${AHEAD}) o
                  where o.round_id = r.id)))
              and not exists (select 1 from public.round a
                where a.opened_at >= ${since} and not a.is_of_channels and (select 1 from public.delivery d
                  where d.round_id = a.id and d.state = 'accepted'
                  order by d.round_id, d.state, d.cause limit 1) is not null)`,
        )
      ).silentSince ?? undefined,
    /** What waits for a person: editions that the breaker stopped, deliveries in doubt; and all confirmations, where they are slow. */
    findWaiting: (now: Date) =>
      find(sql`
        select 'paused' as name, coalesce('edition ' || e.name,
          'announcement ' || u.announcement_id, u.scope) as subject, u.reason as detail
        from public.pause u left join public.edition e on e.id = u.edition_id
        where u.ended_at is null and u.actor = 'breaker'
        union all
        select 'in_doubt', 'deliveries', count(*) || ' may or may not have arrived and wait for a decision'
        from public.delivery d where d.state = 'in_doubt' having count(*) > 0
        union all
        select 'slowed', 'confirmations', 'servers refuse at least half of those to many domains, typed at many places'
        from public.slowdown w where w.scope = 'all' and w.until > ${now}`),

    /** Opens an alarm for each new finding and ends those that are no more. */
    async recordFindings(findings: readonly Finding[], at: Date): Promise<void> {
      const given = sql`(select f.name, f.subject, max(f.detail) as detail
        from jsonb_to_recordset(${json(findings)}::jsonb) as f(name text, subject text, detail text)
        group by f.name, f.subject)`;
      await db.rows(sql`update public.alarm a set ended_at = ${at} where a.ended_at is null
        and not exists (select 1 from ${given} g where g.name = a.name and g.subject = a.subject)`);
      await db.rows(sql`insert into public.alarm (name, subject, detail, first_at, last_at)
        select g.name, g.subject, g.detail, ${at}, ${at} from ${given} g
        order by g.name, g.subject
        on conflict (name, subject) where ended_at is null
        do update set last_at = excluded.last_at, detail = excluded.detail`);
    },
    listAlarms: () =>
      db.rows<Alarm>(sql`select id, name, subject, detail, first_at as "firstAt"
        from public.alarm where ended_at is null order by first_at, id`),
    /** How many are on their way or wait to go, paused ones beside; counting stops at `most`. */
    countOpen: async (most: number) =>
      (
        await getRow<{ open: number }>(
          db,
          sql`select count(*)::int as open from (select 1 from public.delivery
            where state in ('ready', 'deferred', 'sending') limit ${most}) o`,
        )
      ).open,
  };
}

import type { Alarm, Finding } from '../../core/alarms/alarm.ts';
import { GIVE_UP_AFTER_MS } from '../../core/letter/delivery.ts';
import { type Database, getRow, json, sql } from '../database.ts';
import { isPaused } from './pauses.ts';

/** How far back the checks look for copies; what is older was checked every minute before. */
const COPIES_SINCE_MS = 24 * 3_600_000;
/** What is accepted now was composed before it was given up. */
const oldestCopy = (now: Date) => new Date(now.getTime() - COPIES_SINCE_MS - 2 * GIVE_UP_AFTER_MS);
const TURN = 'ledger_checked_at';

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
     * Rounds whose candidates are not their outcomes, or whose deliveries are not all there.
     * An erased reader's outcomes are gone and counted.
     */
    findMiscounted: () =>
      find(sql`
        select 'accounting' as name, 'round ' || c.id as subject,
          'planned ' || c.candidates || ' candidates and ' || c.deliveries || ' deliveries, found '
            || c.outcomes || ' outcomes, ' || c.erased || ' erased, ' || c.rows || ' deliveries' as detail
        from (select r.id, r.candidates, r.deliveries, r.erased,
            (select count(*) from public.outcome o where o.round_id = r.id) as outcomes,
            (select count(*) from public.delivery d where d.round_id = r.id) as rows
          from public.round r where r.frozen_at is not null and r.settled_at is null) c
        where c.candidates <> c.outcomes + c.erased or c.deliveries <> c.rows`),
    /** Closes the books of rounds of which nothing is open and everything is accounted for. */
    recordSettled: (at: Date) =>
      db.rows<{ id: number }>(sql`update public.round r set settled_at = ${at}
        where r.frozen_at is not null and r.settled_at is null
          and r.deliveries = (select count(*) from public.delivery d
            where d.round_id = r.id and d.state in ('accepted', 'failed', 'in_doubt'))
          and r.candidates = r.erased + (select count(*) from public.outcome o where o.round_id = r.id)
        returning r.id`),

    /** A second yes of a server to one message, or one address with two copies of an edition, where nobody asked for it on record. */
    findTwice: (now: Date) =>
      find(sql`
        select 'twice' as name, 'delivery ' || a.delivery_id as subject,
          'a server accepted one message ' || count(*) || ' times' as detail
        from public.attempt a join public.delivery d on d.id = a.delivery_id
        where a.verdict = 'accepted' and d.doubted_at is null and a.delivery_id in (
          select n.delivery_id from public.attempt n where n.verdict = 'accepted'
            and n.ended_at > ${new Date(now.getTime() - COPIES_SINCE_MS)})
        group by a.delivery_id having count(*) > 1
        union all
        select 'twice', 'delivery ' || max(d.id), 'one reader has ' || count(*)
          || ' accepted copies of edition ' || d.edition_id || ' that nobody asked for'
        from public.delivery d
        join (select distinct n.edition_id, n.subscriber_id from public.delivery n
          where n.resend > 0 and n.state = 'accepted' and n.composed_at > ${oldestCopy(now)}
            and n.accepted_at > ${new Date(now.getTime() - COPIES_SINCE_MS)}) c
          on c.edition_id = d.edition_id and c.subscriber_id = d.subscriber_id
        where d.state = 'accepted' and not exists (select 1 from public.audit u
          where u.action = 'resend' and u.subject = 'delivery ' || d.id)
        group by d.edition_id, d.subscriber_id having count(*) > 1`),
    /** Editions of which servers accepted more messages than were ever planned. */
    findTooMany: (now: Date) =>
      find(sql`
        with accepted as (select a.edition_id, count(*) as count from public.attempt a
          where a.verdict = 'accepted' and a.edition_id in (select n.edition_id
            from public.attempt n where n.ended_at > ${new Date(now.getTime() - COPIES_SINCE_MS)})
          group by a.edition_id)
        select 'too_many' as name, 'edition ' || a.edition_id as subject,
          a.count || ' messages accepted, ' || p.count || ' planned' as detail
        from accepted a join lateral (select count(*) as count from public.delivery d
          where d.edition_id = a.edition_id) p on true
        where a.count > p.count`),
    /** Relays that refuse a process that lives before it has named a recipient. */
    findRefusing: () =>
      find(sql`
        select distinct on (r.name) 'relay' as name, r.name as subject, coalesce(r.said, 'no') as detail
        from public.sender n, jsonb_to_recordset(n.relays) as r(name text, down text, said text)
        where n.lease_until > clock_timestamp() and r.down = 'refused' order by r.name`),
    /** Work that should go on and does not: due and not paused, with no attempt since; a round that is never composed. */
    findStalled: (since: Date) =>
      find(sql`
        select 'stalled' as name, 'sending' as subject, 'deliveries are due since '
          || to_char(min(d.next_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
          || ' UTC and no attempt was made since' as detail
        from public.delivery d left join public.round r on r.id = d.round_id
        where d.state in ('ready', 'deferred') and d.next_at < ${since}
          and (d.round_id is null or r.frozen_at is not null) and not ${isPaused}
          and not exists (select 1 from public.attempt a where a.ended_at > ${since})
        having count(*) > 0
        union all
        select 'stalled', 'round ' || r.id, 'opened and still not composed'
        from public.round r where r.frozen_at is null and r.opened_at < ${since}`),
    /** When the first round since a time was opened, where none of those rounds' digests was accepted and some should be. */
    findUnaccepted: async (since: Date) =>
      (
        await getRow<{ silentSince: Date | null }>(
          db,
          sql`select min(r.opened_at) as "silentSince" from public.round r
            where r.opened_at >= ${since} and r.deliveries > 0
              and exists (select 1 from public.delivery d where d.round_id = r.id
                and (d.cause in ('permanent', 'expired')
                  or (d.state in ('ready', 'sending', 'deferred') and not ${isPaused})))
              and not exists (select 1 from public.round a
                join public.delivery d on d.round_id = a.id
                where a.opened_at >= ${since} and d.state = 'accepted')`,
        )
      ).silentSince ?? undefined,
    /** What waits for a person: editions that the breaker stopped, deliveries in doubt; and all confirmations, where they are slow. */
    findWaiting: (now: Date) =>
      find(sql`
        select 'paused' as name, coalesce('edition ' || e.name, u.scope) as subject, u.reason as detail
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
    /** How many are on their way or wait to go, paused ones beside. */
    countOpen: async () =>
      (
        await getRow<{ open: number }>(
          db,
          sql`select count(*)::int as open from public.delivery
            where state in ('ready', 'deferred', 'sending')`,
        )
      ).open,
  };
}

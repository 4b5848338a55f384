import { type Database, listOf, sql } from '../database.ts';

/** Somebody who is due on a day, with their last turn. */
export interface DueReader {
  readonly id: number;
  readonly domain: string;
  readonly turnOn: string | null;
  readonly turnPlace: number;
  readonly confirmedAt: Date;
}

/** What is kept of a reader's turns. */
export interface Turn {
  readonly id: number;
  /** The date of the last one. */
  readonly turnOn: string | null;
  /** Their place among the turns of that date. */
  readonly turnPlace: number;
  /** When the first date was due that brought nothing because of the warm-up; null where none did since. */
  readonly waitsSince: Date | null;
}

const domain = sql`lower(substring(r.address from '[^@]+$'))`;
const isDue = (now: Date, until: Date) => sql`s.state = 'active' and s.confirmed_at is not null
  and (s.paused_until is null or s.paused_until <= ${now})
  and (s.next_due_at < ${until} or s.id in (select o.subscription_id from public.outcome o
    where o.delivery_id is null and o.exclusion is null))`;

/** Whose turn it was and whose papers wait: a row for each of whom that is of account. */
export function turnsOn(db: Database) {
  return {
    /** Domains of whoever is due before a time, or is just being composed for, and how many they are. */
    listDomainsDue: (now: Date, until: Date) =>
      db.rows<{
        domain: string;
        provider: string | null;
        lookedAt: Date | null;
        count: number;
      }>(sql`
        with named as (select ${domain} as domain, count(*)::int as count
          from public.subscription s
          join public.subscriber r on r.id = s.subscriber_id where ${isDue(now, until)} group by 1)
        select n.domain, m.provider, m.looked_at as "lookedAt", n.count
        from named n left join public.warm_up_domain m on m.domain = n.domain`),
    /** The same readers, in pages by their ids. */
    listDue: (due: { now: Date; until: Date }, page: { afterId: number; most: number }) =>
      db.rows<DueReader>(sql`select s.id, ${domain} as domain, t.turn_on as "turnOn",
          coalesce(t.turn_place, 0) as "turnPlace", s.confirmed_at as "confirmedAt"
        from public.subscription s join public.subscriber r on r.id = s.subscriber_id
        left join public.warm_up_turn t on t.subscription_id = s.id
        where s.id > ${page.afterId} and ${isDue(due.now, due.until)}
        order by s.id limit ${page.most}`),
    listTurns: (subscriptionIds: readonly number[]) =>
      db.rows<Turn>(sql`select t.subscription_id as id, t.turn_on as "turnOn",
          t.turn_place as "turnPlace", t.waits_since as "waitsSince"
        from public.warm_up_turn t
        where t.subscription_id = any(${listOf(subscriptionIds)}::bigint[])`),
    /** Gives some readers their turns of a date, in their order, the first of them at a place. */
    giveTurns: (subscriptionIds: readonly number[], day: string, first: number) =>
      db.rows(sql`insert into public.warm_up_turn as t (subscription_id, turn_on, turn_place)
        select s.id, ${day}::date, ${first}::int + n.place - 1
        from unnest(${listOf(subscriptionIds)}::bigint[]) with ordinality as n(id, place)
        join public.subscription s on s.id = n.id
        on conflict (subscription_id) do update
          set turn_on = excluded.turn_on, turn_place = excluded.turn_place`),
    /** Whose digest is made: nothing of theirs waits any more. */
    recordServed: (subscriptionIds: readonly number[]) =>
      db.rows(sql`update public.warm_up_turn t set waits_since = null
        where t.subscription_id = any(${listOf(subscriptionIds)}::bigint[])
          and t.waits_since is not null`),
    /** Who gets nothing because of the warm-up: they wait since then, or since before; a turn is not used up. */
    recordHeld: (subscriptionIds: readonly number[], at: Date, day: string) =>
      db.rows(sql`insert into public.warm_up_turn as t (subscription_id, waits_since)
        select s.id, ${at}::timestamptz from public.subscription s
        where s.id = any(${listOf(subscriptionIds)}::bigint[])
        on conflict (subscription_id) do update set
          waits_since = coalesce(t.waits_since, excluded.waits_since),
          turn_on = case when t.turn_on = ${day}::date then null else t.turn_on end,
          turn_place = case when t.turn_on = ${day}::date then 0 else t.turn_place end`),
  };
}

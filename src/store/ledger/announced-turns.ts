import { type Database, getRow, sql, textsOf } from '../database.ts';
import { announced, goingAnnouncements } from './pauses.ts';

/** A domain at which announced mails wait for their turn. */
export interface AnnouncedDomain {
  readonly domain: string;
  readonly provider: string | null;
  readonly lookedAt: Date | null;
  readonly count: number;
}

/** Mails of announcements that nothing pauses and that have no moment yet: found in `delivery_announced`. */
const waiting = sql`${announced} n cross join lateral (select w.id, w.address
    from public.delivery w where w.announcement_id = n.announcement_id
      and w.state in ('ready', 'deferred') and w.next_at is null and w.state = 'ready') d`;
const domain = sql`lower(substring(d.address from '[^@]+$'))`;

/** Turns of announced mails in a warm-up: whoever has none yet is ready without a moment. */
export function announcedTurnsOn(db: Database) {
  return {
    hasAnnounced: async () =>
      (
        await getRow<{ has: boolean }>(
          db,
          sql`with recursive ${goingAnnouncements}
            select exists (select 1 from ${waiting}) as has`,
        )
      ).has,
    /** Where they wait, and how many of them. */
    listAnnounced: () =>
      db.rows<AnnouncedDomain>(sql`with recursive ${goingAnnouncements},
          named as (select ${domain} as domain, count(*)::int as count from ${waiting} group by 1)
        select n.domain, m.provider, m.looked_at as "lookedAt", n.count
        from named n left join public.warm_up_domain m on m.domain = n.domain`),
    /** Gives those at some domains their moments, the oldest first, which they are given up by as if composed then. */
    giveAnnounced: (domains: readonly string[], moments: readonly Date[]) =>
      db.rows(sql`with recursive ${goingAnnouncements},
          placed as (select d.id, row_number() over (order by d.id) as place from ${waiting}
            where ${domain} = any(${textsOf(domains)}::text[])
            order by d.id limit ${moments.length}),
          given as (select p.id, m.at from placed p
            join unnest(${moments.map((at) => at.toISOString())}::timestamptz[])
              with ordinality as m(at, place) on m.place = p.place)
        update public.delivery d set next_at = g.at, reopened_at = g.at
        from given g where d.id = g.id and d.state = 'ready' and d.next_at is null returning d.id`),
    /** Lets go whatever waits without a warm-up, because it was written in the moment that it ended. */
    freeAnnounced: (at: Date) =>
      db.rows(sql`with recursive ${goingAnnouncements}
        update public.delivery d set next_at = ${at}, reopened_at = ${at}
        where d.id in (select d.id from ${waiting}) and d.state = 'ready' and d.next_at is null`),
  };
}

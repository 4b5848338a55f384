import type { ToldAlarm } from '../../core/alarms/news.ts';
import { type Database, json, sql } from '../database.ts';

/** What operators were told of alarms. */
export function createAlarmStore(db: Database) {
  return {
    /** Every alarm of which something may be told: those that last, and those that ended and were told before. */
    listUntold: () =>
      db.rows<ToldAlarm>(sql`select id, name, subject, detail, first_at as "firstAt",
          ended_at as "endedAt", tellings, told_at as "toldAt"
        from public.alarm where not is_over_told and (ended_at is null or tellings > 0)
        order by first_at, id`),
    /** Takes the telling of alarms: the ids that are the caller's alone, each as it was read. Others have taken the rest. */
    claimTellings: async (alarms: readonly ToldAlarm[], at: Date): Promise<number[]> =>
      (
        await db.rows<{ id: number }>(sql`
          with given as (
            select id, tellings, "endedAt" is not null as is_over
            from jsonb_to_recordset(${json(alarms)}::jsonb)
              as g(id bigint, tellings int, "endedAt" timestamptz)),
          mine as (
            select a.id from public.alarm a join given g on g.id = a.id
            where a.tellings = g.tellings and (a.ended_at is not null) = g.is_over
              and not a.is_over_told
            order by a.id for update of a)
          update public.alarm a set tellings = a.tellings + 1, told_at = ${at},
            is_over_told = a.ended_at is not null
          from mine where mine.id = a.id returning a.id`)
      ).map(({ id }) => id),
    /** Forgets alarms that ended before a time. */
    removeBefore: (at: Date) => db.rows(sql`delete from public.alarm where ended_at < ${at}`),
  };
}

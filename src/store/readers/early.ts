import type { EarlyCount } from '../../core/reader/early.ts';
import { type Database, getRow, json, sql } from '../database.ts';

/** What the clock of a zone shows. The runtime says it: the database has a table of zones of its own. */
export interface ZoneClock {
  readonly zone: string;
  readonly date: string;
  /** ISO: 1 is Monday. */
  readonly weekday: number;
  readonly minuteOfDay: number;
}

/** Readers who are not due yet and have no outcome on their date of today. */
export function createEarlyStore(db: Database) {
  const clocksOf = (clocks: readonly ZoneClock[]) =>
    sql`jsonb_to_recordset(${json(clocks)}::jsonb)
      as c(zone text, date date, weekday int, "minuteOfDay" int)`;
  const isEarly = (now: Date) =>
    sql`s.zone = c.zone and s.state = 'active' and s.next_due_at > ${now} and not exists (
      select 1 from public.outcome o where o.subscription_id = s.id and o.local_date >= c.date)`;
  return {
    /** The zones of those who read. */
    listZones: async (): Promise<string[]> =>
      (
        await db.rows<{ zone: string }>(
          sql`select distinct zone from public.subscription where state = 'active'`,
        )
      ).map(({ zone }) => zone),

    count: (clocks: readonly ZoneClock[], now: Date) =>
      getRow<EarlyCount>(
        db,
        sql`select count(*)::int as readers,
            count(*) filter (where c.weekday <> all(s.days))::int as "otherDay",
            count(*) filter (where c.weekday = any(s.days)
              and s.minute_of_day > c."minuteOfDay")::int as "laterToday",
            count(*) filter (where s.paused_until > ${now} or exists (
              select 1 from public.suppression p
              where p.address_hash = r.address_hash))::int as silent
          from public.subscription s join public.subscriber r on r.id = s.subscriber_id,
            ${clocksOf(clocks)}
          where ${isEarly(now)}`,
      ),

    /** Makes them (or one of them) due now, on their date of today; how many there were. */
    recordDue: async (clocks: readonly ZoneClock[], now: Date, only: number | null = null) =>
      (
        await db.rows(sql`update public.subscription s
          set next_due_at = ${now}, next_due_date = c.date from ${clocksOf(clocks)}
          where ${isEarly(now)} and (${only}::bigint is null or s.id = ${only}) returning s.id`)
      ).length,
  };
}

import type { DeliveryState } from '../../core/letter/delivery.ts';
import { type Database, findRow, json, sql } from '../database.ts';
import { firstDue, goingAnnouncements, goingEditions } from '../ledger/pauses.ts';
import { compareSchema } from '../migrations.ts';

/** What probes and Prometheus ask: each by an index that is there, since they ask all day. */
export function createMeasureStore(db: Database) {
  return {
    compareSchema: () => compareSchema(db),
    /** Rejects where nothing can be written: on a full disk, on a standby. */
    tryWrite: async (at: Date): Promise<void> => {
      await db.rows(sql`insert into public.setting (name, value) values ('probed', ${json(at)})
        on conflict (name) do update set value = excluded.value`);
    },
    /** What is open, notices with it; by the indexes of open states. */
    countOpen: () =>
      db.rows<{ state: DeliveryState; count: number }>(sql`
        select state, count(*)::int as count from public.delivery
        where state in ('ready', 'deferred') group by state
        union all
        select 'sending', count(*)::int from public.delivery where state = 'sending'
        union all
        select 'in_doubt', count(*)::int from public.delivery where state = 'in_doubt'`),
    /** Since when the longest waiting delivery of a frozen round, or notice, could go out. */
    findOldestDue: (now: Date) =>
      findRow<{ nextAt: Date }>(
        db,
        sql`with recursive ${goingEditions}, ${goingAnnouncements},
          due as (${firstDue(now, 'all')})
          select d.next_at as "nextAt" from due d order by d.next_at limit 1`,
      ),
    /** What servers said since a time; by `attempt_by_time`. */
    countAttempts: (since: Date) =>
      db.rows<{ outcome: string; count: number }>(sql`
        select coalesce(verdict, outcome) as outcome, count(*)::int as count from public.attempt
        where ended_at > ${since} group by 1`),
  };
}

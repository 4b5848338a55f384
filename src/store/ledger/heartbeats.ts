import type { Heartbeat } from '../../core/letter/heartbeat.ts';
import { type Database, getRow, json, sql } from '../database.ts';

const NAME = 'heartbeat';

/** A count that tells whether the database went back. */
export function createHeartbeatStore(db: Database) {
  return {
    /** Counts one more, or begins with this epoch; what it is now, and when it was counted before. */
    beat: (epoch: string, at: Date) =>
      getRow<Heartbeat & { before: string | null }>(
        db,
        sql`with before as (select value ->> 'at' as at from public.setting where name = ${NAME})
          insert into public.setting as s (name, value)
          values (${NAME}, ${json({ epoch, count: 1, at })})
          on conflict (name) do update set value = case
            when jsonb_typeof(s.value) = 'object' then s.value || jsonb_build_object(
              'count', (s.value ->> 'count')::bigint + 1, 'at', excluded.value -> 'at')
            else excluded.value end
          returning value ->> 'epoch' as epoch, (value ->> 'count')::bigint as count,
            value ->> 'at' as at, (select b.at from before b) as before`,
      ),
    /** Goes on behind a count that is remembered; never back. */
    goOn: (count: number) =>
      db.rows(sql`update public.setting set value = value || jsonb_build_object('count',
          greatest((value ->> 'count')::bigint, ${count}::bigint))
        where name = ${NAME} and jsonb_typeof(value) = 'object'`),
    /** Begins another past: what is remembered of this one says nothing of it. */
    forget: () => db.rows(sql`delete from public.setting where name = ${NAME}`),
  };
}

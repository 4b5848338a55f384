import type { BusyLoop } from '../../core/alarms/find.ts';
import { type Database, json, sql } from '../database.ts';

const NAME = 'loops';

/** Processes that kept others waiting, each with the last time. */
export function createLoopStore(db: Database) {
  return {
    /** Notes one, and forgets those that were noted before a moment. */
    record: ({ process, delayMs }: BusyLoop, { at, since }: { at: Date; since: Date }) =>
      db.rows(sql`insert into public.setting as s (name, value)
        values (${NAME}, ${json({ [process]: { delayMs, at } })})
        on conflict (name) do update set value = excluded.value || coalesce(
          (select jsonb_object_agg(e.key, e.value) from jsonb_each(s.value) e
            where (e.value ->> 'at')::timestamptz >= ${since}
              and not excluded.value ? e.key), '{}')`),
    /** Those that were noted since a moment. */
    list: (since: Date) =>
      db.rows<BusyLoop>(sql`select e.key as process, (e.value ->> 'delayMs')::int as "delayMs"
        from public.setting s cross join lateral jsonb_each(s.value) e
        where s.name = ${NAME} and (e.value ->> 'at')::timestamptz >= ${since} order by e.key`),
  };
}

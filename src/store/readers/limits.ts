import { type Database, getRow, sql } from '../database.ts';

/** How often something was asked for, by whom (hashed), in windows of fixed length. */
export function createLimitStore(db: Database) {
  return {
    /** Counts one more; how many it is in this window, this one included. */
    async count(limit: { name: string; keyHash: string; windowStart: Date }): Promise<number> {
      const row = await getRow<{ count: number }>(
        db,
        sql`insert into public.limit_count as l (name, key_hash, window_start, count)
          values (${limit.name}, ${limit.keyHash}, ${limit.windowStart}, 1)
          on conflict (name, key_hash, window_start) do update set count = l.count + 1
          returning count`,
      );
      return row.count;
    },
    /** Counts one less: it was none of what is limited. */
    giveBack: (limit: { name: string; keyHash: string; windowStart: Date }) =>
      db.rows(sql`update public.limit_count set count = count - 1
        where name = ${limit.name} and key_hash = ${limit.keyHash}
          and window_start = ${limit.windowStart} and count > 0`),
    removeBefore: (windowStart: Date) =>
      db.rows(sql`delete from public.limit_count where window_start < ${windowStart}`),
  };
}

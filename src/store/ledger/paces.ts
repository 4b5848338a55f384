import type { PaceAsk } from '../../core/letter/rate.ts';
import { type Database, getRow, json, sql } from '../database.ts';

/** A turn that is ours in `waitMs`, or how long it would be until one can be had. */
export interface Turn {
  readonly isTaken: boolean;
  readonly waitMs: number;
  /** The row whose turn comes last. */
  readonly by: string;
}

/** The shared pace of all sending processes, on the database's clock. */
export function createPaceStore(db: Database) {
  const take = (asks: readonly PaceAsk[], patienceMs: number) =>
    getRow<Turn & { found: number }>(
      db,
      // Rows are locked in the order of their names, so that no two takers wait for each other;
      // the clock is read when the locks are held.
      sql`with asked as (
          select name, "intervalMs" from jsonb_to_recordset(${json(asks)}::jsonb)
            as a(name text, "intervalMs" double precision)),
        locked as (
          select p.name, p.next_at from public.pace p
          where p.name in (select name from asked) order by p.name for update),
        read as (
          select count(*)::int as found, max(next_at) as next_at,
            (array_agg(name order by next_at desc))[1] as by, clock_timestamp() as now
          from locked),
        slot as (
          select found, by, now, greatest(next_at, now) as at,
            found = ${asks.length} and greatest(next_at, now)
              <= now + make_interval(secs => ${patienceMs / 1000}::double precision) as is_taken
          from read),
        moved as (
          update public.pace p
          set next_at = s.at + make_interval(secs => a."intervalMs" / 1000)
          from slot s, asked a where a.name = p.name and s.is_taken)
        select found, by, is_taken as "isTaken",
          (extract(epoch from at - now) * 1000)::double precision as "waitMs"
        from slot`,
    );
  const addMissing = (asks: readonly PaceAsk[]) =>
    db.rows(sql`insert into public.pace (name, next_at, queue_at)
      select name, clock_timestamp(), clock_timestamp()
      from jsonb_to_recordset(${json(asks)}::jsonb) as a(name text)
      order by name on conflict do nothing`);

  return {
    /**
     * Takes the next turn in all of these rows at once, where it comes within `patienceMs`;
     * else changes nothing. Turns of one row are at least its interval apart, whoever asks.
     */
    async take(asks: readonly PaceAsk[], patienceMs: number): Promise<Turn> {
      const turn = await take(asks, patienceMs);
      if (turn.found === asks.length) return turn;
      await addMissing(asks);
      return take(asks, patienceMs);
    },
    /**
     * When to ask again, in milliseconds: each who is sent away is told a later moment, so
     * that not all come back at once. It is no turn yet.
     */
    queueUp: async ({ name, intervalMs }: PaceAsk): Promise<number> =>
      (
        await getRow<{ waitMs: number }>(
          db,
          sql`update public.pace set queue_at = greatest(queue_at, next_at, clock_timestamp())
              + make_interval(secs => ${intervalMs / 1000}::double precision)
            where name = ${name}
            returning (extract(epoch from queue_at - clock_timestamp()) * 1000)::double precision as "waitMs"`,
        )
      ).waitMs,
    /** Forgets rows that nobody asked for since then. */
    removeBefore: (at: Date) =>
      db.rows(sql`delete from public.pace where greatest(next_at, queue_at) < ${at}`),
  };
}

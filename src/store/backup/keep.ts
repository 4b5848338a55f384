import { type Database, sql } from '../database.ts';

/** How many of those who left, were suppressed or erased here stay so under a backup that does not know of it. */
export interface Kept {
  readonly suppressed: number;
  readonly ended: number;
  readonly erased: number;
}

/** What of the database that a backup replaces must not be forgotten. */
export function createKeepStore(db: Database) {
  return {
    /** Sets aside, for this transaction, who may get no mail and who is still known. */
    async keepRefusals(): Promise<void> {
      await db.rows(sql`create temporary table pg_temp.kept_suppression on commit drop as
        select address_hash, reason, note, at,
          -- A place of an older version has no such column.
          (to_jsonb(p) ->> 'import_id')::bigint as import_id from public.suppression p`);
      await db.rows(sql`create temporary table pg_temp.kept_ended on commit drop as
        select r.address_key, s.ended_at, s.end_reason
        from public.subscription s join public.subscriber r on r.id = s.subscriber_id
        where s.state = 'ended'`);
      await db.rows(sql`create temporary table pg_temp.kept_known on commit drop as
        select id from public.subscriber`);
    },
    /** Puts it in force again over the rows of the backup. */
    async recordKept(): Promise<Pick<Kept, 'suppressed' | 'ended'>> {
      const suppressed = await db.rows(sql`
        insert into public.suppression (address_hash, reason, note, at, import_id)
        select address_hash, reason, note, at, import_id from pg_temp.kept_suppression
        on conflict (address_hash) do nothing returning address_hash`);
      const ended = await db.rows(sql`update public.subscription s
        set state = 'ended', ended_at = k.ended_at, end_reason = k.end_reason,
          next_due_at = null, next_due_date = null
        from pg_temp.kept_ended k, public.subscriber r
        where r.id = s.subscriber_id and r.address_key = k.address_key and s.state <> 'ended'
          and s.created_at <= k.ended_at returning s.id`);
      return { suppressed: suppressed.length, ended: ended.length };
    },
    /** Of the backup's subscribers those who were erased or forgotten here since, some at a time. */
    listErased: (most: number) =>
      db.rows<{ id: number; addressKey: string }>(sql`
        select r.id, r.address_key as "addressKey" from public.subscriber r
        where not exists (select 1 from pg_temp.kept_known k where k.id = r.id)
        order by r.id limit ${most}`),
  };
}

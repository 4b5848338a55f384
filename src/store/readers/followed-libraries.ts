import type { ZoteroPlace, ZoteroProblem } from '../../core/library/zotero.ts';
import { type Database, findRow, sql } from '../database.ts';

/** A library elsewhere that a reader has us read. */
export interface FollowedLibrary {
  readonly id: number;
  readonly subscriberId: number;
  readonly place: ZoteroPlace;
  /** See `seal`; null where it is public. */
  readonly sealedKey: string | null;
  /** What it was read up to; null before the first time. */
  readonly version: number | null;
  readonly addedAt: Date;
  /** When it was last found as it is. */
  readonly readAt: Date | null;
  readonly askedAt: Date | null;
  /** Null where nothing more is tried until the reader asks. */
  readonly nextAt: Date | null;
  /** In a row. */
  readonly failures: number;
  readonly problem: ZoteroProblem | null;
  /** Papers of it that found no room in the reader's own library. */
  readonly leftOut: number;
}

/** Libraries elsewhere that readers have us read. */
export function createFollowedStore(db: Database) {
  const columns = sql`f.id, f.subscriber_id as "subscriberId", f.place, f.sealed_key as "sealedKey",
    f.version, f.added_at as "addedAt", f.read_at as "readAt", f.asked_at as "askedAt",
    f.next_at as "nextAt", f.failures, f.problem, f.left_out as "leftOut"`;
  return {
    find: (id: number) =>
      findRow<FollowedLibrary>(
        db,
        sql`select ${columns} from public.followed_library f where f.id = ${id}`,
      ),
    /** Those of a reader, the oldest first. */
    list: (subscriberId: number) =>
      db.rows<FollowedLibrary>(sql`select ${columns} from public.followed_library f
        where f.subscriber_id = ${subscriberId} order by f.id`),
    /** Of active readers, those that are to be read by now. */
    listDue: (at: Date, most: number) =>
      db.rows<{ id: number }>(sql`select f.id from public.followed_library f
        where f.next_at <= ${at} and exists (select 1 from public.subscription s
          where s.subscriber_id = f.subscriber_id and s.state = 'active')
        order by f.next_at limit ${most}`),
    /**
     * Follows a library from now on; one that is followed already gets this key and is read anew,
     * though not sooner than some minutes after it was asked for.
     */
    upsert: (library: {
      readonly subscriberId: number;
      readonly place: string;
      readonly sealedKey: string | null;
      readonly at: Date;
    }) =>
      db.rows<{ id: number }>(sql`insert into public.followed_library as f
          (subscriber_id, place, sealed_key, added_at, next_at)
        values (${library.subscriberId}, ${library.place}, ${library.sealedKey},
          ${library.at}, ${library.at})
        on conflict (subscriber_id, place) do update set sealed_key = excluded.sealed_key,
          next_at = greatest(excluded.next_at, f.asked_at + interval '10 minutes'), version = null, failures = 0, problem = null
        returning f.id`),
    /** Those whose key is sealed under another key than this. */
    listSealedByOld: (newest: string) =>
      db.rows<FollowedLibrary>(sql`select ${columns} from public.followed_library f
        where f.sealed_key is not null and not starts_with(f.sealed_key, ${`${newest}.`})`),
    recordKey: (id: number, sealedKey: string) =>
      db.rows(sql`update public.followed_library set sealed_key = ${sealedKey} where id = ${id}`),
    /** Has it read at this moment. */
    recordNext: (id: number, at: Date) =>
      db.rows(sql`update public.followed_library set next_at = ${at} where id = ${id}`),
    /** It was read, or nothing had changed. */
    recordRead: (
      id: number,
      read: {
        readonly version: number;
        readonly leftOut: number;
        readonly at: Date;
        readonly nextAt: Date;
      },
    ) =>
      db.rows(sql`update public.followed_library set version = ${read.version},
          left_out = ${read.leftOut}, read_at = ${read.at}, asked_at = ${read.at},
          next_at = ${read.nextAt}, failures = 0, problem = null
        where id = ${id}`),
    recordFailure: (
      id: number,
      failed: { readonly problem: string; readonly at: Date; readonly nextAt: Date | null },
    ) =>
      db.rows(sql`update public.followed_library set problem = ${failed.problem},
          failures = failures + 1, asked_at = ${failed.at}, next_at = ${failed.nextAt}
        where id = ${id}`),
    /** Its papers stay, as the reader's own. */
    remove: (id: number) => db.rows(sql`delete from public.followed_library where id = ${id}`),
  };
}

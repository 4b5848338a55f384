import type { AnnouncementText, Audience } from '../../core/letter/announcement.ts';
import type { DeliveryState, FailureCause } from '../../core/letter/delivery.ts';
import type { Language } from '../../core/words/languages.ts';
import { type Database, findRow, getRow, json, type Sql, sql } from '../database.ts';

/** An announcement as it is kept. */
export interface Announcement extends AnnouncementText {
  readonly id: number;
  readonly audience: Audience;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly releasedAt: Date | null;
  readonly releasedBy: string | null;
  /** How many it was written for when it was released. */
  readonly readers: number | null;
  readonly discardedAt: Date | null;
  /** Why nothing of it goes out; null where it may. */
  readonly pausedBy: string | null;
  readonly isCancelled: boolean;
  /** Deliveries of it that are ready, deferred or on the wire. */
  readonly open: number;
  /** Those of them that wait for their turn in a warm-up. */
  readonly waiting: number;
}

/** One reader whom it is for. */
export interface Addressee {
  readonly subscriptionId: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly addressHash: string;
  /** Null where they chose none. */
  readonly language: Language | null;
}

const columns = sql`a.id, a.is_service as "isService", a.subject, a.body, a.audience,
  a.written_by as "writtenBy", a.written_at as "writtenAt", a.released_at as "releasedAt",
  a.released_by as "releasedBy", a.readers, a.discarded_at as "discardedAt",
  u.reason as "pausedBy", coalesce(u.cancels, false) as "isCancelled",
  (select count(*)::int from public.delivery d where d.announcement_id = a.id
    and d.state in ('ready', 'deferred', 'sending')) as open,
  (select count(*)::int from public.delivery d where d.announcement_id = a.id
    and d.state in ('ready', 'deferred') and d.state = 'ready' and d.next_at is null) as waiting`;
const joined = sql`public.announcement a
  left join public.pause u on u.announcement_id = a.id and u.ended_at is null`;

/** Whether a reader `s` takes what a row `a`, or a draft, is. */
const takes = (isService: Sql) =>
  sql`(s.announcements = 'all' or (s.announcements = 'service' and ${isService}))`;

/**
 * Holds for a delivery `d` that is no announcement, or one that its reader still takes: they are
 * subscribed, have not paused all mail at that moment, and ended no announcements.
 */
export const isTakenAt = (at: Sql) => sql`(d.announcement_id is null or exists (
  select 1 from public.subscription s join public.announcement a on a.id = d.announcement_id
  where s.subscriber_id = d.subscriber_id and s.state = 'active'
    and (s.paused_until is null or s.paused_until <= ${at})
    and ${takes(sql`a.is_service`)}))`;

/** What operators wrote to readers, and whom it is for. */
export function createAnnouncementStore(db: Database) {
  /** Holds for a reader of `joined` whom it is for at a time; hashes of addresses must be recorded. */
  const isFor = (
    { audience, isService }: Pick<Announcement, 'audience' | 'isService'>,
    now: Date,
  ) =>
    sql`s.state = 'active' and (s.paused_until is null or s.paused_until <= ${now})
      and ${takes(sql`${isService}::boolean`)}
      and (${audience.field ?? null}::text is null
        or s.profile -> 'fields' @> to_jsonb(${audience.field ?? ''}::text))
      and (${audience.address ?? null}::text is null
        or position(${(audience.address ?? '').toLowerCase()} in r.address_key) > 0)
      and not exists (select 1 from public.suppression p where p.address_hash = r.address_hash)`;
  const readers = sql`public.subscription s join public.subscriber r on r.id = s.subscriber_id`;

  return {
    insert: async (
      draft: AnnouncementText & { audience: Audience; writtenBy: string; at: Date },
    ): Promise<number> =>
      (
        await getRow<{ id: number }>(
          db,
          sql`insert into public.announcement
              (is_service, subject, body, audience, written_by, written_at)
            values (${draft.isService}, ${draft.subject}, ${draft.body}, ${json(draft.audience)},
              ${draft.writtenBy}, ${draft.at}) returning id`,
        )
      ).id,
    /** Changes a draft; false where it is none any more. */
    change: async (
      id: number,
      draft: AnnouncementText & { audience: Audience; writtenBy: string; at: Date },
    ) =>
      (
        await db.rows(sql`update public.announcement set is_service = ${draft.isService},
            subject = ${draft.subject}, body = ${draft.body}, audience = ${json(draft.audience)},
            written_by = ${draft.writtenBy}, written_at = ${draft.at}
          where id = ${id} and released_at is null and discarded_at is null returning id`)
      ).length > 0,
    /** Puts a draft aside; false where it is none any more. */
    recordDiscarded: async (id: number, at: Date) =>
      (
        await db.rows(sql`update public.announcement set discarded_at = ${at}
          where id = ${id} and released_at is null and discarded_at is null returning id`)
      ).length > 0,
    find: (id: number) =>
      findRow<Announcement>(db, sql`select ${columns} from ${joined} where a.id = ${id}`),
    /** Holds it to the end of the transaction. */
    lock: (id: number) =>
      db.rows(sql`select id from public.announcement where id = ${id} for update`),
    /** The newest first, those before `beforeId`. */
    list: (page: { beforeId: number | null; most: number }) =>
      db.rows<Announcement>(sql`select ${columns} from ${joined}
        where a.id < coalesce(${page.beforeId}::bigint, 9223372036854775807)
        order by a.id desc limit ${page.most}`),

    /** How many it is for, to the last one. */
    countAudience: async (of: Pick<Announcement, 'audience' | 'isService'>, now: Date) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from ${readers} where ${isFor(of, now)}`,
        )
      ).count,
    /** The same by the provider that takes their mail, as far as that was looked up; else by domain. */
    countProviders: (of: Pick<Announcement, 'audience' | 'isService'>, now: Date) =>
      db.rows<{ provider: string; count: number }>(sql`
        with counted as (
          select lower(substring(r.address from '[^@]+$')) as domain, count(*)::int as count
          from ${readers} where ${isFor(of, now)} group by 1)
        select coalesce(m.provider, c.domain) as provider, sum(c.count)::int as count
        from counted c left join public.warm_up_domain m on m.domain = c.domain group by 1`),
    /** Those whom it is for, in the order they came, after an id. */
    listAudience: (
      of: Pick<Announcement, 'audience' | 'isService'>,
      page: { now: Date; afterId: number; most: number },
    ) =>
      db.rows<Addressee>(sql`select s.id as "subscriptionId", r.id as "subscriberId", r.address,
          r.address_hash as "addressHash", s.profile ->> 'language' as language
        from ${readers} where ${isFor(of, page.now)} and s.id > ${page.afterId}
        order by s.id limit ${page.most}`),
    recordReleased: (id: number, release: { at: Date; by: string; readers: number }) =>
      db.rows(sql`update public.announcement set released_at = ${release.at},
          released_by = ${release.by}, readers = ${release.readers}
        where id = ${id}`),

    /** What became of its deliveries. */
    countOutcomes: (id: number) =>
      db.rows<{ state: DeliveryState; cause: FailureCause | null; count: number }>(sql`
        select d.state, d.cause, count(*)::int as count from public.delivery d
        where d.announcement_id = ${id} group by d.state, d.cause order by d.state, d.cause`),
    /** What readers sent back of it. */
    countComplaints: async (id: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.feedback f
            join public.delivery d on d.id = f.delivery_id
            where d.announcement_id = ${id} and f.kind = 'complaint'`,
        )
      ).count,
  };
}

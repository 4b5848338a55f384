import type { LibraryEntry } from '../../core/library/library.ts';
import type { Example } from '../../core/ranking/taste.ts';
import { type Database, json, type Sql, sql } from '../database.ts';

/** A paper of a reader's library, as its page lists it. */
export interface KeptEntry {
  readonly key: string;
  /** Ours where we know the paper, else as it was given; null for an id that nothing is known of yet. */
  readonly title: string | null;
  readonly isKnown: boolean;
  readonly addedAt: Date;
}

/** A paper as it is added, with the item that it is in a library elsewhere. */
export type KeptFrom = LibraryEntry & { readonly item?: string };

/** The papers that readers say they have. */
export function createLibraryStore(db: Database) {
  /** Also papers that were stored since and that nobody has looked up for learning. */
  const paperOf = sql`coalesce(l.paper_id,
    (select min(k.paper_id) from public.paper_key k where k.key = l.key))`;
  const listed = (ids: readonly number[]) =>
    sql`(select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`;

  const changes = async (change: Sql) => (await db.rows(change)).length > 0;

  return {
    /**
     * Adds papers; one that is there already gained what it lacked. What a reader gives is theirs;
     * what comes from a followed library is its, unless it was theirs. False where nothing was new.
     */
    upsert: (
      subscriberId: number,
      entries: readonly KeptFrom[],
      { at, followedId = null }: { readonly at: Date; readonly followedId?: number | null },
    ) =>
      changes(sql`insert into public.library as l
          (subscriber_id, key, title, abstract, added_at, followed_id, item)
        select ${subscriberId}, r.key, r.title, r.abstract, ${at}, ${followedId}::bigint, r.item
        from jsonb_to_recordset(${json(entries)}::jsonb)
          as r(key text, title text, abstract text, item text)
        on conflict (subscriber_id, key) do update set
          title = coalesce(excluded.title, l.title),
          abstract = coalesce(excluded.abstract, l.abstract),
          followed_id = case when excluded.followed_id is not null then l.followed_id end,
          item = case when l.followed_id = excluded.followed_id then excluded.item else l.item end
          where excluded.title <> l.title or excluded.abstract <> l.abstract
            or (l.title is null and excluded.title is not null)
            or (l.abstract is null and excluded.abstract is not null)
            or (excluded.followed_id is null and l.followed_id is not null)
            or (l.followed_id = excluded.followed_id and l.item <> excluded.item)
        returning 1`),
    /**
     * Removes of what came from a followed library what these items were, but for these keys;
     * without items, all of it. False where there was none.
     */
    removeItems: (
      followedId: number,
      { items, keep }: { readonly items?: readonly string[]; readonly keep: readonly string[] },
    ) =>
      changes(sql`delete from public.library where followed_id = ${followedId}
        and (${items === undefined}::boolean
          or item in (select jsonb_array_elements_text(${json(items ?? [])}::jsonb)))
        and key not in (select jsonb_array_elements_text(${json(keep)}::jsonb))
        returning 1`),
    /** How many papers each followed library of a reader brought. */
    countFollowed: (subscriberId: number) =>
      db.rows<{ id: number; count: number }>(sql`select followed_id as id, count(*)::int as count
        from public.library where subscriber_id = ${subscriberId} and followed_id is not null
        group by followed_id`),
    /** False where it was not there. */
    remove: (subscriberId: number, key: string) =>
      changes(sql`delete from public.library
        where subscriber_id = ${subscriberId} and key = ${key} returning 1`),
    /** False where there was none. */
    clear: (subscriberId: number) =>
      changes(sql`delete from public.library where subscriber_id = ${subscriberId} returning 1`),
    /** The keys of all of them. */
    async listKeys(subscriberId: number): Promise<Set<string>> {
      const rows = await db.rows<{ key: string }>(
        sql`select key from public.library where subscriber_id = ${subscriberId}`,
      );
      return new Set(rows.map(({ key }) => key));
    },
    /** Newest first. */
    list: (subscriberId: number) =>
      db.rows<KeptEntry>(sql`select l.key, coalesce(p.title, l.title, w.title) as title,
          (p.id is not null) as "isKnown", l.added_at as "addedAt"
        from public.library l left join public.paper p on p.id = ${paperOf}
          left join public.work w on w.key = l.key
        where l.subscriber_id = ${subscriberId} order by l.added_at desc, l.key`),
    /** Everything as the reader gave it, oldest first. */
    listOwn: (subscriberId: number) =>
      db.rows<LibraryEntry & { addedAt: Date }>(sql`select key, title, abstract,
          added_at as "addedAt"
        from public.library where subscriber_id = ${subscriberId} order by added_at, key`),
    /** Those that there is a text of: the paper's own where we know it. */
    listExamples: (subscriberId: number) =>
      db.rows<Example>(sql`select 'library' as kind, coalesce(p.title, l.title, w.title) as title,
          coalesce(nullif(p.abstract, ''), l.abstract, w.abstract, '') as abstract, l.added_at as at
        from public.library l left join public.paper p on p.id = l.paper_id
          left join public.work w on w.key = l.key
        where l.subscriber_id = ${subscriberId} and coalesce(p.title, l.title, w.title) is not null
        order by l.added_at, l.key`),
    /** Of these readers, those whose library has papers that were stored, or looked up, since it was learned. */
    async listBehind(subscriberIds: readonly number[]): Promise<number[]> {
      const rows = await db.rows<{ id: number }>(sql`select l.subscriber_id as id
        from public.library l join public.paper_key k on k.key = l.key
        where l.paper_id is null and l.subscriber_id in ${listed(subscriberIds)}
        union select l.subscriber_id from public.library l
          join public.work w on w.key = l.key
          left join public.taste t on t.subscriber_id = l.subscriber_id
        where l.subscriber_id in ${listed(subscriberIds)}
          and w.found_at >= coalesce(t.learned_at, '-infinity')
        order by id`);
      return rows.map(({ id }) => id);
    },
    /** Joins a reader's entries to the papers that are stored by now. */
    join: (subscriberId: number) =>
      db.rows(sql`with met as (
          select l.key, min(k.paper_id) as paper_id
          from public.library l join public.paper_key k on k.key = l.key
          where l.paper_id is null and l.subscriber_id = ${subscriberId} group by l.key)
        update public.library l set paper_id = m.paper_id from met m
        where l.subscriber_id = ${subscriberId} and l.key = m.key`),
  };
}

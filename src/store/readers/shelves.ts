import type { ShelfProblem, ShelvedState } from '../../core/library/shelf.ts';
import type { ShelvedPaper } from '../../core/library/zotero-item.ts';
import type { PaperIds } from '../../core/paper/paper.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** The collection at Zotero into which a reader's kept papers go. */
export interface Shelf {
  readonly subscriberId: number;
  /** Of the library at Zotero. */
  readonly userId: number;
  readonly userName: string;
  /** See `seal`; null where Zotero refused it. */
  readonly sealedKey: string | null;
  /** Its key there; null where its reader deleted it. */
  readonly collection: string | null;
  /** Whether that is known to be there. */
  readonly isMade: boolean;
  /** Whether what is kept by the links of a mail goes there, too. */
  readonly withMail: boolean;
  /** Of the library, before anything was written whose end is not recorded; null before the first time. */
  readonly version: number | null;
  readonly addedAt: Date;
  readonly pushedAt: Date | null;
  /** Null where nothing is to be done, or only the reader can help. */
  readonly nextAt: Date | null;
  /** In a row. */
  readonly failures: number;
  readonly problem: ShelfProblem | null;
}

/** A paper that is to go to a shelf. */
export interface ToShelve extends ShelvedPaper {
  readonly paperId: number;
  /** Null where it has none yet. */
  readonly itemKey: string | null;
}

/** How many papers of a shelf stand how. */
export interface ShelfCounts extends Readonly<Record<ShelvedState | 'waiting', number>> {
  /** Kept by mail, where that does not go there. */
  readonly held: number;
}

type Of = Pick<Shelf, 'subscriberId' | 'userId'>;

const columns = sql`f.subscriber_id as "subscriberId", f.user_id as "userId",
  f.user_name as "userName", f.sealed_key as "sealedKey", f.collection, f.is_made as "isMade", f.with_mail as "withMail",
  f.version, f.added_at as "addedAt", f.pushed_at as "pushedAt", f.next_at as "nextAt", f.failures,
  f.problem`;

/** What stands on a shelf or is to go there: kept papers `k` with what became of them, `s`. */
const kept = ({ subscriberId, userId }: Of) => sql`public.kept k
  left join public.shelved s on s.subscriber_id = k.subscriber_id and s.paper_id = k.paper_id
    and s.user_id = ${userId}
  where k.subscriber_id = ${subscriberId}`;

/** Collections of readers at Zotero, and what became of each paper that was to go there. */
export function createShelfStore(db: Database) {
  return {
    find: (subscriberId: number) =>
      findRow<Shelf>(
        db,
        sql`select ${columns} from public.shelf f where f.subscriber_id = ${subscriberId}`,
      ),
    /** The same, locked until the transaction ends. */
    lock: (subscriberId: number) =>
      findRow<Shelf>(
        db,
        sql`select ${columns} from public.shelf f
          where f.subscriber_id = ${subscriberId} for update`,
      ),
    /** Of active readers, those to which something is to go by now. */
    listDue: (at: Date, most: number) =>
      db.rows<{ subscriberId: number }>(sql`select f.subscriber_id as "subscriberId"
        from public.shelf f where f.next_at <= ${at} and exists (select 1 from public.subscription s
          where s.subscriber_id = f.subscriber_id and s.state = 'active')
        order by f.next_at limit ${most}`),
    /** Puts one up, or another in its place; one of the same library keeps its collection. */
    upsert: (shelf: {
      readonly subscriberId: number;
      readonly userId: number;
      readonly userName: string;
      readonly sealedKey: string;
      readonly collection: string;
      readonly withMail: boolean;
      readonly at: Date;
    }) =>
      db.rows(sql`insert into public.shelf as f (subscriber_id, user_id, user_name, sealed_key,
          collection, with_mail, added_at, next_at)
        values (${shelf.subscriberId}, ${shelf.userId}, ${shelf.userName}, ${shelf.sealedKey},
          ${shelf.collection}, ${shelf.withMail}, ${shelf.at}, ${shelf.at})
        on conflict (subscriber_id) do update set user_id = excluded.user_id,
          user_name = excluded.user_name, sealed_key = excluded.sealed_key,
          collection = case when f.user_id = excluded.user_id then f.collection
            else excluded.collection end,
          is_made = f.is_made and f.user_id = excluded.user_id,
          version = case when f.user_id = excluded.user_id then f.version end,
          with_mail = excluded.with_mail, next_at = excluded.next_at, failures = 0, problem = null`),
    remove: (subscriberId: number) =>
      db.rows(sql`delete from public.shelf where subscriber_id = ${subscriberId}`),

    /** Has something go there now, unless only the reader can help; whether there is such a shelf. */
    touch: async (subscriberId: number, at: Date) =>
      (
        await db.rows(sql`update public.shelf f set next_at = coalesce(f.next_at, ${at})
          where f.subscriber_id = ${subscriberId} and f.sealed_key is not null
            and (f.problem is null or f.next_at is not null) returning 1`)
      ).length > 0,
    /** The reader asks for it: what Zotero did not take is tried again, too. */
    async tryAgain({ subscriberId, userId }: Of, at: Date): Promise<void> {
      await db.rows(sql`update public.shelved set state = 'waiting', tries = 0, reason = null
        where subscriber_id = ${subscriberId} and user_id = ${userId} and state = 'failed'`);
      await db.rows(sql`update public.shelf f set next_at = ${at}, failures = 0, problem = null
        where f.subscriber_id = ${subscriberId} and f.sealed_key is not null
          and f.problem is distinct from 'busy'`);
    },
    recordWithMail: (subscriberId: number, withMail: boolean) =>
      db.rows(sql`update public.shelf set with_mail = ${withMail}
        where subscriber_id = ${subscriberId}`),
    recordCollection: ({ subscriberId, userId }: Of, collection: string | null) =>
      db.rows(sql`update public.shelf set collection = ${collection}, is_made = false
        where subscriber_id = ${subscriberId} and user_id = ${userId}`),
    /** The collection is there; from this version of the library on deletions count, unless one is known. */
    recordMade: ({ subscriberId, userId }: Of, version: number) =>
      db.rows(sql`update public.shelf set is_made = true, version = coalesce(version, ${version})
        where subscriber_id = ${subscriberId} and user_id = ${userId}`),
    recordVersion: ({ subscriberId, userId }: Of, version: number) =>
      db.rows(sql`update public.shelf set version = ${version}
        where subscriber_id = ${subscriberId} and user_id = ${userId}`),
    /** What was to go there has gone; or some of it, and the rest is due at `nextAt`. */
    recordPushed: ({ subscriberId, userId }: Of, at: Date, nextAt: Date | null) =>
      db.rows(sql`update public.shelf set pushed_at = ${at}, next_at = ${nextAt}, failures = 0,
          problem = null
        where subscriber_id = ${subscriberId} and user_id = ${userId}`),
    /** A refused key is forgotten, unless another one was given meanwhile. */
    recordProblem: (
      { subscriberId, sealedKey }: Pick<Shelf, 'subscriberId' | 'sealedKey'>,
      failed: { readonly problem: ShelfProblem; readonly nextAt: Date | null },
    ) =>
      db.rows(sql`update public.shelf set problem = ${failed.problem}, failures = failures + 1,
          next_at = ${failed.nextAt},
          sealed_key = case when ${failed.problem} = 'key' then null else sealed_key end
        where subscriber_id = ${subscriberId} and sealed_key = ${sealedKey}`),

    /** Papers that are to go there, the first kept first. */
    async listToShelve(shelf: Of & Pick<Shelf, 'withMail'>, most: number): Promise<ToShelve[]> {
      const rows = await db.rows<
        Omit<ToShelve, 'link' | 'publishedAt' | 'ids'> & {
          readonly ids: PaperIds;
          readonly link: string | null;
          readonly publishedAt: Date | null;
        }
      >(sql`select k.paper_id as "paperId", k.item_key as "itemKey", p.title, p.abstract, p.authors,
          p.ids, p.link, p.published_at as "publishedAt"
        from (select k.id, k.paper_id, s.item_key from ${kept(shelf)}
          and coalesce(s.state, 'waiting') = 'waiting' and (${shelf.withMail} or not k.by_mail)
          order by k.id limit ${most}) k join public.paper p on p.id = k.paper_id
        order by k.id`);
      return rows.map(({ link, publishedAt, ...paper }) => ({
        ...paper,
        ...(link ? { link } : {}),
        ...(publishedAt ? { publishedAt } : {}),
      }));
    },
    /** Writes down under which keys papers go there, before they go. */
    recordKeys: (
      { subscriberId, userId }: Of,
      keys: readonly { readonly paperId: number; readonly itemKey: string }[],
      at: Date,
    ) =>
      db.rows(sql`insert into public.shelved (subscriber_id, user_id, paper_id, item_key, at)
        select ${subscriberId}, ${userId}, r."paperId", r."itemKey", ${at}
        from jsonb_to_recordset(${json(keys)}::jsonb) as r("paperId" bigint, "itemKey" text)
        on conflict do nothing`),
    /** Writes down what became of papers. */
    recordShelved: (
      { subscriberId, userId }: Of,
      papers: readonly {
        readonly paperId: number;
        readonly state: ShelvedState | 'waiting';
        readonly reason?: string;
      }[],
      at: Date,
    ) =>
      db.rows(sql`update public.shelved s set state = r.state, reason = r.reason,
          tries = s.tries + 1, at = ${at}
        from jsonb_to_recordset(${json(papers)}::jsonb) as r("paperId" bigint, state text, reason text)
        where s.subscriber_id = ${subscriberId} and s.user_id = ${userId}
          and s.paper_id = r."paperId"`),
    /** Gives up what Zotero had trouble with so often. */
    failTired: ({ subscriberId, userId }: Of, tries: number) =>
      db.rows(sql`update public.shelved set state = 'failed'
        where subscriber_id = ${subscriberId} and user_id = ${userId} and state = 'waiting'
          and tries >= ${tries}`),

    count: (shelf: Of & Pick<Shelf, 'withMail'>) =>
      getRow<ShelfCounts>(
        db,
        sql`select count(*) filter (where s.state = 'done')::int as done,
            count(*) filter (where s.state = 'left')::int as left,
            count(*) filter (where s.state = 'failed')::int as failed,
            count(*) filter (where coalesce(s.state, 'waiting') = 'waiting'
              and (${shelf.withMail} or not k.by_mail))::int as waiting,
            count(*) filter (where s.state is null and k.by_mail and not ${shelf.withMail})::int
              as held
          from ${kept(shelf)}`,
      ),
    /** What Zotero did not take, and why, the last first. */
    listFailed: (shelf: Of, most: number) =>
      db.rows<{ paperId: number; title: string; reason: string | null }>(sql`
        select k.paper_id as "paperId", p.title, k.reason
        from (select k.id, k.paper_id, s.reason from ${kept(shelf)} and s.state = 'failed') k
          join public.paper p on p.id = k.paper_id
        order by k.id desc limit ${most}`),

    /** Those whose key is sealed under another key than this. */
    listSealedByOld: (newest: string) =>
      db.rows<Shelf>(sql`select ${columns} from public.shelf f
        where f.sealed_key is not null and not starts_with(f.sealed_key, ${`${newest}.`})`),
    recordKey: (subscriberId: number, sealedKey: string) =>
      db.rows(sql`update public.shelf set sealed_key = ${sealedKey}
        where subscriber_id = ${subscriberId}`),
  };
}

import type { AskedWork } from '../../core/citations/asked.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import type { Author } from '../../core/paper/paper.ts';
import { type Database, findRow, json, listOf, sql } from '../database.ts';

/** A work that readers named, with what sources say of it. */
export interface CitedWork extends AskedWork {
  readonly keys: readonly string[];
  /** Null until somebody says it. */
  readonly title: string | null;
  readonly authors: readonly Author[];
  readonly publishedAt: Date | null;
  readonly retractedAt: Date | null;
}

/** Who named a work. */
export interface WorkReader {
  readonly subscriberId: number;
  /** From when on new citers are told; null where the reader was offered none yet. */
  readonly begunAt: Date | null;
  readonly namedAt: Date;
  /** Whether the reader wants to be told of papers by an author of the work. */
  readonly tellsOwn: boolean;
}

const columns = sql`w.id, w.ids, to_jsonb(w.keys) as keys, w.title, w.authors,
  w.published_at as "publishedAt", w.retracted_at as "retractedAt"`;
const texts = (keys: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${json(keys)}::jsonb))`;

/** Works whose citers are looked for, each once, whoever names it. */
export function createCitedWorkStore(db: Database) {
  return {
    /** Lets one at a time say what works there are; ends with the transaction. */
    lockAll: () => db.rows(sql`select pg_advisory_xact_lock(7305172252)`),
    /** Those under any of some ids, the oldest first. */
    listAlike: (keys: readonly string[]) =>
      db.rows<CitedWork>(sql`select ${columns} from public.cited_work w
        where w.keys && ${texts(keys)} order by w.id`),
    find: (id: number) =>
      findRow<CitedWork>(db, sql`select ${columns} from public.cited_work w where w.id = ${id}`),
    /** The same, and nobody else changes what is known of it in this transaction. */
    lock: (id: number) =>
      findRow<CitedWork>(
        db,
        sql`select ${columns} from public.cited_work w where w.id = ${id} for no key update`,
      ),
    /** Writes a new one; its id. */
    insert: async (
      work: {
        readonly ids: PaperIds;
        readonly keys: readonly string[];
        readonly title: string | null;
      },
      at: Date,
    ) =>
      (
        await db.rows<{ id: number }>(sql`insert into public.cited_work (keys, ids, title, made_at)
          values (${texts(work.keys)}, ${json(work.ids)}::jsonb, ${work.title}, ${at}) returning id`)
      )[0]?.id ?? 0,
    /** Writes down what more is known of one. */
    describe: (
      id: number,
      { ids, keys, title, authors, publishedAt }: Omit<CitedWork, 'id' | 'retractedAt'>,
    ) =>
      db.rows(sql`update public.cited_work set ids = ${json(ids)}::jsonb, keys = ${texts(keys)},
          title = ${title}, authors = ${json(authors)}::jsonb, published_at = ${publishedAt}
        where id = ${id}`),
    /** Notes who says that one was retracted; false where that was known. */
    recordRetracted: async (id: number, by: string, at: Date) =>
      (
        await db.rows(sql`update public.cited_work set retracted_at = ${at}, retracted_by = ${by}
          where id = ${id} and retracted_at is null returning 1`)
      ).length > 0,

    /** Makes works that turned out to be one the oldest of them, with its readers and citers. */
    async unite(id: number, others: readonly number[]): Promise<void> {
      if (others.length === 0) return;
      const gone = listOf(others);
      await db.rows(sql`insert into public.own_work (subscriber_id, cited_id, named_at, begun_at)
        select subscriber_id, ${id}, named_at, begun_at from public.own_work
        where cited_id = any(${gone}::bigint[]) on conflict do nothing`);
      await db.rows(sql`update public.citation set cited_id = ${id}
        where cited_id = any(${gone}::bigint[])`);
      await db.rows(sql`delete from public.cited_work where id = any(${gone}::bigint[])`);
    },

    /** Who named one and still reads. */
    listReaders: (id: number) =>
      db.rows<WorkReader>(sql`select o.subscriber_id as "subscriberId", o.begun_at as "begunAt",
          o.named_at as "namedAt", s.tells_own_citations as "tellsOwn"
        from public.own_work o join public.subscriber s on s.id = o.subscriber_id
        where o.cited_id = ${id} and exists (select 1 from public.subscription p
          where p.subscriber_id = o.subscriber_id and p.state = 'active')
        order by o.subscriber_id`),
    /** Works that were named before a moment, and of which some reader was offered nothing although a source answered. */
    listUnbegun: (before: Date, most: number) =>
      db.rows<{ readonly id: number }>(sql`select distinct o.cited_id as id from public.own_work o
        where o.begun_at is null and o.named_at <= ${before}
          and exists (select 1 from public.citation_turn t
            where t.cited_id = o.cited_id and t.begun_at is not null)
          and exists (select 1 from public.subscription p
            where p.subscriber_id = o.subscriber_id and p.state = 'active')
        order by 1 limit ${most}`),
    /** Notes that readers were offered the newest citers. */
    recordBegun: (id: number, subscriberIds: readonly number[], at: Date) =>
      db.rows(sql`update public.own_work set begun_at = ${at}
        where cited_id = ${id} and subscriber_id = any(${listOf(subscriberIds)}::bigint[])`),
    /** Forgets those that nobody names any more; how many. */
    removeUnnamed: async () =>
      (
        await db.rows(sql`delete from public.cited_work w
          where not exists (select 1 from public.own_work o where o.cited_id = w.id) returning 1`)
      ).length,
  };
}

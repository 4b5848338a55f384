import type { AuthorId, AuthorWork, FoundAuthor } from '../../core/citations/author.ts';
import { type Database, findRow, json, sql } from '../database.ts';

/** An author whose works a reader wants to see. */
export interface AskedAuthor {
  readonly id: number;
  readonly subscriberId: number;
  readonly author: AuthorId;
  readonly tries: number;
  /** Null until the source answered. */
  readonly works: readonly AuthorWork[] | null;
  readonly name: string | null;
  readonly total: number | null;
}

const columns = sql`id, subscriber_id as "subscriberId", author, tries, works, name, total`;

/** Authors that readers named as themselves, until they said which of the works are theirs. */
export function createAskedAuthorStore(db: Database) {
  return {
    list: (subscriberId: number) =>
      db.rows<AskedAuthor>(sql`select ${columns} from public.asked_author
        where subscriber_id = ${subscriberId} order by id`),
    find: (id: number, subscriberId: number) =>
      findRow<AskedAuthor>(
        db,
        sql`select ${columns} from public.asked_author
          where id = ${id} and subscriber_id = ${subscriberId}`,
      ),
    /** Wants one asked for; one that was asked is asked anew. */
    insert: (subscriberId: number, author: AuthorId, at: Date) =>
      db.rows(sql`insert into public.asked_author (subscriber_id, author, asked_at, next_at)
        values (${subscriberId}, ${author}, ${at}, ${at})
        on conflict (subscriber_id, author) do update set next_at = ${at}, asked_at = ${at}`),
    isDue: async (now: Date) =>
      (await findRow(
        db,
        sql`select 1 from public.asked_author where next_at <= ${now} limit 1`,
      )) !== undefined,
    listDue: (now: Date, most: number) =>
      db.rows<AskedAuthor>(sql`select ${columns} from public.asked_author
        where next_at <= ${now} order by next_at, id limit ${most}`),
    recordFound: (id: number, { name, works, total }: FoundAuthor) =>
      db.rows(sql`update public.asked_author set next_at = null, name = ${name},
          works = ${json(works)}::jsonb, total = ${total} where id = ${id}`),
    postpone: (id: number, nextAt: Date) =>
      db.rows(sql`update public.asked_author set next_at = ${nextAt}, tries = tries + 1
        where id = ${id}`),
    remove: (id: number, subscriberId: number) =>
      db.rows(sql`delete from public.asked_author
        where id = ${id} and subscriber_id = ${subscriberId}`),
    /** Those that nobody decided about for long. */
    removeBefore: (before: Date) =>
      db.rows(sql`delete from public.asked_author where asked_at < ${before}`),
  };
}

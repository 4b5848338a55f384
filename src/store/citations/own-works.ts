import type { PaperIds } from '../../core/paper/identifier.ts';
import { type Database, findRow, getRow, sql } from '../database.ts';

/** A work that a reader says is theirs, as their page lists it. */
export interface OwnWork {
  readonly id: number;
  readonly ids: PaperIds;
  readonly title: string | null;
  readonly namedAt: Date;
  readonly begunAt: Date | null;
  readonly retractedAt: Date | null;
  readonly retractedBy: string | null;
  /** Papers that are known to cite it, and how many of them share an author with it. */
  readonly citers: number;
  readonly own: number;
  /** The most that any source counts, of which not all may be read. */
  readonly total: number | null;
  /** When a source was asked last, and whether any knows it; null before the first answer. */
  readonly askedAt: Date | null;
  readonly isKnown: boolean | null;
}

/** Which works readers say are theirs. */
export function createOwnWorkStore(db: Database) {
  return {
    /** A reader's, the newest named first. */
    list: (subscriberId: number) =>
      db.rows<OwnWork>(sql`select w.id, w.ids, w.title, o.named_at as "namedAt",
          o.begun_at as "begunAt", w.retracted_at as "retractedAt",
          w.retracted_by as "retractedBy", c.citers, c.own, t.total, t."askedAt", t."isKnown"
        from public.own_work o join public.cited_work w on w.id = o.cited_id
        cross join lateral (select count(*)::int as citers,
            (count(*) filter (where is_own))::int as own
          from public.citation where cited_id = w.id) c
        cross join lateral (select max(total)::int as total, max(asked_at) as "askedAt",
            bool_or(is_known) as "isKnown"
          from public.citation_turn where cited_id = w.id) t
        where o.subscriber_id = ${subscriberId} order by o.named_at desc, w.id desc`),
    count: async (subscriberId: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.own_work
            where subscriber_id = ${subscriberId}`,
        )
      ).count,
    /** Makes a work a reader's; false where it was. */
    insert: async (subscriberId: number, citedId: number, at: Date) =>
      (
        await db.rows(sql`insert into public.own_work (subscriber_id, cited_id, named_at)
          values (${subscriberId}, ${citedId}, ${at}) on conflict do nothing returning 1`)
      ).length > 0,
    /** Takes one away, or all; how many there were. */
    remove: async (subscriberId: number, citedId: number | null) =>
      (
        await db.rows(sql`delete from public.own_work where subscriber_id = ${subscriberId}
          and (${citedId}::bigint is null or cited_id = ${citedId}) returning 1`)
      ).length,
    /** Whether a reader wants to be told of papers by an author of the work. */
    tellsOwn: async (subscriberId: number) =>
      (
        await findRow<{ tells: boolean }>(
          db,
          sql`select tells_own_citations as tells from public.subscriber where id = ${subscriberId}`,
        )
      )?.tells ?? false,
    recordTellsOwn: (subscriberId: number, tells: boolean) =>
      db.rows(sql`update public.subscriber set tells_own_citations = ${tells}
        where id = ${subscriberId}`),
  };
}

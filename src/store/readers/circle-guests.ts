import { type Database, sql } from '../database.ts';

/** A circle as operators see it: how much there is, and nothing of what it says. */
export interface CircleCounts {
  readonly id: number;
  /** Of those that an operator made; what readers call theirs is their own. */
  readonly name: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly members: number;
  readonly papers: number;
  readonly notes: number;
  readonly reports: number;
}

/** What operators do with circles: count them, and invite people to one by a list. */
export function createCircleGuestStore(db: Database) {
  return {
    /** One page, the newest first. */
    listCounts: (before: number, most: number) =>
      db.rows<CircleCounts>(sql`select c.id, case when c.by_operator then c.name end as name,
          c.opened_at as "openedAt", c.closed_at as "closedAt",
          (select count(*)::int from public.circle_member m
            where m.circle_id = c.id and m.left_at is null) as members,
          (select count(*)::int from public.circle_paper p where p.circle_id = c.id) as papers,
          (select count(*)::int from public.circle_note n
            join public.circle_paper p on p.id = n.circle_paper_id where p.circle_id = c.id) as notes,
          (select count(*)::int from public.circle_report r
            join public.circle_note n on n.id = r.note_id
            join public.circle_paper p on p.id = n.circle_paper_id where p.circle_id = c.id) as reports
        from public.circle c where c.id < ${before} order by c.id desc limit ${most}`),
    /** Keeps by the hash of an address that it is to be invited once its owner confirmed it. */
    name: (circleId: number, addressHash: string, at: Date) =>
      db.rows(sql`insert into public.circle_guest (circle_id, address_hash, named_at)
        values (${circleId}, ${addressHash}, ${at}) on conflict do nothing`),
    /** The circles that an address is to be invited to, which are told of once. */
    take: async (addressHash: string) =>
      (
        await db.rows<{ id: number }>(sql`delete from public.circle_guest
          where address_hash = ${addressHash} returning circle_id as id`)
      ).map(({ id }) => id),
    removeBefore: (before: Date) =>
      db.rows(sql`delete from public.circle_guest where named_at < ${before}`),
  };
}

import { type Database, listOf, type Sql, sql } from '../database.ts';

/** Notes that are to be seen nowhere, or a member who is to hear of none. */
type Forgotten = { readonly notes: Sql } | { readonly isWaitingFor: number; readonly by?: number };

/**
 * Takes notes out of the digests to come: of some notes for all readers, or for one member what no
 * message has told them. A digest that would have nothing else is sent to nobody.
 */
export async function forgetNotes(db: Database, forgotten: Forgotten): Promise<void> {
  const which = 'notes' in forgotten ? ofAll(forgotten.notes) : ofMember(forgotten);
  await db.rows(sql`with gone as (
      delete from public.item i where i.kind = 'note' and ${which} returning i.id),
    told as (
      select distinct h.delivery_id as id from public.item_delivery h join gone on gone.id = h.item_id)
    update public.delivery d set state = 'failed', cause = 'cancelled', next_at = null,
      ended_at = clock_timestamp()
    from told where d.id = told.id and d.edition_id is null and d.state in ('ready', 'deferred')
      and not exists (select 1 from public.item_delivery h
        where h.delivery_id = d.id and h.item_id not in (select id from gone))`);
}

function ofAll(notes: Sql): Sql {
  return sql`i.key in (select 'note:' || n.id from public.circle_note n where ${notes})`;
}

function ofMember({ isWaitingFor, by }: { isWaitingFor: number; by?: number }): Sql {
  return sql`i.subscriber_id = (select subscriber_id from public.circle_member
      where id = ${isWaitingFor})
    and i.key in (select 'note:' || n.id from public.circle_note n
      join public.circle_member w on w.id = n.member_id
      where ${
        by === undefined
          ? sql`w.circle_id = (select circle_id from public.circle_member
        where id = ${isWaitingFor})`
          : sql`w.id = ${by}`
      })
    and not exists (select 1 from public.item_delivery h where h.item_id = i.id)`;
}

/** Removes notes everywhere, and papers of which nothing is left. */
export async function removeNotes(db: Database, notes: Sql): Promise<void> {
  await forgetNotes(db, { notes });
  const papers = await db.rows<{ paper: number }>(sql`delete from public.circle_note n
    where ${notes} returning n.circle_paper_id as paper`);
  const ids = listOf([...new Set(papers.map(({ paper }) => paper))]);
  await db.rows(sql`delete from public.circle_paper p where p.id = any(${ids}::bigint[])
    and not exists (select 1 from public.circle_note n where n.circle_paper_id = p.id)
    and not exists (select 1 from public.circle_meeting t where t.circle_paper_id = p.id)`);
}

/** Holds for a member who gets mail. */
export function isReading(member: Sql): Sql {
  return sql`exists (select 1 from public.subscription s
    where s.subscriber_id = ${member}.subscriber_id and s.state = 'active')`;
}

/** Gives circles without an owner to the one who has been in for longest. */
export async function settleCircles(db: Database, circleIds: readonly number[]): Promise<void> {
  await db.rows(sql`update public.circle_member m set is_owner = true
    from unnest(${listOf(circleIds)}::bigint[]) w(id)
    where m.id = (select o.id from public.circle_member o
        where o.circle_id = w.id and o.left_at is null
        order by o.set_aside_at is not null, not ${isReading(sql`o`)}, o.joined_at, o.id limit 1)
      and not exists (select 1 from public.circle_member o where o.circle_id = w.id and o.is_owner)`);
}

/** Takes a reader out of all circles with what they said, before they are erased. */
export async function eraseFromCircles(db: Database, subscriberId: number): Promise<void> {
  const gone = await db.rows<{ circle: number }>(sql`update public.circle_member
    set is_owner = false, left_at = coalesce(left_at, joined_at)
    where subscriber_id = ${subscriberId} returning circle_id as circle`);
  if (gone.length === 0) return;
  // A meeting stays, and not what they wrote of it.
  await db.rows(sql`update public.circle_meeting set place = '', member_id = null
    where member_id in (select id from public.circle_member where subscriber_id = ${subscriberId})`);
  await removeNotes(
    db,
    sql`n.member_id in (select id from public.circle_member where subscriber_id = ${subscriberId})`,
  );
  await settleCircles(
    db,
    gone.map(({ circle }) => circle),
  );
}

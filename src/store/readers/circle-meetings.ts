import type { MeetingTime } from '../../core/circles/meeting.ts';
import { type Database, findRow, getRow, sql } from '../database.ts';

/** When a circle meets, and over which of its papers. */
export interface Meeting extends MeetingTime {
  readonly id: number;
  /** Of the circle. */
  readonly paper: number;
  readonly title: string;
  /** Who set it last; null where they are gone. */
  readonly by: string | null;
  readonly changedAt: Date;
  /** How often it was changed before. */
  readonly sequence: number;
  readonly isCancelled: boolean;
}

const columns = sql`t.id, t.circle_paper_id as paper, t.starts_at as "startsAt", t.zone, t.place,
  t.made_at as "changedAt", t.sequence, t.cancelled_at is not null as "isCancelled", m.name as by,
  coalesce((select a.title from public.paper a where a.id = p.paper_id
      and exists (select 1 from public.public_paper s where s.paper_id = a.id)),
    w.title, p.paper->>'title') as title`;
const joined = sql`public.circle_meeting t
  join public.circle_paper p on p.id = t.circle_paper_id
  left join public.work w on w.key = p.work
  left join public.circle_member m on m.id = t.member_id`;

/** When circles meet. */
export function createCircleMeetingStore(db: Database) {
  const findNext = (circleId: number, now: Date) =>
    findRow<Meeting>(
      db,
      sql`select ${columns} from ${joined} where t.circle_id = ${circleId}
        and t.starts_at > ${now} and t.cancelled_at is null order by t.starts_at limit 1`,
    );
  return {
    /** The one that is to come; undefined where none is set. */
    findNext,
    /** Sets the next one, which is one at a time: another is moved, and stays the same in calendars. */
    async set(
      { circleId, memberId, paper }: { circleId: number; memberId: number; paper: number },
      { startsAt, zone, place }: MeetingTime,
      at: Date,
    ): Promise<number> {
      const next = await findNext(circleId, at);
      const made = next
        ? sql`update public.circle_meeting set circle_paper_id = ${paper}, member_id = ${memberId},
            starts_at = ${startsAt}, zone = ${zone}, place = ${place}, made_at = ${at},
            sequence = sequence + 1 where id = ${next.id} returning id`
        : sql`insert into public.circle_meeting
            (circle_id, circle_paper_id, member_id, starts_at, zone, place, made_at)
          values (${circleId}, ${paper}, ${memberId}, ${startsAt}, ${zone}, ${place}, ${at})
          returning id`;
      return (await getRow<{ id: number }>(db, made)).id;
    },
    cancel: (id: number, at: Date) =>
      db.rows(sql`update public.circle_meeting set cancelled_at = ${at}, made_at = ${at},
          sequence = sequence + 1 where id = ${id} and cancelled_at is null`),
    /** Those of a circle since a time, the earliest first, also what was cancelled. */
    list: (circleId: number, since: Date, most: number) =>
      db.rows<Meeting>(sql`select ${columns} from ${joined} where t.circle_id = ${circleId}
        and t.starts_at >= ${since} order by t.starts_at, t.id limit ${most}`),
  };
}

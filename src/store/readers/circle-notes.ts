import type { MeetingTime } from '../../core/circles/meeting.ts';
import type { SaidNote, ToldPaper } from '../../core/letter/item.ts';
import { type Database, findRow, getRow, json, type Sql, sql } from '../database.ts';
import { forgetNotes, removeNotes } from './circle-endings.ts';

/** A paper as it is brought to a circle. */
export interface BroughtPaper {
  readonly circleId: number;
  /** Names it among those of the circle. */
  readonly key: string;
  readonly keys: readonly string[];
  /** The id that a source is asked for, where no feed brought it. */
  readonly work: string | null;
  readonly paperId: number | null;
  readonly paper: ToldPaper;
}

/** One line that a member wrote, or that they marked a paper. */
export interface CircleNote {
  readonly id: number;
  readonly memberId: number;
  readonly by: string;
  readonly text: string;
  readonly at: Date;
  /** Present where it tells of a meeting over the paper. */
  readonly meeting?: SaidNote['meeting'];
  readonly reports: number;
  /** Whether the one who looks reported it. */
  readonly isReported: boolean;
}

/** A paper of a circle with what was said of it. */
export interface CirclePaper {
  readonly id: number;
  readonly told: ToldPaper;
  /** As a feed or a source says, which is believed first. */
  readonly known: (Pick<ToldPaper, 'title' | 'authors'> & { readonly link?: string | null }) | null;
  /** Its page, where everybody may see it. */
  readonly paperId: number | null;
  /** The earliest first. */
  readonly notes: readonly CircleNote[];
  /** When the circle met over it, or is to, the earliest first. */
  readonly meetings: readonly Pick<MeetingTime, 'startsAt' | 'zone'>[];
}

type MeetingRow = Omit<NonNullable<SaidNote['meeting']>, 'startsAt'> & {
  readonly startsAt: string;
};
type NoteRow = Omit<CircleNote, 'at' | 'meeting'> & {
  readonly at: string;
  readonly meeting: MeetingRow | null;
};
type PaperRow = Omit<CirclePaper, 'notes' | 'meetings'> & {
  readonly notes: readonly NoteRow[] | null;
  readonly meetings: readonly { readonly startsAt: string; readonly zone: string }[] | null;
};

/** Papers of circles, and what members say of them. */
export function createCircleNoteStore(db: Database) {
  return {
    /** Brings a paper to its circle; the id that it has there, also where it was there before. */
    async bring({ paperId, ...paper }: BroughtPaper, at: Date): Promise<number> {
      if (paper.work && paperId === null) {
        await db.rows(sql`insert into public.work (key, next_at) values (${paper.work}, ${at})
          on conflict do nothing`);
      }
      const { id } = await getRow<{ id: number }>(
        db,
        sql`insert into public.circle_paper
            (circle_id, key, keys, work, paper_id, paper, first_at)
          values (${paper.circleId}, ${paper.key},
            array(select jsonb_array_elements_text(${json(paper.keys)}::jsonb)), ${paper.work},
            ${paperId}, ${json(paper.paper)}::jsonb, ${at})
          on conflict (circle_id, key) do update
            set paper_id = coalesce(circle_paper.paper_id, excluded.paper_id)
          returning id`,
      );
      return id;
    },
    /**
     * Writes what a member says of a paper of their circle, and has it stand in the next digest of
     * each other member who did not mute them. Needs the circle's lock.
     */
    async say(note: {
      paper: number;
      memberId: number;
      text: string;
      meetingId?: number;
      at: Date;
    }): Promise<number> {
      const { paper, memberId, text, meetingId = null, at } = note;
      const { id } = await getRow<{ id: number }>(
        db,
        sql`insert into public.circle_note (circle_paper_id, member_id, text, meeting_id, at)
          values (${paper}, ${memberId}, ${text}, ${meetingId}, ${at}) returning id`,
      );
      const reasons = json([{ code: 'note', note: String(id), key: `note:${id}` }]);
      await db.rows(sql`insert into public.item
          (subscriber_id, kind, key, keys, work, paper_id, paper, reasons, came_at)
        select m.subscriber_id, 'note', ${`note:${id}`}, p.keys, p.work, p.paper_id, p.paper,
          ${reasons}::jsonb, ${at}
        from public.circle_paper p join public.circle_member m on m.circle_id = p.circle_id
        where p.id = ${paper} and m.id <> ${memberId} and m.left_at is null
          and m.set_aside_at is null and not exists (select 1 from public.circle_mute u
            where u.member_id = m.id and u.muted_id = ${memberId})`);
      return id;
    },
    /** Some notes as letters say them; those that were taken back are not among them. */
    async listSaid(ids: readonly string[]): Promise<SaidNote[]> {
      if (ids.length === 0) return [];
      const rows = await db.rows<Omit<SaidNote, 'meeting'> & { meeting: MeetingRow | null }>(sql`
        select n.id::text as note, c.name as circle, m.name as by, n.text, ${meetingOf} as meeting
        from public.circle_note n join public.circle_member m on m.id = n.member_id
          join public.circle c on c.id = m.circle_id
        where n.id in (select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)
          and m.set_aside_at is null`);
      return rows.map((row) => ({ ...row, meeting: toMeeting(row.meeting) }));
    },
    /**
     * Papers of a circle of which something was said, or over which it met, between two moments, the
     * last first, as a member sees them: without what those said whom they muted.
     */
    list: async (
      { circleId, memberId }: { circleId: number; memberId: number },
      { from, to, most }: { from: Date; to: Date; most: number },
    ): Promise<CirclePaper[]> => {
      const rows = await db.rows<PaperRow>(sql`
        select p.id, p.paper as told, k.id as "paperId", coalesce(k.known, case
            when w.title is not null then jsonb_build_object('title', w.title,
              'authors', coalesce(w.authors, '[]')) end) as known, s.notes, t.meetings
        from public.circle_paper p
          left join lateral (${notesOf({ memberId, from, to })}) s on true
          left join lateral (${meetingsOf({ from, to })}) t on true
          left join lateral (${publicOf}) k on true
          left join public.work w on w.key = p.work
        where p.circle_id = ${circleId} and (s.notes is not null or t.meetings is not null)
        order by coalesce(s.last, t.last) desc, p.id desc limit ${most}`);
      return rows.map(toCirclePaper);
    },
    /** One note of a circle. */
    find: (circleId: number, id: number) =>
      findRow<{ id: number; memberId: number }>(
        db,
        sql`select n.id, n.member_id as "memberId" from public.circle_note n
          join public.circle_paper p on p.id = n.circle_paper_id
          where n.id = ${id} and p.circle_id = ${circleId}`,
      ),
    /** Whether a paper is one of a circle's. */
    hasPaper: async (circleId: number, id: number) =>
      (await findRow(
        db,
        sql`select 1 from public.circle_paper where id = ${id} and circle_id = ${circleId}`,
      )) !== undefined,
    /** Removes a note from everywhere, also from letters that are rendered again. */
    remove: (id: number) => removeNotes(db, sql`n.id = ${id}`),
    /** The same of all that a member wrote. */
    removeOf: (memberId: number) => removeNotes(db, sql`n.member_id = ${memberId}`),
    report: (by: { note: number; memberId: number; at: Date }) =>
      db.rows(sql`insert into public.circle_report (note_id, member_id, at)
        values (${by.note}, ${by.memberId}, ${by.at}) on conflict do nothing`),
    /** What a reader wrote in all circles, the newest first. */
    listOf: (subscriberId: number, most: number) =>
      db.rows<{ circle: string; as: string; title: string; text: string; at: Date }>(sql`
        select c.name as circle, m.name as as, p.paper->>'title' as title, n.text, n.at
        from public.circle_note n join public.circle_member m on m.id = n.member_id
          join public.circle c on c.id = m.circle_id
          join public.circle_paper p on p.id = n.circle_paper_id
        where m.subscriber_id = ${subscriberId} order by n.at desc, n.id desc limit ${most}`),

    /** A member sees and hears no more of another; what waits for their next digest is taken out. */
    async mute(by: { memberId: number; mutedId: number; at: Date }) {
      await db.rows(sql`insert into public.circle_mute (member_id, muted_id, at)
        values (${by.memberId}, ${by.mutedId}, ${by.at}) on conflict do nothing`);
      await forgetNotes(db, { isWaitingFor: by.memberId, by: by.mutedId });
    },
    unmute: (by: { memberId: number; mutedId: number }) =>
      db.rows(sql`delete from public.circle_mute
        where member_id = ${by.memberId} and muted_id = ${by.mutedId}`),
    /** Whom a member muted. */
    listMuted: async (memberId: number) =>
      (
        await db.rows<{ id: number }>(sql`select muted_id as id from public.circle_mute
          where member_id = ${memberId}`)
      ).map(({ id }) => id),
  };
}

/** What was said of a paper `p`, and when last. */
function notesOf({ memberId, from, to }: { memberId: number; from: Date; to: Date }): Sql {
  return sql`select max(n.at) as last, jsonb_agg(jsonb_build_object('id', n.id, 'memberId', m.id,
      'by', m.name, 'text', n.text, 'at', n.at, 'meeting', ${meetingOf},
      'reports', (select count(*) from public.circle_report r where r.note_id = n.id),
      'isReported', exists (select 1 from public.circle_report r
        where r.note_id = n.id and r.member_id = ${memberId})) order by n.at, n.id) as notes
    from public.circle_note n join public.circle_member m on m.id = n.member_id
    where n.circle_paper_id = p.id and n.at >= ${from} and n.at < ${to}
      and m.set_aside_at is null and not exists (select 1 from public.circle_mute u
        where u.member_id = ${memberId} and u.muted_id = m.id)`;
}

/** What a note `n` says of a meeting, as that stands now. */
const meetingOf = sql`(select jsonb_build_object('startsAt', t.starts_at, 'zone', t.zone,
    'place', t.place, 'isCancelled', t.cancelled_at is not null)
  from public.circle_meeting t where t.id = n.meeting_id)`;

/** When a circle met over its paper `p`. */
function meetingsOf({ from, to }: { from: Date; to: Date }): Sql {
  return sql`select max(t.starts_at) as last,
      jsonb_agg(jsonb_build_object('startsAt', t.starts_at, 'zone', t.zone) order by t.starts_at)
        as meetings
    from public.circle_meeting t where t.circle_paper_id = p.id and t.cancelled_at is null
      and t.starts_at >= ${from} and t.starts_at < ${to}`;
}

/** The paper that a feed brought under the name of a paper `p` of a circle, where all may see it. */
const publicOf = sql`select a.id, jsonb_build_object('title', a.title, 'authors', a.authors,
    'link', a.link) as known
  from public.paper a where a.id = coalesce(p.paper_id,
      (select y.paper_id from public.paper_key y where y.key = p.key limit 1))
    and exists (select 1 from public.public_paper s where s.paper_id = a.id)`;

function toCirclePaper({ notes, meetings, ...paper }: PaperRow): CirclePaper {
  return {
    ...paper,
    notes: (notes ?? []).map(({ at, meeting, ...note }) => ({
      ...note,
      at: new Date(at),
      meeting: toMeeting(meeting),
    })),
    meetings: (meetings ?? []).map(({ startsAt, zone }) => ({
      startsAt: new Date(startsAt),
      zone,
    })),
  };
}

function toMeeting(row: MeetingRow | null): SaidNote['meeting'] {
  return row ? { ...row, startsAt: new Date(row.startsAt) } : undefined;
}

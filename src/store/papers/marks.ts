import type { StoredPaper } from '../../core/edition/cut.ts';
import type { Mark, PaperMark } from '../../core/edition/marks.ts';
import { type Database, getRow, json, sql } from '../database.ts';
import { columns, type PaperRow, toPaper } from './paper-row.ts';
import { raiseShown } from './shown.ts';

/** A paper of a draft as editors see it. */
export interface DraftPaper extends StoredPaper {
  readonly mark: Mark | null;
  readonly place: number | null;
  readonly firstSeenAt: Date;
  /** Names of the feeds that brought it. */
  readonly feeds: readonly string[];
}

/** Which papers of a draft are asked for. */
export interface DraftQuery {
  /** Part of a title, or empty. */
  readonly words: string;
  readonly mark: Mark | null;
  /** Go on after this one. */
  readonly after?: Pick<DraftPaper, 'id' | 'place'> | undefined;
  readonly most: number;
}

/** Behind every pick. */
const UNPICKED = 1_000_000;

/** How many papers of an edition stand under each mark. */
export interface MarkCounts {
  readonly papers: number;
  readonly picked: number;
  readonly hidden: number;
  readonly postponed: number;
}

/** What editors marked papers with. */
export function createMarkStore(db: Database) {
  return {
    listOfEdition: (editionId: number) =>
      db.rows<PaperMark>(sql`select m.paper_id as "paperId", m.mark, m.place
        from public.editor_mark m join public.paper p on p.id = m.paper_id
        where p.edition_id = ${editionId} order by m.place, m.paper_id`),

    countOfEdition: (editionId: number, before?: Date) =>
      getRow<MarkCounts>(
        db,
        sql`select count(*)::int as papers,
            count(*) filter (where m.mark = 'picked')::int as picked,
            count(*) filter (where m.mark = 'hidden')::int as hidden,
            count(*) filter (where m.mark = 'postponed')::int as postponed
          from public.paper p left join public.editor_mark m on m.paper_id = p.id
          where p.edition_id = ${editionId}
            and (${before ?? null}::timestamptz is null or p.first_seen_at < ${before ?? null})`,
      ),

    /**
     * Papers of an edition for its editors, picks first, then the newest: those whose title holds
     * `words`, and under `mark` where there is one.
     */
    async listPapers(
      editionId: number,
      { words, mark, after, most }: DraftQuery,
    ): Promise<DraftPaper[]> {
      const place = sql`coalesce(m.place, ${UNPICKED}::int)`;
      const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
      const rows = await db.rows<PaperRow & Omit<DraftPaper, keyof StoredPaper>>(sql`
        select ${columns}, m.mark, m.place, p.first_seen_at as "firstSeenAt",
          array(select f.name from public.paper_feed l join public.feed f on f.id = l.feed_id
            where l.paper_id = p.id order by f.name) as feeds
        from public.paper p left join public.editor_mark m on m.paper_id = p.id
        where p.edition_id = ${editionId} and p.title ilike ${like}
          and (${mark}::text is null or m.mark = ${mark})
          and (${after?.id ?? null}::bigint is null
            or (${place}, -p.id) > (${after?.place ?? UNPICKED}::int, ${-(after?.id ?? 0)}::bigint))
        order by ${place}, p.id desc limit ${most}`);
      return rows.map(({ mark: marked, place, firstSeenAt, feeds, ...row }) => ({
        ...toPaper(row),
        mark: marked,
        place,
        firstSeenAt,
        feeds,
      }));
    },

    /** Those of the papers that an edition does not hold, with the name of the one that does, if it has one. */
    listElsewhere: (editionId: number, papers: readonly number[]) =>
      db.rows<{ paperId: number; edition: string | null; isKnown: boolean }>(sql`
        select w.id as "paperId", e.name as edition, p.id is not null as "isKnown"
        from jsonb_array_elements_text(${json(papers)}::jsonb) t(text)
          cross join lateral (select t.text::bigint as id) w
          left join public.paper p on p.id = w.id
          left join public.edition e on e.id = p.edition_id
        where p.edition_id is distinct from ${editionId} order by w.id`),

    /** Marks papers, whatever was said of them before. */
    async record(marked: readonly PaperMark[], by: { actor: string; at: Date }): Promise<void> {
      await db.rows(sql`insert into public.editor_mark (paper_id, mark, place, actor, at)
        select m."paperId", m.mark, m.place, ${by.actor}, ${by.at}
        from jsonb_to_recordset(${json(marked)}::jsonb) as m("paperId" bigint, mark text, place int)
        on conflict (paper_id) do update set mark = excluded.mark, place = excluded.place,
          actor = excluded.actor, at = excluded.at`);
      if (marked.some(({ mark }) => mark === 'hidden')) await db.rows(raiseShown);
    },

    /** Takes marks back; how many there were. */
    async remove(papers: readonly number[]): Promise<number> {
      const removed = await db.rows<{ mark: Mark }>(sql`delete from public.editor_mark
        where paper_id in (select jsonb_array_elements_text(${json(papers)}::jsonb)::bigint)
        returning mark`);
      if (removed.some(({ mark }) => mark === 'hidden')) await db.rows(raiseShown);
      return removed.length;
    },

    /** Moves what is postponed of one edition to the draft after it; how many papers. */
    async movePostponed(editionId: number, draftId: number): Promise<number> {
      const moved = await db.rows<{ id: number }>(sql`update public.paper p
        set edition_id = ${draftId} from public.editor_mark m
        where m.paper_id = p.id and m.mark = 'postponed' and p.edition_id = ${editionId}
        returning p.id`);
      await db.rows(sql`delete from public.editor_mark where paper_id in
        (select jsonb_array_elements_text(${json(moved.map(({ id }) => id))}::jsonb)::bigint)`);
      return moved.length;
    },
  };
}

import type { EditionGroup } from '../../core/edition/edition.ts';
import type { Author, PaperIds } from '../../core/paper/paper.ts';
import type { KeptWeek } from '../../core/reader/kept.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';
import { isCovering } from '../ledger/histories.ts';

/** A paper that a reader keeps. */
export interface KeptForLater {
  /** Grows with the time at which papers were kept. */
  readonly id: number;
  readonly paperId: number;
  readonly keptAt: Date;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly ids: PaperIds;
  readonly link: string | null;
  readonly publishedAt: Date | null;
  /** The group of the first edition that shows it to everybody; null where none does. */
  readonly group: EditionGroup | null;
}

/** Which of a reader's papers are wanted. */
export interface KeptQuery {
  readonly subscriberId: number;
  /** All of them stand in its title, its abstract or its authors, in any case. */
  readonly words: readonly string[];
  /** Only those that were kept before this one. */
  readonly before?: number | undefined;
}

const columns = sql`k.id, k.paper_id as "paperId", k.kept_at as "keptAt", p.title, p.abstract,
  p.authors, p.ids, p.link, p.published_at as "publishedAt"`;

/** Papers that readers keep for later. */
export function createKeptStore(db: Database) {
  const wanted = ({
    subscriberId,
    words,
    before,
  }: KeptQuery) => sql`k.subscriber_id = ${subscriberId}
    and (${before ?? null}::bigint is null or k.id < ${before ?? null}) and not exists (
      select 1 from jsonb_array_elements_text(${json(words)}::jsonb) w
      where strpos(lower(p.title || ' ' || p.abstract || ' ' || p.authors::text), lower(w)) = 0)`;
  const count = async (subscriberId: number) =>
    (
      await getRow<{ count: number }>(
        db,
        sql`select count(*)::int as count from public.kept where subscriber_id = ${subscriberId}`,
      )
    ).count;

  return {
    count,
    has: async ({ subscriberId, paperId }: { subscriberId: number; paperId: number }) =>
      (await findRow(
        db,
        sql`select 1 from public.kept
          where subscriber_id = ${subscriberId} and paper_id = ${paperId}`,
      )) !== undefined,
    /** Keeps a paper; false where it was kept already. */
    insert: async (kept: { subscriberId: number; paperId: number; at: Date; isByMail: boolean }) =>
      (
        await db.rows(sql`insert into public.kept (subscriber_id, paper_id, kept_at, by_mail)
          values (${kept.subscriberId}, ${kept.paperId}, ${kept.at}, ${kept.isByMail})
          on conflict do nothing returning 1`)
      ).length > 0,
    /** False where it was not kept. */
    remove: async (kept: { subscriberId: number; paperId: number }) =>
      (
        await db.rows(sql`delete from public.kept
          where subscriber_id = ${kept.subscriberId} and paper_id = ${kept.paperId} returning 1`)
      ).length > 0,
    isWeekly: async (subscriberId: number) =>
      (await findRow(
        db,
        sql`select 1 from public.kept_weekly where subscriber_id = ${subscriberId}`,
      )) !== undefined,
    /** Whether a reader's digest says once a week what they kept. */
    recordWeekly: (subscriberId: number, isWeekly: boolean) =>
      db.rows(
        isWeekly
          ? sql`insert into public.kept_weekly (subscriber_id) values (${subscriberId})
              on conflict do nothing`
          : sql`delete from public.kept_weekly where subscriber_id = ${subscriberId}`,
      ),
    /**
     * Of these readers those whose digest says so, and none that may have arrived did on a date from
     * `since` on, before `date`; with their zones.
     */
    listUntold: (
      readers: readonly {
        readonly subscriberId: number;
        readonly since: string;
        readonly date: string;
      }[],
    ) =>
      db.rows<{ subscriberId: number; zone: string }>(sql`
        select w.subscriber_id as "subscriberId", s.zone
        from jsonb_to_recordset(${json(readers)}::jsonb)
            as r("subscriberId" bigint, since text, date text)
          join public.kept_weekly w on w.subscriber_id = r."subscriberId"
          join public.subscription s on s.subscriber_id = w.subscriber_id
        where not exists (select 1 from public.outcome o
          join public.delivery v on v.id = o.delivery_id
          where o.subscription_id = s.id and o.local_date::text >= r.since
            and o.local_date::text < r.date and ${isCovering})`),
    /** What each of some readers kept in a time: how much, and the first papers of it. */
    async listOfWeek(
      spans: readonly { readonly subscriberId: number; readonly from: Date; readonly to: Date }[],
      most: number,
    ): Promise<Map<number, KeptWeek>> {
      const rows = await db.rows<KeptWeek & { subscriberId: number }>(sql`
        select r."subscriberId", count(*)::int as count,
          (jsonb_agg(jsonb_strip_nulls(jsonb_build_object('paper', p.id, 'title', p.title,
            'link', p.link)) order by k.id) filter (where k.place <= ${most})) as papers
        from jsonb_to_recordset(${json(spans)}::jsonb)
            as r("subscriberId" bigint, "from" timestamptz, "to" timestamptz)
          join lateral (select k.id, k.paper_id, row_number() over (order by k.id) as place
            from public.kept k where k.subscriber_id = r."subscriberId"
              and k.kept_at >= r."from" and k.kept_at < r."to") k on true
          join public.paper p on p.id = k.paper_id
        group by r."subscriberId"`);
      return new Map(rows.map(({ subscriberId, ...week }) => [subscriberId, week]));
    },
    /** Papers that a reader keeps with their groups, the last kept first. */
    list: (query: KeptQuery, most: number) =>
      db.rows<KeptForLater>(sql`select ${columns}, g.group
        from public.kept k join public.paper p on p.id = k.paper_id
          left join lateral (select jsonb_build_object('number', g.number, 'label', g.label,
              'overview', coalesce(to_jsonb(g.overview), g.facts)) as "group"
            from public.public_paper s join public.edition_group g
              on g.edition_id = s.edition_id and g.number = s.group_number
            where s.paper_id = k.paper_id order by s.cut_at limit 1) g on true
        where ${wanted(query)} order by k.id desc limit ${most}`),
    /** The same without their groups. */
    listPlain: (query: KeptQuery, most: number) =>
      db.rows<KeptForLater>(sql`select ${columns}, null as "group"
        from public.kept k join public.paper p on p.id = k.paper_id
        where ${wanted(query)} order by k.id desc limit ${most}`),
  };
}

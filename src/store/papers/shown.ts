import type { HeatFacts } from '../../core/edition/rising.ts';
import type { Amended } from '../../core/paper/amendment.ts';
import type { Author } from '../../core/paper/paper.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** A line of a list of editions that readers may see. */
export interface ShownEdition {
  readonly id: number;
  readonly name: string;
  readonly date: string;
  readonly cutAt: Date;
  readonly isSample: boolean;
  readonly paperCount: number;
}

/** A paper of the last editions with what it gained. */
export interface HotPaper extends HeatFacts {
  readonly paperId: number;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly link: string | null;
  readonly summary: string;
  readonly amended: Amended | null;
  readonly editionName: string;
  readonly date: string;
}

/** A paper that readers here read, and how many did. */
export interface ReadPaper {
  readonly paperId: number;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly summary: string;
  readonly amended: Amended | null;
  readonly readers: number;
  readonly editionName: string;
  readonly date: string;
}

const columns = sql`e.id, e.name, e.date, e.cut_at as "cutAt", e.is_sample as "isSample",
  (select count(*)::int from public.public_paper p
    where p.edition_id = e.id and p.same_as is null) as "paperCount"`;

/** What became of the paper `p`, as `Amended`; null where nothing did. */
export const amendedColumn = sql`case when p.amended_kind is not null then
  jsonb_build_object('kind', p.amended_kind, 'title', p.amended_title) end`;

/** More have not risen in a week. */
const MOST_HOT = 200;

/** What everybody may see of editions, for pages that are the same for all. */
export function createShownStore(db: Database) {
  return {
    /** Newest first. */
    listNewest: (most: number) =>
      db.rows<ShownEdition>(sql`select ${columns} from public.edition e
        where e.released_at is not null order by e.cut_at desc, e.id desc limit ${most}`),
    /** Months such as `2025-05` that have an edition, with how many, newest first. */
    listMonths: () =>
      db.rows<{ month: string; editions: number }>(sql`
        select left(date::text, 7) as month, count(*)::int as editions from public.edition
        where released_at is not null and date is not null group by 1 order by 1 desc`),
    /** The editions of a month, newest first. */
    listOfMonth: (month: string) =>
      db.rows<ShownEdition>(sql`select ${columns} from public.edition e
        where e.released_at is not null and left(e.date::text, 7) = ${month}
        order by e.date desc, e.cut_at desc, e.id desc`),
    find: (name: string) =>
      findRow<ShownEdition>(
        db,
        sql`select ${columns} from public.edition e
          where e.name = ${name} and e.released_at is not null`,
      ),
    /** The edition before one, in the order of their cuts. */
    findEarlier: ({ id, cutAt }: Pick<ShownEdition, 'id' | 'cutAt'>) =>
      findRow<ShownEdition>(
        db,
        sql`select ${columns} from public.edition e
          where e.released_at is not null and (e.cut_at, e.id) < (${cutAt}::timestamptz, ${id})
          order by e.cut_at desc, e.id desc limit 1`,
      ),
    /** The edition after one. */
    findLater: ({ id, cutAt }: Pick<ShownEdition, 'id' | 'cutAt'>) =>
      findRow<ShownEdition>(
        db,
        sql`select ${columns} from public.edition e
          where e.released_at is not null and (e.cut_at, e.id) > (${cutAt}::timestamptz, ${id})
          order by e.cut_at, e.id limit 1`,
      ),
    /** Papers of the last editions that gained votes elsewhere, or have those of `fewest` readers here. */
    listHot: (given: { editions: number; fewest: number }) =>
      db.rows<HotPaper>(sql`
        with last as materialized (select id, name, date, cut_at from public.edition
          where released_at is not null order by cut_at desc, id desc limit ${given.editions}),
        voted as materialized (select v.paper_id, case when count(*) >= ${given.fewest}
            then sum(case v.way when 'more' then 1 else -1 end)::int else 0 end as votes
          from public.vote v where v.paper_id in (
            select ep.paper_id from public.edition_paper ep join last on last.id = ep.edition_id)
          group by v.paper_id)
        select ep.paper_id as "paperId", ep.title, ep.authors, ep.link, ep.summary,
          ${amendedColumn} as amended,
          last.name as "editionName", last.date, last.cut_at as "cutAt",
          greatest(0, coalesce(p.upvotes, 0) - ep.upvotes) as gained,
          coalesce(voted.votes, 0) as here
        from last
          join public.public_paper s on s.edition_id = last.id and s.same_as is null
          join public.edition_paper ep
            on ep.edition_id = s.edition_id and ep.paper_id = s.paper_id
          join public.paper p on p.id = ep.paper_id
          left join voted on voted.paper_id = ep.paper_id
        where (coalesce(p.upvotes, 0) > ep.upvotes or voted.votes > 0)
          and p.amended_kind is distinct from 'retraction'
        order by coalesce(p.upvotes, 0) - ep.upvotes + coalesce(voted.votes, 0) desc, ep.paper_id
        limit ${MOST_HOT}`),
    /**
     * Papers that at least so many readers asked for more of or keep, each reader once, by what they
     * did since a time; the most read first.
     */
    listRead: (given: { fewest: number; since: Date; most: number }) =>
      db.rows<ReadPaper>(sql`
        with acts as (
          select paper_id, subscriber_id from public.vote
            where at >= ${given.since} and way = 'more'
          union select paper_id, subscriber_id from public.library
            where added_at >= ${given.since} and paper_id is not null
          union select paper_id, subscriber_id from public.kept where kept_at >= ${given.since}),
        read as (select paper_id, count(*)::int as readers from acts
          group by paper_id having count(*) >= ${given.fewest})
        select distinct on (r.readers, s.paper_id) s.paper_id as "paperId", p.title, p.authors,
          s.summary, ${amendedColumn} as amended, r.readers, s.edition as "editionName", s.date
        from read r join public.public_paper s on s.paper_id = r.paper_id and s.same_as is null
          join public.paper p on p.id = s.paper_id
        where p.amended_kind is distinct from 'retraction'
        order by r.readers desc, s.paper_id desc, s.cut_at limit ${given.most}`),
    /** The papers of an edition that everybody may see now, with what became of each. */
    async listStanding(editionId: number): Promise<Map<number, Amended | null>> {
      const rows = await db.rows<{ id: number; amended: Amended | null }>(sql`
        select p.id, ${amendedColumn} as amended
        from public.public_paper s join public.paper p on p.id = s.paper_id
        where s.edition_id = ${editionId} and s.same_as is null`);
      return new Map(rows.map((row) => [row.id, row.amended]));
    },
    /** Abstracts by paper; papers without one are absent. */
    async listAbstracts(paperIds: readonly number[]): Promise<Map<number, string>> {
      const rows = await db.rows<{ id: number; abstract: string }>(sql`
        select id, abstract from public.paper where abstract <> ''
          and id in (select jsonb_array_elements_text(${json(paperIds)}::jsonb)::bigint)`);
      return new Map(rows.map(({ id, abstract }) => [id, abstract]));
    },
    /**
     * What every change of what all may see changes. A release counts by itself, since workers of an
     * older version raise nothing.
     */
    async findVersion(): Promise<string> {
      const { version } = await getRow<{ version: string }>(
        db,
        sql`select concat((select value from public.setting where name = 'shown'), ' ',
          (select max(released_at) from public.edition)) as version`,
      );
      return version;
    },
  };
}

/**
 * Has every page that is the same for all made anew: for the transaction of whatever changes
 * what all may see.
 */
export const raiseShown = sql`insert into public.setting (name, value)
  values ('shown', to_jsonb(gen_random_uuid()::text))
  on conflict (name) do update set value = excluded.value`;

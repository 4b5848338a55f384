import type { StoredPaper } from '../../core/edition/cut.ts';
import type { Amended } from '../../core/paper/amendment.ts';
import type { Author } from '../../core/paper/paper.ts';
import { type Database, findRow, listOf, sql } from '../database.ts';
import { columns, type PaperRow, toPaper } from './paper-row.ts';
import { amendedColumn } from './shown.ts';

/** A paper as everybody may see it. */
export interface PublicPaper extends StoredPaper {
  /** The first edition that it stood in. */
  readonly edition: string;
  readonly date: string;
  readonly isSample: boolean;
  readonly summary: string;
  readonly group: string;
  /** Its group's number in that edition. */
  readonly groupNumber: number;
  /** Names of the feeds that brought it. */
  readonly feeds: readonly string[];
  /** The editions that it stood in, the newest first. */
  readonly editions: readonly { readonly name: string; readonly date: string }[];
  /** Readers here who asked for more like it. */
  readonly votes: number;
  readonly amended: (Amended & { readonly link: string | null }) | null;
}

/** A line of a list of papers. */
export interface ListedPaper {
  readonly id: number;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly abstract: string;
  readonly summary: string;
  readonly edition: string;
  readonly date: string;
  readonly releasedAt: Date;
  readonly amended: Amended | null;
}

/** What stands under the number of a paper that is not shown there. */
export type Elsewhere =
  /** It repeats another, whose page is there. */
  | { readonly kind: 'same'; readonly as: number; readonly title: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unknown' };

/** Papers that everybody may see: all of it is read from the view `public_paper`. */
export function createPublicPaperStore(db: Database) {
  return {
    /** One paper with all that its page says; undefined where it is not shown. */
    async find(id: number): Promise<PublicPaper | undefined> {
      const row = await findRow<PaperRow & Omit<PublicPaper, keyof StoredPaper>>(
        db,
        sql`select ${columns}, s.edition, s.date, s.is_sample as "isSample", s.summary,
            coalesce(g.label, '') as "group", s.group_number as "groupNumber",
            array(select f.name from public.paper_feed l join public.feed f on f.id = l.feed_id
              where l.paper_id = p.id order by f.name) as feeds,
            (select jsonb_agg(jsonb_build_object('name', o.edition, 'date', o.date)
                order by o.cut_at desc)
              from public.public_paper o where o.paper_id = p.id) as editions,
            (select count(*)::int from public.vote v
              where v.paper_id = p.id and v.way = 'more') as votes,
            ${amendedColumn} || jsonb_build_object('link', p.amended_link) as amended
          from public.public_paper s join public.paper p on p.id = s.paper_id
            left join public.edition_group g
              on g.edition_id = s.edition_id and g.number = s.group_number
          where s.paper_id = ${id} and s.same_as is null order by s.cut_at limit 1`,
      );
      if (!row) return undefined;
      const { edition, date, isSample, summary, group, groupNumber } = row;
      const { feeds, editions, votes, amended } = row;
      return {
        ...toPaper(row),
        ...{ edition, date, isSample, summary, group, groupNumber },
        ...{ feeds, editions, votes, amended },
      };
    },

    /** Why `find` gives nothing. */
    async findElsewhere(id: number): Promise<Elsewhere> {
      const row = await findRow<{ as: number | null; title: string | null; isHidden: boolean }>(
        db,
        sql`select o.id as as, o.title, m.mark is not null as "isHidden"
          from public.paper p join public.edition e on e.id = p.edition_id
            left join public.public_paper s on s.paper_id = p.id
            left join public.paper o on o.id = s.same_as
            left join public.editor_mark m on m.paper_id = p.id and m.mark = 'hidden'
          where p.id = ${id} and e.released_at is not null limit 1`,
      );
      if (row?.as != null) return { kind: 'same', as: row.as, title: row.title ?? '' };
      return { kind: row?.isHidden ? 'hidden' : 'unknown' };
    },

    /** Lines of some papers, in the order of their ids in the list. */
    listByIds: (ids: readonly number[]) =>
      db.rows<ListedPaper>(sql`select distinct on (w.place) p.id, p.title, p.authors, p.abstract,
          s.summary, s.edition, s.date, s.released_at as "releasedAt",
          ${amendedColumn} as amended
        from unnest(${listOf(ids)}::bigint[]) with ordinality w(id, place)
          join public.public_paper s on s.paper_id = w.id and s.same_as is null
          join public.paper p on p.id = w.id
        order by w.place, s.cut_at`),

    /** Papers that were shown, in pages for lists of addresses: those after an id, in the order of ids. */
    listPaths: (after: number, most: number) =>
      db.rows<{ id: number; title: string; releasedAt: Date }>(sql`
        select p.id, p.title, min(s.released_at) as "releasedAt"
        from public.public_paper s join public.paper p on p.id = s.paper_id
        where p.id > ${after} and s.same_as is null and not s.is_sample
        group by p.id order by p.id limit ${most}`),

    /** The last id of each page of `most` such papers but the last one. */
    listPathPages: async (most: number) =>
      (
        await db.rows<{ id: number }>(sql`select id from (
            select paper_id as id, row_number() over (order by paper_id) as place
            from (select distinct paper_id from public.public_paper
              where same_as is null and not is_sample) d) r
          where place % ${most} = 0 order by id`)
      ).map(({ id }) => id),

    /** Papers of the groups under a label, the newest editions first. */
    listOfLabel: async (label: string, most: number) =>
      (
        await db.rows<{ id: number }>(sql`select s.paper_id as id
          from public.edition_group g join public.public_paper s
            on s.edition_id = g.edition_id and s.group_number = g.number and s.same_as is null
          where g.label = ${label} order by s.cut_at desc, s.position limit ${most}`)
      ).map(({ id }) => id),

    /** When editions were given to readers. */
    listMoments: (ids: readonly number[]) =>
      db.rows<{ id: number; at: Date }>(sql`select id, released_at as at from public.edition
        where id = any(${listOf(ids)}::bigint[]) and released_at is not null`),

    /** Editions that readers may see but for the sample, the newest first. */
    listEditionPaths: (most: number) =>
      db.rows<{ name: string; at: Date }>(sql`select name, released_at as at from public.edition
        where released_at is not null and not is_sample order by cut_at desc, id desc limit ${most}`),
  };
}

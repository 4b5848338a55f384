import type { Paper } from '../../core/paper/paper.ts';
import type { DateRange } from '../../core/search/query-dates.ts';
import type { SearchVectors } from '../../core/search/vector.ts';
import { type Database, findRow, json, raw, type Sql, sql } from '../database.ts';

/** What is asked for, as `tsquery`. */
export interface Search {
  /** Absent for all papers of the dates. */
  readonly match?: string;
  /** What the order is made by; the newest first where it is absent. */
  readonly order?: string;
  readonly dates: DateRange;
}

/** A paper that was found, with its place in the order. */
export interface Hit {
  readonly id: number;
  readonly rank: number;
  readonly date: string;
}

/** A paper whose words are to be written. */
export interface WordlessPaper
  extends Pick<Paper, 'title' | 'abstract' | 'authors' | 'categories'> {
  readonly id: number;
  readonly keywords: readonly string[];
  readonly group: string;
}

/** The words that papers are found by. */
export function createSearchStore(db: Database) {
  /**
   * By the index, whatever the planner thinks: it takes a look at every row for cheap, since rows are
   * short, and does not count that their words lie elsewhere. What a plan costs that is made
   * for one search is more than compiling it saves.
   */
  const byIndex = <Row>(query: Sql) =>
    db.transaction(async (tx) => {
      await tx.rows(raw('set local enable_seqscan = off'));
      await tx.rows(raw('set local jit = off'));
      return tx.rows<Row>(query);
    });
  return {
    /**
     * A page of what is found, most of it in the head first, then the newest; and how many there are
     * in all, which is not told of a page that is empty.
     */
    async find(
      search: Search,
      page: { readonly after?: Hit | undefined; readonly most: number },
    ): Promise<{ hits: Hit[]; count: number }> {
      const rank = search.order
        ? sql`pg_catalog.ts_rank(w.head, ${search.order}::tsquery)`
        : sql`0::float4`;
      const { after } = page;
      const behind = after
        ? sql`where (f.rank, f.date, f.id)
            < (${after.rank}::float4, ${after.date}::date, ${after.id}::bigint)`
        : sql``;
      const rows = await byIndex<Hit & { count: number }>(sql`with found as materialized (
          select w.paper_id as id, ${rank} as rank, w.date from public.paper_words w
          where ${isFound(search)})
        select f.id, f.rank, f.date, (select count(*)::int from found) as count from found f
        ${behind} order by f.rank desc, f.date desc, f.id desc limit ${page.most}`);
      return {
        hits: rows.map(({ id, rank: own, date }) => ({ id, rank: own, date })),
        count: rows[0]?.count ?? 0,
      };
    },

    /** The newest edition that readers may see and some of whose papers may have no words yet. */
    findUnread: async () =>
      (
        await findRow<{ id: number }>(
          db,
          sql`select e.id from public.edition e where e.released_at is not null and not exists (
              select 1 from public.edition_words w where w.edition_id = e.id)
            order by e.cut_at desc, e.id desc limit 1`,
        )
      )?.id,

    /** Papers of an edition that have no words yet. */
    listWordless: (editionId: number, most: number) =>
      db.rows<WordlessPaper>(sql`select p.id, p.title, p.abstract, p.authors, p.categories,
          coalesce(p.keywords, '[]'::jsonb) as keywords, coalesce(g.label, '') as "group"
        from public.public_paper s join public.paper p on p.id = s.paper_id
          left join public.edition_group g
            on g.edition_id = s.edition_id and g.number = s.group_number
        where s.edition_id = ${editionId} and s.same_as is null and not exists (
          select 1 from public.paper_words w where w.paper_id = p.id)
        order by p.id limit ${most}`),

    /** Writes the words of papers of an edition. */
    recordWords: (
      editionId: number,
      vectors: readonly (SearchVectors & { readonly id: number })[],
    ) =>
      db.rows(sql`insert into public.paper_words (paper_id, edition_id, date, head, words)
        select r.id, e.id, e.date, r.head::tsvector, r.words::tsvector
        from jsonb_to_recordset(${json(vectors)}::jsonb) as r(id bigint, head text, words text)
          join public.paper p on p.id = r.id
          join public.edition e on e.id = ${editionId}
        on conflict do nothing`),

    /** All papers of an edition have their words; nothing is written where one lost them meanwhile. */
    recordRead: (editionId: number) =>
      db.rows(sql`insert into public.edition_words (edition_id)
        select e.id from public.edition e where e.id = ${editionId} and not exists (
          select 1 from public.public_paper s where s.edition_id = e.id and s.same_as is null
            and not exists (select 1 from public.paper_words w where w.paper_id = s.paper_id))
        on conflict do nothing`),
  };
}

function isFound({ match, dates: { from, to } }: Search): Sql {
  const words = match === undefined ? sql`true` : sql`w.words @@ ${match}::tsquery`;
  const since = from === undefined ? sql`` : sql` and w.date >= ${from}::date`;
  const until = to === undefined ? sql`` : sql` and w.date <= ${to}::date`;
  return sql`${words}${since}${until}`;
}

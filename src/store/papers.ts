import type { StoredPaper } from '../core/cut.ts';
import { isSamePaper, type Paper, type PaperIds, paperKeys } from '../core/paper.ts';
import { type Database, findRow, getRow, json, sql } from './database.ts';

/** What became of one paper that a feed brought. */
export type Arrival = 'kept' | 'merged' | 'known';

interface PaperRow {
  id: number;
  title: string;
  abstract: string;
  authors: Paper['authors'];
  categories: string[];
  ids: PaperIds;
  link: string | null;
  publishedAt: Date | null;
  upvotes: number | null;
  announcement: Paper['announcement'] | null;
}

const columns = sql`p.id, p.title, p.abstract, p.authors, p.categories, p.ids, p.link,
  p.published_at as "publishedAt", p.upvotes, p.announcement`;

/** Papers under their canonical keys. */
export function createPaperStore(db: Database) {
  /** The known paper that shares a key with this one, unless their ids contradict each other. */
  const findSame = async (keys: readonly string[]): Promise<number | undefined> => {
    const rows = await db.rows<{ paperId: number; keys: string[] }>(sql`
      select k.paper_id as "paperId", array_agg(k.key) as keys from public.paper_key k
      where k.paper_id in (select paper_id from public.paper_key
        where key in (select jsonb_array_elements_text(${json(keys)}::jsonb)))
      group by k.paper_id order by k.paper_id`);
    return rows.find((row) => isSamePaper(row.keys, keys))?.paperId;
  };

  const addKeys = (paperId: number, keys: readonly string[]) =>
    db.rows(sql`insert into public.paper_key (key, paper_id)
      select key, ${paperId} from jsonb_array_elements_text(${json(keys)}::jsonb) key
      on conflict do nothing`);

  /** Fills what was missing, and takes the longer abstract; true where anything changed. */
  const merge = async (id: number, paper: Paper): Promise<boolean> => {
    const changed = await db.rows(sql`update public.paper p set
        abstract = case when length(${paper.abstract}) > length(p.abstract) then ${paper.abstract} else p.abstract end,
        authors = case when jsonb_array_length(p.authors) = 0 then ${json(paper.authors)}::jsonb else p.authors end,
        categories = case when jsonb_array_length(p.categories) = 0 then ${json(paper.categories)}::jsonb else p.categories end,
        ids = ${json(paper.ids)}::jsonb || p.ids,
        link = coalesce(p.link, ${paper.link ?? null}),
        published_at = coalesce(p.published_at, ${paper.publishedAt ?? null}),
        upvotes = coalesce(${paper.upvotes ?? null}, p.upvotes),
        is_sample = false
      where p.id = ${id} and (length(${paper.abstract}) > length(p.abstract)
        or (jsonb_array_length(p.authors) = 0 and ${paper.authors.length} > 0)
        or (jsonb_array_length(p.categories) = 0 and ${paper.categories.length} > 0)
        or not p.ids @> ${json(paper.ids)}::jsonb
        or (p.link is null and ${paper.link ?? null}::text is not null)
        or (${paper.upvotes ?? null}::int is distinct from p.upvotes and ${paper.upvotes ?? null}::int is not null)
        or p.is_sample)
      returning p.id`);
    return changed.length > 0;
  };

  const insert = async (
    paper: Paper,
    place: { editionId: number; isSample: boolean; at: Date },
  ) => {
    const { id } = await getRow<{ id: number }>(
      db,
      sql`insert into public.paper (title, abstract, authors, categories, ids, link, published_at,
          upvotes, announcement, is_sample, first_seen_at, edition_id)
        values (${paper.title}, ${paper.abstract}, ${json(paper.authors)}, ${json(paper.categories)},
          ${json(paper.ids)}, ${paper.link ?? null}, ${paper.publishedAt ?? null},
          ${paper.upvotes ?? null}, ${paper.announcement ?? null}, ${place.isSample}, ${place.at},
          ${place.editionId}) returning id`,
    );
    return id;
  };

  return {
    /**
     * Stores a paper in an edition, or joins it to the known paper that it is. Callers hold
     * a transaction with the edition's row locked, so that one paper cannot arrive twice at once.
     */
    async upsert(
      paper: Paper,
      place: { editionId: number; isSample: boolean; at: Date; feedId?: number },
    ): Promise<Arrival> {
      const keys = paperKeys(paper);
      const known = await findSame(keys);
      const id = known ?? (await insert(paper, place));
      const changed = known !== undefined && (await merge(known, paper));
      await addKeys(id, keys);
      if (place.feedId !== undefined) {
        await db.rows(sql`insert into public.paper_feed (paper_id, feed_id, first_seen_at)
          values (${id}, ${place.feedId}, ${place.at}) on conflict do nothing`);
      }
      if (known === undefined) return 'kept';
      return changed ? 'merged' : 'known';
    },

    /** Whether a paper is known under any of these keys. */
    isKnown: async (keys: readonly string[]) => (await findSame(keys)) !== undefined,

    /** All papers of an edition, in the order they came. */
    async listOfEdition(editionId: number): Promise<StoredPaper[]> {
      const rows = await db.rows<PaperRow>(
        sql`select ${columns} from public.paper p where p.edition_id = ${editionId} order by p.id`,
      );
      return rows.map(toPaper);
    },

    /** Papers by their ids, in no order. */
    async listByIds(ids: readonly number[]): Promise<StoredPaper[]> {
      const rows = await db.rows<PaperRow>(sql`select ${columns} from public.paper p
        where p.id in (select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`);
      return rows.map(toPaper);
    },

    countOfEdition: async (editionId: number) =>
      (
        await getRow<{ papers: number }>(
          db,
          sql`select count(*)::int as papers from public.paper where edition_id = ${editionId}`,
        )
      ).papers,

    /** Deletes the papers that only the sample brought; those known otherwise join `draftId`. */
    async removeSample(draftId: number): Promise<number> {
      await db.rows(sql`update public.paper set edition_id = ${draftId}
        where not is_sample and edition_id in (select id from public.edition where is_sample)`);
      const gone = await db.rows(sql`delete from public.paper where is_sample returning id`);
      return gone.length;
    },

    hasAny: async () => (await findRow(db, sql`select 1 from public.paper limit 1`)) !== undefined,
  };
}

function toPaper(row: PaperRow): StoredPaper {
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: row.authors,
    categories: row.categories,
    ids: row.ids,
    ...(row.link ? { link: row.link } : {}),
    ...(row.publishedAt ? { publishedAt: row.publishedAt } : {}),
    ...(row.upvotes === null ? {} : { upvotes: row.upvotes }),
    ...(row.announcement ? { announcement: row.announcement } : {}),
  };
}

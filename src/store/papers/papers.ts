import type { StoredPaper } from '../../core/edition/cut.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { type Database, getRow, json, sql } from '../database.ts';
import { columns, type PaperRow, toPaper } from './paper-row.ts';
import { type Arrival, type PaperPlace, upsertPapers } from './paper-upsert.ts';

/** Papers under their canonical keys. */
export function createPaperStore(db: Database) {
  return {
    /**
     * Stores papers in an edition, or joins them to the known papers that they are (see
     * `joinPapers`); one arrival a paper, in their order. Callers hold a transaction with
     * the draft's row locked, so that one paper cannot arrive twice at once.
     */
    upsert: (papers: readonly Paper[], place: PaperPlace): Promise<Arrival[]> =>
      upsertPapers(db, papers, place),

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
  };
}

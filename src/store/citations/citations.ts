import type { CitationSource } from '../../core/citations/sources.ts';
import type { NewItem, ToldPaper } from '../../core/letter/item.ts';
import type { Work } from '../../core/paper/paper-join.ts';
import { type Database, json, sql } from '../database.ts';
import { readTold } from '../ledger/items.ts';

/** A paper that is known to cite a work. */
export interface Citation extends Work {
  readonly id: number;
  readonly paper: NewItem['paper'];
  readonly isOwn: boolean;
}

/** One that was not known. */
export interface NewCitation {
  readonly keys: readonly string[];
  readonly paper: NewItem['paper'];
  readonly isOwn: boolean;
}

/** Which papers cite which works, as far as any source ever said. */
export function createCitationStore(db: Database) {
  return {
    /** All that are known to cite a work. */
    list: async (citedId: number): Promise<Citation[]> => {
      const rows = await db.rows<{ id: number; keys: string[]; paper: ToldPaper; isOwn: boolean }>(
        sql`select id, to_jsonb(keys) as keys, paper, is_own as "isOwn" from public.citation
          where cited_id = ${citedId} order by id`,
      );
      return rows.map(({ keys, paper, ...row }) => ({
        ...row,
        keys: new Set(keys),
        paper: readTold(paper),
      }));
    },
    insert: (
      citedId: number,
      citations: readonly NewCitation[],
      { source, at }: { readonly source: CitationSource; readonly at: Date },
    ) =>
      db.rows(sql`insert into public.citation (cited_id, keys, paper, is_own, source, seen_at)
        select ${citedId}, array(select jsonb_array_elements_text(r.keys)), r.paper, r."isOwn",
          ${source}, ${at}
        from jsonb_to_recordset(${json(citations)}::jsonb)
          as r(keys jsonb, paper jsonb, "isOwn" boolean)`),
    /** The keys of all that are known to cite a work. */
    listKeys: async (citedId: number): Promise<ReadonlySet<string>> => {
      const rows = await db.rows<{ key: string }>(sql`select distinct k.key
        from public.citation c, unnest(c.keys) as k(key) where c.cited_id = ${citedId}`);
      return new Set(rows.map(({ key }) => key));
    },
    /** Writes down what more is known of some. */
    update: (
      citations: readonly (Pick<NewCitation, 'keys' | 'paper'> & { readonly id: number })[],
    ) =>
      db.rows(sql`update public.citation c set paper = r.paper,
          keys = array(select jsonb_array_elements_text(r.keys))
        from jsonb_to_recordset(${json(citations)}::jsonb) as r(id bigint, keys jsonb, paper jsonb)
        where c.id = r.id`),
    remove: (ids: readonly number[]) =>
      db.rows(sql`delete from public.citation
        where id in (select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`),
  };
}

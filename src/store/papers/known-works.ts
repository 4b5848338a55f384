import type { Work } from '../../core/paper/paper-join.ts';
import { type Database, json, sql } from '../database.ts';
import { columns, type PaperRow, toPaper } from './paper-row.ts';

interface KnownRow extends PaperRow {
  keys: string[];
}

/** Known works that share a key with some papers, with all their keys. */
export async function listSame(db: Database, keys: readonly string[]): Promise<Work[]> {
  const rows = await db.rows<KnownRow>(sql`select ${columns},
      (select array_agg(key) from public.paper_key where paper_id = p.id) as keys
    from public.paper p where p.id in (select paper_id from public.paper_key
      where key in (select jsonb_array_elements_text(${json(keys)}::jsonb)))`);
  return rows.map((row) => ({ id: row.id, keys: new Set(row.keys), paper: toPaper(row) }));
}

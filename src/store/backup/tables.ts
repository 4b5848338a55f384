import { type Database, json, sql } from '../database.ts';
import { made } from '../migrations.ts';

/** A table of ours, by whose columns its rows are written and read back. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * What no backup holds: what is made of what stands elsewhere, and made anew where it is absent; and
 * mails to readers' own addresses, which are theirs until they are read.
 */
const left = ['paper_words', 'edition_words', 'model_answer', 'alert_mail'];

/**
 * Our tables with their columns, each after those that it refers to, so that rows can be put
 * back in this order. The migrator's own is not among them: it is told apart.
 */
export async function listTables(db: Database): Promise<TableShape[]> {
  const kept = made.tables.filter((name) => !left.includes(name));
  const tables = await db.rows<TableShape & { needs: string[] }>(sql`
    select c.relname as name,
      (select jsonb_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '') as columns,
      coalesce((select jsonb_agg(distinct f.relname) from pg_catalog.pg_constraint k
        join pg_catalog.pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '[]') as needs
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r'
      and c.relname in (select jsonb_array_elements_text(${json(kept)}::jsonb))
    order by c.relname`);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const placed = new Map<string, TableShape>();
  const place = (name: string) => {
    const table = byName.get(name);
    if (!table || placed.has(name)) return;
    table.needs.forEach(place);
    placed.set(name, { name, columns: table.columns });
  };
  for (const { name } of tables) place(name);
  return [...placed.values()];
}

/** The tables of ours that count their ids, each with the name of its sequence as a statement takes it. */
export async function listSequences(
  db: Database,
): Promise<{ readonly table: string; readonly sequence: string }[]> {
  const all = await db.rows<{ table: string; sequence: string }>(sql`
    select c.relname as table,
      pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
    from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and a.attidentity <> ''`);
  return all.filter(({ table }) => made.tables.includes(table));
}

/** An identifier in a statement; ours have none of what would need more than quotes. */
export function quote(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name))
    throw new Error(`"${name}" is no name of a table or column`);
  return `"${name}"`;
}

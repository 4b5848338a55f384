import { type Database, findRow, getRow, raw, sql } from '../database.ts';
import { findUnknown, made, migrate, migrateOnly } from '../migrations.ts';
import { type AppliedMigration, listApplied } from './snapshot.ts';
import { listSequences, listTables, quote, type TableShape } from './tables.ts';

/** A database that rows of a backup can be put into. */
export interface Loading {
  /** Writes rows, each a line of JSON, into a table. Throws where the database refuses one. */
  insertLines(table: TableShape, lines: readonly string[]): Promise<void>;
  /** Brings the schema up to this code's version; the names of the migrations that ran. */
  migrateOn(): Promise<string[]>;
  /** What ids new rows get, by table. */
  recordNextIds(nextIds: Readonly<Record<string, number>>): Promise<void>;
}

/** Puts a backup's rows in the place of what is there. */
export function createLoadStore(db: Database) {
  return {
    listApplied: () => listApplied(db),
    /** Of these migrations, the first that this code does not know; undefined where it knows them all. */
    findUnknown,
    /** True where nobody would miss what is there: no reader, paper, feed, delivery or operator. */
    async isEmpty(): Promise<boolean> {
      const names = new Set((await listTables(db)).map(({ name }) => name));
      for (const table of ['subscriber', 'paper', 'feed', 'delivery', 'operator']) {
        if (!names.has(table)) continue;
        if (await findRow(db, raw(`select 1 from public.${quote(table)} limit 1`))) return false;
      }
      return true;
    },
    /** Other connections to this database: whoever works on it must be stopped first. */
    countOthers: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from pg_catalog.pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
              and backend_type = 'client backend'`,
        )
      ).count,
    /**
     * Takes every table of ours away and builds the schema of the backup anew, empty. Needs a
     * transaction, which leaves everything as it was where it does not come to its end.
     */
    async beginLoading(applied: readonly AppliedMigration[]): Promise<Loading> {
      await db.rows(raw('set local idle_in_transaction_session_timeout = 0'));
      await dropOurs(db);
      await migrateOnly(
        db,
        applied.map(({ name }) => name),
      );
      for (const { name, at } of applied) {
        await db.rows(sql`update public.migration set applied_at = ${at}::timestamptz
          where name = ${name}`);
      }
      await emptyTables(db);
      return {
        insertLines: (table, lines) => insertLines(db, table, lines),
        migrateOn: () => migrate(db),
        recordNextIds: (nextIds) => recordNextIds(db, nextIds),
      };
    },
  };
}

async function dropOurs(db: Database): Promise<void> {
  for (const table of [...made.tables, 'migration']) {
    await db.rows(raw(`drop table if exists public.${quote(table)} cascade`));
  }
  for (const name of made.functions) {
    await db.rows(raw(`drop function if exists public.${quote(name)} cascade`));
  }
}

/** Some migrations write rows of their own, which the backup has too. */
async function emptyTables(db: Database): Promise<void> {
  for (const { name } of (await listTables(db)).toReversed()) {
    const filled = await findRow(db, raw(`select 1 from public.${quote(name)} limit 1`));
    if (filled) await db.rows(raw(`delete from public.${quote(name)}`));
  }
}

async function insertLines(
  db: Database,
  { name, columns }: TableShape,
  lines: readonly string[],
): Promise<void> {
  const list = columns.map(quote).join(', ');
  const into = raw(`insert into public.${quote(name)} (${list}) overriding system value
    select ${list} from jsonb_populate_recordset(null::public.${quote(name)}, `);
  await db.rows(sql`${into}${`[${lines.join(',')}]`}::jsonb)`);
}

async function recordNextIds(db: Database, nextIds: Readonly<Record<string, number>>) {
  for (const { table, sequence } of await listSequences(db)) {
    const next = nextIds[table];
    if (next === undefined) continue;
    await db.rows(sql`select setval(${sequence}::regclass, ${next}, false)`);
  }
}

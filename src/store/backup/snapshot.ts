import { type Database, findRow, getRow, raw, sql } from '../database.ts';
import { listSequences, listTables, quote, type TableShape } from './tables.ts';

/** A migration as it was applied; the first one's moment tells installations apart. */
export interface AppliedMigration {
  readonly name: string;
  /** As the database writes it, to the microsecond. */
  readonly at: string;
}

/** One moment of the whole database. */
export interface Snapshot {
  readonly at: Date;
  readonly migrations: readonly AppliedMigration[];
  /** In the order in which rows can be put back. */
  readonly tables: readonly TableShape[];
  /** True where a sending process held its lease. */
  readonly isSending: boolean;
  /** The next id of each table that counts them, also past rows that were removed. */
  readonly nextIds: Readonly<Record<string, number>>;
  /** Every row of a table as a JSON object on a line of its own, some hundred lines a piece. */
  readLines(table: string): AsyncIterable<string>;
}

const PAGE = 500;

/** Reads the database as it stands. */
export function createSnapshotStore(db: Database) {
  return {
    /** The next id of each table of ours that counts them. */
    readNextIds: () => readNextIds(db),
    /**
     * Runs `work` on one consistent moment of all tables, without holding up who writes. On
     * PGlite, which has one session, everybody else waits meanwhile.
     */
    read: <Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> =>
      db.transaction(async (tx) => {
        await tx.rows(raw('set transaction isolation level repeatable read, read only'));
        // A slow disk must not end it.
        await tx.rows(raw('set local idle_in_transaction_session_timeout = 0'));
        const { at, isSending } = await getRow<{ at: Date; isSending: boolean }>(
          tx,
          sql`select clock_timestamp() as at, exists (select 1 from public.sender
            where lease_until > clock_timestamp()) as "isSending"`,
        );
        return work({
          at,
          isSending,
          nextIds: await readNextIds(tx),
          migrations: await listApplied(tx),
          tables: await listTables(tx),
          readLines: (table) => readLines(tx, table),
        });
      }),
  };
}

/** The migrations that a database has, oldest first; none where it is bare. */
export async function listApplied(db: Database): Promise<AppliedMigration[]> {
  const table = await findRow(
    db,
    sql`select 1 from pg_catalog.pg_tables where schemaname = 'public' and tablename = 'migration'`,
  );
  if (!table) return [];
  return db.rows<AppliedMigration>(sql`select name,
      to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from public.migration order by name`);
}

async function readNextIds(db: Database): Promise<Record<string, number>> {
  const next: Record<string, number> = {};
  for (const { table, sequence } of await listSequences(db)) {
    const row = await getRow<{ next: number }>(
      db,
      raw(`select last_value + is_called::int as next from ${sequence}`),
    );
    next[table] = row.next;
  }
  return next;
}

async function* readLines(tx: Database, table: string): AsyncIterable<string> {
  const cursor = quote(`backup_${table}`);
  await tx.rows(
    raw(`declare ${cursor} no scroll cursor for
      select row_to_json(t)::text as line from public.${quote(table)} t`),
  );
  for (;;) {
    const rows = await tx.rows<{ line: string }>(raw(`fetch ${PAGE} from ${cursor}`));
    if (rows.length === 0) break;
    for (const { line } of rows) yield line;
  }
  await tx.rows(raw(`close ${cursor}`));
}

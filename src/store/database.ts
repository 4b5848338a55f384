import type { Sql } from 'sql-template-tag';

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

/**
 * The one way to speak SQL, the same on PostgreSQL and on the embedded PGlite.
 * `bigint` comes back as a number (our ids stay far below 2^53), `date` as
 * `YYYY-MM-DD`, `timestamptz` as a Date, `jsonb` parsed.
 */
export interface Database {
  /**
   * Runs one statement; its rows. One that is asked all day has a name of its own: a server keeps
   * its plan for each connection, which for a long statement takes longer than to run it.
   */
  rows<Row>(query: Sql, name?: string): Promise<Row[]>;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Nested calls join the open one. */
  transaction<Result>(work: (tx: Database) => Promise<Result>): Promise<Result>;
  /** Reuses the room of removed rows where no server does it by itself; not in a transaction. */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}

/** The only row of a statement that must give one; throws where it gave none. */
export async function getRow<Row>(db: Database, query: Sql): Promise<Row> {
  const [row] = await db.rows<Row>(query);
  if (row === undefined) throw new Error('the statement gave no row');
  return row;
}

/** The first row, or undefined. */
export async function findRow<Row>(db: Database, query: Sql): Promise<Row | undefined> {
  return (await db.rows<Row>(query))[0];
}

/**
 * A value as a `jsonb` parameter: both drivers would take a bare array for a PostgreSQL
 * array. What PostgreSQL's text cannot hold (NUL, half a surrogate pair) becomes U+FFFD.
 */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  // Escapes are read one by one, so that an escaped backslash is no beginning of the next.
  return text.replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (mark, name: string) =>
    name.length === 5 ? '\ufffd' : mark,
  );
}

/**
 * Numbers as PostgreSQL writes an array, to be cast to one: a driver that asks of every value what
 * it is takes several times as long.
 */
export function listOf(numbers: readonly (number | null)[]): string {
  return `{${numbers.map((each) => each ?? 'NULL').join()}}`;
}

/** The same for texts. What none can hold is for whoever made them. */
export function textsOf(texts: readonly (string | null)[]): string {
  if (texts.length === 0) return '{}';
  if (texts.every((text) => text !== null && !/["\\]/.test(text)))
    return `{"${texts.join('","')}"}`;
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return `{${texts.map((text) => (text === null ? 'NULL' : quoted(text))).join()}}`;
}

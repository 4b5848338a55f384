import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

const INT8 = 20;
const DATE = 1082;

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** Class 53 of SQLSTATE: the server lacks disk, memory or connections. */
const isExhausted = (error: { code?: string }) => error.code?.startsWith('53') === true;

/**
 * A pooler that lends connections by the transaction, as PgBouncer before 1.21, knows no statement by
 * a name that another of its connections gave (26000), or knows the name already (42P05).
 */
const isNameLost = (error: { code?: string }) => error.code === '26000' || error.code === '42P05';

// What a process that froze (or lost its network) in a transaction has locked, others need. It is
// asked for in each: poolers take no such wish when a connection begins.
const BEGIN = "begin; set local idle_in_transaction_session_timeout = '30s'";

/**
 * Opens a pool on a PostgreSQL server (15 or later) by its URL; connects at the first statement.
 * `onError` hears of idle connections that break, and of a server that lacks something: whoever
 * waits and tries again does not say so.
 */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onError);
  const heard = <Result>(result: Promise<Result>) =>
    result.catch((error) => {
      if (isExhausted(error)) onError(error);
      throw error;
    });
  let isNaming = true;
  const ask = async (query: Sql, name?: string) => {
    try {
      return await pool.query(asked(query, isNaming ? name : undefined));
    } catch (error) {
      if (!isNameLost(error as { code?: string })) throw error;
      // It was refused before it ran.
      isNaming = false;
      return pool.query(asked(query));
    }
  };
  return {
    rows: async <Row>(query: Sql, name?: string) => (await heard(ask(query, name))).rows as Row[],
    transaction: (work) => heard(inTransaction(pool, work)),
    // Autovacuum does it.
    vacuum: async () => {},
    close: () => pool.end(),
  };
}

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (tx: Database) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  const tx: Database = {
    // By no name: a transaction that a name breaks cannot go on without.
    rows: async <Row>(query: Sql) => (await client.query(asked(query))).rows as Row[],
    transaction: (nested) => nested(tx),
    vacuum: async () => {},
    close: async () => {},
  };
  let broken: Error | undefined;
  // Taken out of the pool, a connection has no other listener: without one, the server's end
  // of it between two statements would end the process.
  const onBroken = (error: Error) => {
    broken = error;
  };
  client.on('error', onBroken);
  try {
    await client.query(BEGIN);
    const result = await work(tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onBroken);
    throw error;
  } finally {
    client.removeListener('error', onBroken);
    // A connection that broke, or whose rollback failed, must not go back into the pool.
    client.release(broken);
  }
}

function asked({ text, values }: Sql, name?: string): pg.QueryConfig {
  return name === undefined ? { text, values } : { name, text, values };
}

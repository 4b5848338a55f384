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
    // What a process that froze (or lost its network) in a transaction has locked, others need.
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on('error', onError);
  const heard = <Result>(result: Promise<Result>) =>
    result.catch((error) => {
      if (isExhausted(error)) onError(error);
      throw error;
    });
  return {
    rows: async <Row>(query: Sql, name?: string) =>
      (await heard(pool.query(asked(query, name)))).rows as Row[],
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
    rows: async <Row>(query: Sql, name?: string) =>
      (await client.query(asked(query, name))).rows as Row[],
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
    await client.query('begin');
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

function asked({ text, values }: Sql, name: string | undefined): pg.QueryConfig {
  return name === undefined ? { text, values } : { name, text, values };
}

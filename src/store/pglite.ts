import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { PGlite, types } from '@electric-sql/pglite';
import type { Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

/** What BullMQ's PostgreSQL backend needs of `pg.Pool`, on the one session of an embedded PGlite. */
export interface EmbeddedPool extends EventEmitter {
  query<Row>(text: Statement, values?: unknown[]): Promise<Answer<Row>>;
  connect(): Promise<EmbeddedClient>;
  end(): Promise<void>;
}

interface EmbeddedClient extends EventEmitter {
  query<Row>(text: Statement, values?: unknown[]): Promise<Answer<Row>>;
  release(): void;
  end(): Promise<void>;
}

type Statement = string | { text: string; values?: unknown[] };
interface Answer<Row> {
  rows: Row[];
  rowCount: number;
}
type Turn = () => void;

/**
 * Opens (or creates) the embedded database in a folder, or in memory without one. PGlite
 * has one session, so statements take turns and a transaction holds its turn to the end.
 * The folder has no lock of its own: the caller must hold one (see context's socket).
 */
export async function openPglite(
  dataDir?: string,
  loadDataDir?: Blob,
): Promise<{ database: Database; pool: EmbeddedPool }> {
  const engine = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
  });
  const turns = createTurns();
  return { database: databaseOn(engine, turns), pool: poolOn(engine, turns) };
}

/** A queue of one: resolves with the function that ends the turn. */
function createTurns(): () => Promise<Turn> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    let end: Turn = () => {};
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    const before = last;
    last = last.then(() => mine);
    return before.then(() => end);
  };
}

const ourParsers = {
  [types.INT8]: Number,
  [types.DATE]: (value: string) => value,
};

function databaseOn(engine: PGlite, turns: () => Promise<Turn>): Database {
  const run = async <Row>(query: Sql) =>
    (await engine.query<Row>(query.text, query.values, { parsers: ourParsers })).rows;
  const inTransaction = new AsyncLocalStorage<true>();
  // On one session it would wait for itself for ever.
  const takeTurn = () => {
    if (inTransaction.getStore()) throw new Error('a transaction must use its own tx throughout');
    return turns();
  };
  return {
    async rows<Row>(query: Sql) {
      const end = await takeTurn();
      try {
        return await run<Row>(query);
      } finally {
        end();
      }
    },
    async transaction(work) {
      const end = await takeTurn();
      const tx: Database = {
        rows: run,
        transaction: (nested) => nested(tx),
        vacuum: async () => {},
        close: async () => {},
      };
      try {
        await engine.exec('begin');
        const result = await inTransaction.run(true, () => work(tx));
        await engine.exec('commit');
        return result;
      } catch (error) {
        await engine.exec('rollback');
        throw error;
      } finally {
        end();
      }
    },
    async vacuum() {
      const end = await takeTurn();
      try {
        await engine.exec('vacuum');
      } finally {
        end();
      }
    },
    async close() {
      const end = await turns();
      await engine.close();
      end();
    },
  };
}

/**
 * BullMQ asks again at once after an error, such as that of a full disk; the engine answers in the same
 * turn of the loop, so that nothing else of the process would get one.
 */
const AFTER_ERROR_MS = 100;

const slowly = <Result>(answer: Promise<Result>) =>
  answer.catch(async (error: unknown) => {
    await wait(AFTER_ERROR_MS);
    throw error;
  });

// BullMQ reads bigint as text, as `pg` gives it by default.
const pgParsers = { [types.INT8]: (value: string) => value };

function poolOn(engine: PGlite, turns: () => Promise<Turn>): EmbeddedPool {
  const pool = new EventEmitter().setMaxListeners(0) as EmbeddedPool;
  const clients = new Set<EmbeddedClient>();
  engine.onNotification((channel, payload) => {
    for (const client of clients) client.emit('notification', { channel, payload });
  });
  const run = async <Row>(statement: Statement, values?: unknown[]): Promise<Answer<Row>> => {
    const text = typeof statement === 'string' ? statement : statement.text;
    const given = (typeof statement === 'string' ? values : statement.values) ?? [];
    // Only the simple protocol takes several statements at once.
    const answer =
      given.length > 0
        ? await engine.query<Row>(text, given, { parsers: pgParsers })
        : ((await engine.exec(text, { parsers: pgParsers })).at(-1) as
            | { rows: Row[]; affectedRows?: number }
            | undefined);
    return {
      rows: answer?.rows ?? [],
      rowCount: answer?.affectedRows || (answer?.rows.length ?? 0),
    };
  };
  const inTurn = async <Row>(statement: Statement, values?: unknown[]) => {
    const end = await turns();
    try {
      return await run<Row>(statement, values);
    } finally {
      end();
    }
  };
  pool.query = (statement, values) => slowly(inTurn(statement, values));
  pool.end = async () => {};
  pool.connect = async () => {
    const client = new EventEmitter().setMaxListeners(0) as EmbeddedClient;
    let held: Turn | undefined;
    clients.add(client);
    const letGo = () => {
      held?.();
      held = undefined;
    };
    const ask = async <Row>(statement: Statement, values?: unknown[]) => {
      const text = (typeof statement === 'string' ? statement : statement.text).trim();
      if (!held && !/^(begin|start transaction)/i.test(text)) return inTurn<Row>(statement, values);
      held ??= await turns();
      try {
        const answer = await run<Row>(statement, values);
        if (/^(commit|end|rollback)(?!\s+to)/i.test(text)) letGo();
        return answer;
      } catch (error) {
        if (/^(begin|start|commit|end|rollback)/i.test(text)) letGo();
        throw error;
      }
    };
    client.query = (statement, values) => slowly(ask(statement, values));
    client.release = () => {
      clients.delete(client);
      if (held) void run('rollback').finally(letGo);
    };
    client.end = async () => client.release();
    pool.emit('connect', client);
    return client;
  };
  return pool;
}

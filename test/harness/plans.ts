import { type Database, raw, type Sql, sql } from '../../src/store/database.ts';

/** What grows with every edition. */
const GROWING = ['delivery', 'digest', 'attempt', 'outcome', 'feedback', 'audit'];

/** What `explain (format json)` says of one step of a plan; the numbers are there where it ran. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Step[];
}

/** A database that notes the statements that it is asked: one of each text. */
export function listening(db: Database, heard: Map<string, Sql>): Database {
  return {
    ...db,
    rows: (query, name) => {
      heard.set(query.text, query);
      return db.rows(query, name);
    },
    transaction: (work) => db.transaction((tx) => work(listening(tx, heard))),
  };
}

/** Statements that have a plan, and not `begin` or `set`. */
export function isPlanned(text: string): boolean {
  return /^\s*(select|with|insert|update|delete)\b/.test(text);
}

async function explain(db: Database, query: Sql, more = sql``): Promise<Step> {
  const [row] = await db.rows<{ 'QUERY PLAN': [{ Plan: Step }] }>(
    sql`explain (format json ${more}) ${query}`,
  );
  if (!row) throw new Error('there is no plan');
  return row['QUERY PLAN'][0].Plan;
}

function listScanned({ 'Node Type': type, 'Relation Name': name, Plans = [] }: Step): string[] {
  const own = type === 'Seq Scan' && name && GROWING.includes(name) ? [name] : [];
  return [...own, ...Plans.flatMap(listScanned)];
}

/** The tables that a statement would read from end to end, with these values or by a plan that is kept. */
export async function findScanned(db: Database, query: Sql): Promise<string[]> {
  const plans = [
    await explain(db, query),
    await db.transaction(async (tx) => {
      await tx.rows(raw('set local plan_cache_mode = force_generic_plan'));
      await tx.rows(raw(`prepare asked as ${query.text}`));
      const values = query.values.map(() => 'null').join(', ');
      const plan = await explain(tx, raw(`execute asked ${values && `(${values})`}`));
      await tx.rows(raw('deallocate asked'));
      return plan;
    }),
  ];
  return [...new Set(plans.flatMap(listScanned))];
}

/** How many rows and index entries of what grows a statement looks at, with these values; nothing of it is kept. */
export async function countRead(db: Database, query: Sql): Promise<number> {
  let read = 0;
  const isKnown = new Error('nothing is kept');
  await db
    .transaction(async (tx) => {
      read = sumRead(await explain(tx, query, sql`, analyze, timing off, summary off`));
      throw isKnown;
    })
    .catch((error: unknown) => {
      if (error !== isKnown) throw error;
    });
  return read;
}

function sumRead(step: Step): number {
  const { Plans = [], 'Relation Name': table, 'Index Name': index } = step;
  const isOfGrowing = GROWING.some((name) => table === name || index?.startsWith(`${name}_`));
  const own =
    (step['Actual Rows'] ?? 0) +
    (step['Rows Removed by Filter'] ?? 0) +
    (step['Rows Removed by Index Recheck'] ?? 0);
  const isRead = isOfGrowing && step['Node Type'] !== 'ModifyTable';
  return Plans.reduce(
    (sum, below) => sum + sumRead(below),
    isRead ? own * (step['Actual Loops'] ?? 0) : 0,
  );
}

import { setImmediate as breathe } from 'node:timers/promises';
import {
  decideImport,
  type ImportFate,
  leftElsewhere,
  type UnconfirmedChoice,
} from '../../core/reader/import.ts';
import { listUnread } from '../../core/reader/import-cells.ts';
import { type StateReading, tellUses } from '../../core/reader/import-layout.ts';
import type { ImportReport, RefusedRow } from '../../core/reader/import-report.ts';
import type { ImportRow } from '../../core/reader/import-row.ts';
import { tellOnlyLeft } from '../../core/reader/import-survey.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Outside } from '../steps.ts';
import { CsvFault } from './csv.ts';
import { createTally, type TakenRow } from './import-tally.ts';
import { createDues, readerOf, suppressLeft, writeReaders } from './import-write.ts';
import { type FileRow, type OpenFile, readFile, type Survey, surveyFile } from './survey.ts';

/** Rows that are decided and written together. */
const BATCH = 500;
/** What is remembered of a file while it is read are its addresses. */
const MOST_ROWS = 500_000;

type ReadOutside = Pick<
  Outside,
  'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** What an operator says of a file of subscribers. */
export interface ImportOrder {
  /** Where it comes from, in their words. */
  readonly source: string;
  readonly unconfirmed: UnconfirmedChoice;
  /** What its column of state means, where the file does not tell. */
  readonly reading?: StateReading | undefined;
  readonly isDryRun: boolean;
  /** Whether a file of people who left alone is meant. */
  readonly isMeant?: boolean;
  readonly actor: string;
  /** Hears of each row that is refused, in the file's order, and is waited for. */
  readonly onRefused?: (row: RefusedRow) => Promise<void>;
  /** Hears now and then how many rows were read. */
  readonly onRows?: (rows: number) => void;
  /** What a process before this one came to: the rows of then are passed over. */
  readonly before?: ImportReport | null;
  /** Runs in the transaction that writes some rows, with what the file came to up to them. */
  readonly keep?: (tx: Outside['store'], report: ImportReport) => Promise<void>;
}

interface ReadRow {
  readonly line: number;
  readonly row: ImportRow;
}

/**
 * Reads a file into the subscribers under the number of an import, null for a dry run, some
 * hundred rows a transaction: what was written stays where the file ends in a fault, and reading
 * it again refuses those as known. A dry run decides the same and writes nothing.
 */
export async function readSubscribers(
  outside: ReadOutside,
  open: OpenFile,
  { importId, ...order }: ImportOrder & { readonly importId: number | null },
): Promise<ImportReport> {
  const at = outside.now();
  try {
    const survey = await surveyFile(open, order, at);
    const run = createRun(outside, { order, importId, survey, at });
    const refusal = refuseWhole(survey, order);
    if (refusal) return run.report(refusal);
    let fault: string | null = null;
    try {
      for await (const row of readFile(open, survey.layout, at)) await run.take(row);
    } catch (error) {
      if (!(error instanceof CsvFault)) throw error;
      fault = error.message;
    }
    await run.settle();
    return run.report(fault);
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    return createTally(order.before, undefined).report({ ignored: [], fault: error.message });
  }
}

/** Why nothing of a file is taken; null where it is. */
function refuseWhole(survey: Survey, { isDryRun, isMeant }: ImportOrder): string | null {
  if (survey.fault) return survey.fault;
  return survey.hasOnlyLeft && !isDryRun && !isMeant ? tellOnlyLeft(survey.left) : null;
}

interface RunTerms {
  readonly order: ImportOrder;
  readonly importId: number | null;
  readonly survey: Survey;
  readonly at: Date;
}

function createRun(outside: ReadOutside, { order, importId, survey, at }: RunTerms) {
  const { layout, left } = survey;
  const lineByKey = new Map<string, number>();
  const dues = createDues(at);
  const tally = createTally(order.before, order.onRefused);
  const { counts } = tally;
  const ignored = listUnread(layout);
  const { name: tool, by } = layout;
  const reading = { importId, tool, by, columns: tellUses(layout), left, kept: 0 };
  let passedOver = 0;
  let batch: ReadRow[] = [];

  const report = (fault: string | null = null) => tally.report({ ignored, reading, fault });
  const settle = async () => {
    const rows = batch;
    batch = [];
    const fates = await decide(outside, rows, { order, survey, lineByKey });
    const taken: TakenRow[] = [];
    for (const { line, row, fate } of fates) {
      if ('kind' in fate) await tally.refuse({ line, ...fate });
      else taken.push({ line, reader: readerOf(row, fate, { at, dues }) });
    }
    const gone = fates.filter(({ isKept }) => isKept).map(({ row }) => row.address.key);
    if (order.isDryRun || importId === null) {
      counts.kept += gone.length;
      return tally.take(taken);
    }
    const isFirst = counts.active + counts.asked === 0;
    await outside.store.transaction(async (tx) => {
      const inside = { ...outside, store: tx };
      await tally.take(taken, await writeReaders(inside, taken, { order, at }));
      counts.kept += await suppressLeft(inside, gone, { source: order.source, importId, at });
      await order.keep?.(tx, report());
    });
    // Plans made for an empty table would serve the whole file.
    if (isFirst && taken.length > 0) await outside.store.imports.recordSizes();
  };
  return {
    settle,
    report,
    async take({ line, row }: FileRow): Promise<void> {
      if (passedOver < (order.before?.rows ?? 0)) {
        passedOver += 1;
        // An address that comes again is one of this file, whoever wrote it.
        if ('address' in row && !lineByKey.has(row.address.key)) {
          lineByKey.set(row.address.key, line);
        }
        return;
      }
      if (counts.rows === MOST_ROWS) {
        throw new CsvFault(`Only ${MOST_ROWS} rows are read at once. Split the file.`);
      }
      counts.rows += 1;
      if ('fault' in row) await tally.refuse({ line, kind: 'faulty', reason: row.fault });
      else batch.push({ line, row });
      if (batch.length === BATCH) {
        await settle();
        // The embedded database answers within this turn of the loop: others want theirs.
        await breathe();
      }
      if (counts.rows % BATCH === 0) order.onRows?.(counts.rows);
    },
  };
}

/** What becomes of some rows, by what is known of their addresses. */
async function decide(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  rows: readonly ReadRow[],
  given: { order: ImportOrder; survey: Survey; lineByKey: Map<string, number> },
): Promise<(ReadRow & { fate: ImportFate; isKept: boolean })[]> {
  const { order, survey, lineByKey } = given;
  const hashByKey = new Map(
    rows.map(({ row: { address } }) => [address.key, hashAddress(keys, address.key)]),
  );
  const suppressed = new Set(await store.records.listSuppressed([...hashByKey.values()]));
  const states = await store.imports.listKnown([...hashByKey.keys()]);
  return rows.map(({ line, row }) => {
    const { key } = row.address;
    const known = {
      state: states.get(key),
      isSuppressed: suppressed.has(hashByKey.get(key) ?? ''),
      hasLeft: survey.leftKeys.has(key),
      firstLine: lineByKey.get(key),
    };
    if (known.firstLine === undefined) lineByKey.set(key, line);
    const fate = decideImport(row, known, order.unconfirmed);
    return { line, row, fate, isKept: leftElsewhere(fate, known) };
  });
}

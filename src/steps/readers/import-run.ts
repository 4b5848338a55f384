import { setImmediate as breathe } from 'node:timers/promises';
import { writeConfirmation } from '../../core/letter/notices.ts';
import {
  decideImport,
  type ImportFate,
  importedConsentText,
  type UnconfirmedChoice,
} from '../../core/reader/import.ts';
import type { ImportReport, RefusedRow } from '../../core/reader/import-report.ts';
import { fileColumns, type ImportRow, readImportRow } from '../../core/reader/import-row.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { type Due, nextDue, type Schedule } from '../../core/reader/schedule.ts';
import { CONFIRM_WITHIN_MS } from '../../core/reader/sign-up.ts';
import type { ImportedReader } from '../../store/readers/imports.ts';
import { recordNotice } from '../deliveries/notify.ts';
import type { Outside } from '../steps.ts';
import { CsvFault, type CsvRow, readCsv } from './csv.ts';

/** Rows that are decided and written together. */
const BATCH = 500;
const SAMPLES = 200;
/** What is remembered of a file while it is read are its addresses. */
const MOST_ROWS = 500_000;

type ReadOutside = Pick<
  Outside,
  'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'now'
>;

/** What an operator says of a file of subscribers. */
export interface ImportOrder {
  /** Where it comes from, in their words. */
  readonly source: string;
  readonly unconfirmed: UnconfirmedChoice;
  readonly isDryRun: boolean;
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

const tooLong = {
  fault:
    'it has more cells than there are columns: put quotes around cells with the delimiter in them',
};

interface ReadRow {
  readonly line: number;
  readonly row: ImportRow;
}

interface TakenRow extends ReadRow {
  readonly reader: ImportedReader;
}

/**
 * Reads a CSV file into the subscribers, some hundred rows a transaction: what was written
 * stays where the file ends in a fault, and reading it again refuses those as known. A dry
 * run decides the same and writes nothing.
 */
export async function readSubscribers(
  outside: ReadOutside,
  chunks: AsyncIterable<Uint8Array>,
  order: ImportOrder,
): Promise<ImportReport> {
  const run = createRun(outside, order);
  let fault: string | null = null;
  try {
    for await (const row of readCsv(chunks)) await run.take(row);
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    fault = error.message;
  }
  await run.settle();
  return run.report(fault);
}

/** The counts of a file, on top of what a process before this one came to. */
function createTally({ before, onRefused }: Pick<ImportOrder, 'before' | 'onRefused'>) {
  const counts = {
    rows: before?.rows ?? 0,
    active: before?.active ?? 0,
    asked: before?.asked ?? 0,
  };
  const refused: Partial<Record<RefusedRow['kind'], number>> = { ...before?.refused };
  const samples = [...(before?.samples ?? [])];
  const refuse = async (row: RefusedRow) => {
    refused[row.kind] = (refused[row.kind] ?? 0) + 1;
    if (samples.length < SAMPLES) samples.push(row);
    await onRefused?.(row);
  };
  return {
    counts,
    refuse,
    /** Counts who was taken: all of them, or those that were written. */
    async take(taken: readonly TakenRow[], written?: ReadonlySet<string>): Promise<void> {
      for (const { line, reader } of taken) {
        if (written && !written.has(reader.key)) {
          await refuse({ line, kind: 'subscribed', reason: 'they came by themselves meanwhile' });
        } else if (reader.state === 'active') counts.active += 1;
        else counts.asked += 1;
      }
    },
    report: (ignored: readonly string[], fault: string | null): ImportReport => ({
      ...counts,
      refused,
      samples: [...samples].sort((a, b) => a.line - b.line),
      ignored,
      fault,
    }),
  };
}

function createRun(outside: ReadOutside, order: ImportOrder) {
  const at = outside.now();
  const lineByKey = new Map<string, number>();
  const dues = createDues(at);
  const tally = createTally(order);
  const { counts } = tally;
  let passedOver = 0;
  let ignored: string[] | undefined;
  let batch: ReadRow[] = [];

  const report = (fault: string | null = null) => tally.report(ignored ?? [], fault);
  const settle = async () => {
    const rows = batch;
    batch = [];
    const fates = await decide(outside, rows, { order, lineByKey });
    const taken: TakenRow[] = [];
    for (const { line, row, fate } of fates) {
      if ('kind' in fate) await tally.refuse({ line, ...fate });
      else taken.push({ line, row, reader: readerOf(row, fate, { at, dues }) });
    }
    if (order.isDryRun) return tally.take(taken);
    const isFirst = counts.active + counts.asked === 0;
    await outside.store.transaction(async (tx) => {
      await tally.take(taken, await write({ ...outside, store: tx }, taken, { order, at }));
      await order.keep?.(tx, report());
    });
    // Plans made for an empty table would serve the whole file.
    if (isFirst && taken.length > 0) await outside.store.imports.recordSizes();
  };
  return {
    settle,
    report,
    async take({ line, cells, isTooLong }: CsvRow): Promise<void> {
      ignored ??= Object.keys(cells).filter((name) => !fileColumns.some((own) => own === name));
      const row = isTooLong ? tooLong : readImportRow(cells, at);
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
  { order, lineByKey }: { order: ImportOrder; lineByKey: Map<string, number> },
): Promise<(ReadRow & { fate: ImportFate })[]> {
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
      firstLine: lineByKey.get(key),
    };
    if (known.firstLine === undefined) lineByKey.set(key, line);
    return { line, row, fate: decideImport(row, known, order.unconfirmed) };
  });
}

function readerOf(
  { address, wishes, pausedUntil }: ImportRow,
  fate: Exclude<ImportFate, { kind: unknown }>,
  { at, dues }: { at: Date; dues: (schedule: Schedule) => Due },
): ImportedReader {
  const isActive = fate.take === 'active';
  return {
    ...address,
    state: isActive ? 'active' : 'pending',
    wishes,
    pausedUntil,
    due: isActive ? dues(wishes.schedule) : null,
    agreedAt: isActive ? (fate.confirmedAt ?? at) : null,
  };
}

/** Writes readers, with the mail that asks, in the caller's transaction; the keys of those that are new. */
async function write(
  outside: ReadOutside,
  taken: readonly { reader: ImportedReader }[],
  { order, at }: { order: ImportOrder; at: Date },
): Promise<Set<string>> {
  if (taken.length === 0) return new Set();
  const text = importedConsentText(order.source.trim(), order.unconfirmed);
  const expiresAt = new Date(at.getTime() + CONFIRM_WITHIN_MS);
  const readerByKey = new Map(taken.map(({ reader }) => [reader.key, reader]));
  const { store, config } = outside;
  const textHash = await store.consents.recordText(text, at);
  const readers = taken.map(({ reader }) => reader);
  const made = await store.imports.insertReaders(readers, { at, textHash, expiresAt });
  for (const { key, subscriberId, consentId } of made) {
    const reader = readerByKey.get(key);
    if (reader?.state !== 'pending') continue;
    const content = writeConfirmation(config.site.name, consentId);
    const notice = { notice: 'confirmation', key: `confirmation-${consentId}`, content };
    const to = { address: reader.address, subscriberId };
    await recordNotice(outside, { ...notice, ...to }, at);
  }
  return new Set(made.map(({ key }) => key));
}

/** The next date of a schedule; most readers of a file share a few. */
function createDues(at: Date): (schedule: Schedule) => Due {
  const known = new Map<string, Due>();
  return (schedule) => {
    const key = JSON.stringify(schedule);
    const due = known.get(key) ?? nextDue(schedule, at);
    known.set(key, due);
    return due;
  };
}

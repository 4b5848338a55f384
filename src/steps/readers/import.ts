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
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { CsvFault, type CsvRow, readCsv } from './csv.ts';

/** Rows that are decided and written together. */
const BATCH = 500;
const SAMPLES = 200;
/** What is remembered of a file while it is read are its addresses. */
const MOST_ROWS = 500_000;

type ImportOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'now'
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
}

const tooLong = {
  fault:
    'it has more cells than there are columns: put quotes around cells with the delimiter in them',
};

interface ReadRow {
  readonly line: number;
  readonly row: ImportRow;
}

/**
 * Takes subscribers over from a CSV file, some hundred rows a transaction: what was written
 * stays where the file ends in a fault, and reading it again refuses those as known. A dry
 * run decides the same and writes nothing. One entry of the audit tells that it begins, another the counts.
 */
export async function importSubscribers(
  outside: ImportOutside,
  chunks: AsyncIterable<Uint8Array>,
  order: ImportOrder,
): Promise<ImportReport> {
  if (!order.isDryRun) await recordBegun(outside, order);
  const run = createRun(outside, order);
  let fault: string | null = null;
  try {
    for await (const row of readCsv(chunks)) await run.take(row);
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    fault = error.message;
  }
  await run.settle();
  const report = { ...run.report(), fault };
  if (!order.isDryRun) {
    await recordAudit(outside, order, report);
    if (report.active + report.asked > 0) await outside.store.imports.recordSizes();
    if (report.asked > 0) await planSending(outside);
  }
  return report;
}

function createRun(outside: ImportOutside, order: ImportOrder) {
  const at = outside.now();
  const lineByKey = new Map<string, number>();
  const dues = createDues(at);
  const counts = { rows: 0, active: 0, asked: 0 };
  const refused: Partial<Record<RefusedRow['kind'], number>> = {};
  const samples: RefusedRow[] = [];
  let ignored: string[] | undefined;
  let batch: ReadRow[] = [];

  const refuse = async (row: RefusedRow) => {
    refused[row.kind] = (refused[row.kind] ?? 0) + 1;
    if (samples.length < SAMPLES) samples.push(row);
    await order.onRefused?.(row);
  };
  const settle = async () => {
    const rows = batch;
    batch = [];
    const fates = await decide(outside, rows, { order, lineByKey });
    const taken: (ReadRow & { reader: ImportedReader })[] = [];
    for (const { line, row, fate } of fates) {
      if ('kind' in fate) await refuse({ line, ...fate });
      else taken.push({ line, row, reader: readerOf(row, fate, { at, dues }) });
    }
    const written = order.isDryRun ? undefined : await write(outside, taken, { order, at });
    // Plans made for an empty table would serve the whole file.
    if (written && counts.active + counts.asked === 0) await outside.store.imports.recordSizes();
    for (const { line, reader } of taken) {
      if (written && !written.has(reader.key)) {
        await refuse({ line, kind: 'subscribed', reason: 'they came by themselves meanwhile' });
      } else if (reader.state === 'active') counts.active += 1;
      else counts.asked += 1;
    }
  };
  return {
    settle,
    async take({ line, cells, isTooLong }: CsvRow): Promise<void> {
      if (counts.rows === MOST_ROWS) {
        throw new CsvFault(`Only ${MOST_ROWS} rows are read at once. Split the file.`);
      }
      counts.rows += 1;
      ignored ??= Object.keys(cells).filter((name) => !fileColumns.some((own) => own === name));
      const row = isTooLong ? tooLong : readImportRow(cells, at);
      if ('fault' in row) await refuse({ line, kind: 'faulty', reason: row.fault });
      else batch.push({ line, row });
      if (batch.length === BATCH) await settle();
      if (counts.rows % BATCH === 0) order.onRows?.(counts.rows);
    },
    report: () => ({
      ...counts,
      refused,
      samples: samples.sort((a, b) => a.line - b.line),
      ignored: ignored ?? [],
    }),
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

/** Writes readers in one transaction, with the mail that asks; the keys of those that are new. */
async function write(
  outside: ImportOutside,
  taken: readonly { reader: ImportedReader }[],
  { order, at }: { order: ImportOrder; at: Date },
): Promise<Set<string>> {
  if (taken.length === 0) return new Set();
  const text = importedConsentText(order.source.trim(), order.unconfirmed);
  const expiresAt = new Date(at.getTime() + CONFIRM_WITHIN_MS);
  const readerByKey = new Map(taken.map(({ reader }) => [reader.key, reader]));
  return outside.store.transaction(async (tx) => {
    const textHash = await tx.consents.recordText(text, at);
    const readers = taken.map(({ reader }) => reader);
    const made = await tx.imports.insertReaders(readers, { at, textHash, expiresAt });
    for (const { key, subscriberId, consentId } of made) {
      const reader = readerByKey.get(key);
      if (reader?.state !== 'pending') continue;
      const content = writeConfirmation(outside.config.site.name, consentId);
      const notice = { notice: 'confirmation', key: `confirmation-${consentId}`, content };
      const to = { address: reader.address, subscriberId };
      await recordNotice({ ...outside, store: tx }, { ...notice, ...to }, at);
    }
    return new Set(made.map(({ key }) => key));
  });
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

/** What is killed in the middle has taken readers over: who did it is on record before. */
function recordBegun(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { source, actor }: ImportOrder,
) {
  const entry = { at: now(), actor, action: 'begin_import', subject: 'subscribers' };
  return store.records.recordAudit({ ...entry, detail: { source: source.trim() } });
}

function recordAudit(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { source, unconfirmed, actor }: ImportOrder,
  { rows, active, asked, refused, fault }: ImportReport,
) {
  const at = now();
  const detail = { source: source.trim(), unconfirmed, rows, active, asked, refused, fault };
  return store.records.recordAudit({ at, actor, action: 'import', subject: 'subscribers', detail });
}

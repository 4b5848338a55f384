import { setImmediate as breathe } from 'node:timers/promises';
import type { UnconfirmedChoice } from '../../core/reader/import.ts';
import { readCells } from '../../core/reader/import-cells.ts';
import {
  type Layout,
  LayoutFault,
  layOut,
  type StateReading,
} from '../../core/reader/import-layout.ts';
import { type ImportRow, readImportRow } from '../../core/reader/import-row.ts';
import { createWordCount, settleLayout } from '../../core/reader/import-survey.ts';
import { CsvFault, type CsvRow, readCsv } from './csv.ts';

/** By so many records it is told how a file is read. */
const LOOKED_AT = 20;
/** Rows after which others have their turn. */
const BATCH = 500;

const tooLong = {
  fault:
    'it has more cells than there are columns: put quotes around cells with the delimiter in them',
};

/** A row of a file, and the last line that it stands in. */
export interface FileRow {
  readonly line: number;
  readonly row: ImportRow | { readonly fault: string };
}

/** Opens a file from its beginning, any number of times. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** What was seen of a file before any of it is taken. */
export interface Survey {
  readonly layout: Layout;
  /** Why nothing may be taken of it; null where it may. */
  readonly fault: string | null;
  readonly rows: number;
  /** How many rows say that they left, and the addresses of those. */
  readonly left: number;
  readonly leftKeys: ReadonlySet<string>;
  /** Whether nobody else is in it. */
  readonly hasOnlyLeft: boolean;
}

/**
 * Reads a file once to know how it is to be read: what its words of state mean is told by all of
 * them, and who left by any row of theirs. Throws CsvFault where its columns cannot be told.
 */
export async function surveyFile(
  open: OpenFile,
  order: { readonly unconfirmed: UnconfirmedChoice; readonly reading?: StateReading | undefined },
  now: Date,
): Promise<Survey> {
  const layout = await findLayout(open, order.reading);
  const words = createWordCount(layout);
  const leftKeys = new Set<string>();
  const counts = { rows: 0, left: 0, others: 0 };
  try {
    for await (const record of readRows(open, layout)) {
      words.add(record.cells);
      counts.rows += 1;
      const row = readRow(layout, record, now);
      if ('fault' in row) continue;
      if (row.hasLeft) {
        counts.left += 1;
        leftKeys.add(row.address.key);
      } else counts.others += 1;
      if (counts.rows % BATCH === 0) await breathe();
    }
  } catch (error) {
    // It is told by who takes the rows before it.
    if (!(error instanceof CsvFault)) throw error;
  }
  const { rows, left, others } = counts;
  const settled = settleLayout(layout, words.counts, order.unconfirmed);
  return { ...settled, rows, left, leftKeys, hasOnlyLeft: left > 0 && others === 0 };
}

/** The rows of a file under a layout that was settled. */
export async function* readFile(
  open: OpenFile,
  layout: Layout,
  now: Date,
): AsyncGenerator<FileRow> {
  for await (const record of readRows(open, layout)) {
    yield { line: record.line, row: readRow(layout, record, now) };
  }
}

async function findLayout(open: OpenFile, reading: StateReading | undefined): Promise<Layout> {
  const records: (readonly string[])[] = [];
  try {
    for await (const { cells } of readCsv(open())) {
      records.push(cells);
      if (records.length === LOOKED_AT) break;
    }
  } catch (error) {
    // What stands before a fault may tell enough; if not, the fault is told.
    if (!(error instanceof CsvFault) || records.length === 0) throw error;
  }
  try {
    return layOut(records, reading);
  } catch (error) {
    throw error instanceof LayoutFault ? new CsvFault(error.message) : error;
  }
}

async function* readRows(open: OpenFile, { skips }: Layout): AsyncGenerator<CsvRow> {
  let passed = 0;
  for await (const record of readCsv(open())) {
    passed += 1;
    if (passed > skips) yield record;
  }
}

function readRow(layout: Layout, { cells }: CsvRow, now: Date): FileRow['row'] {
  const isTooLong = cells.slice(layout.columns.length).some((cell) => cell !== '');
  if (isTooLong) return tooLong;
  const own = readCells(layout, cells, now);
  return 'fault' in own ? own : readImportRow(own, now);
}

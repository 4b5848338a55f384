import type { ImportReport, RefusedRow } from '../../core/reader/import-report.ts';
import type { ImportedReader } from '../../store/readers/imports.ts';

const SAMPLES = 200;

/** A row that is taken, and where it stands. */
export interface TakenRow {
  readonly line: number;
  readonly reader: ImportedReader;
}

/** Counts what becomes of the rows of a file, on top of what was counted before. */
export function createTally(
  before: ImportReport | null | undefined,
  onRefused: ((row: RefusedRow) => Promise<void>) | undefined,
) {
  const counts = {
    rows: before?.rows ?? 0,
    active: before?.active ?? 0,
    asked: before?.asked ?? 0,
    kept: before?.reading?.kept ?? 0,
  };
  const refused = { ...before?.refused };
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
    report(read: Pick<ImportReport, 'ignored' | 'fault' | 'reading'>): ImportReport {
      const { kept, ...taken } = counts;
      const { reading } = read;
      return {
        ...taken,
        refused,
        samples: [...samples].sort((a, b) => a.line - b.line),
        ...read,
        ...(reading ? { reading: { ...reading, kept } } : {}),
      };
    },
  };
}

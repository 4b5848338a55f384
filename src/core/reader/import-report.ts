import { countOf } from '../text/words.ts';
import { type ImportRefusal, type RefusalKind, refusals } from './import.ts';

/** A row that was refused, and where it stands. */
export interface RefusedRow extends ImportRefusal {
  readonly line: number;
}

/** What a file came to, or would. */
export interface ImportReport {
  readonly rows: number;
  readonly active: number;
  readonly asked: number;
  readonly refused: Readonly<Partial<Record<RefusalKind, number>>>;
  /** The first of the refused rows. */
  readonly samples: readonly RefusedRow[];
  /** Columns that nothing was read from. */
  readonly ignored: readonly string[];
  /** Why the file was not read to its end. */
  readonly fault: string | null;
}

/** How many rows were refused. */
export function countRefused({ refused }: Pick<ImportReport, 'refused'>): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
}

/** The report in lines for people: what was taken, what was not and why. */
export function tellImport(report: ImportReport, isDryRun: boolean): string[] {
  const { rows, active, asked, refused, ignored, fault } = report;
  const would = isDryRun ? 'would be ' : '';
  const kinds = Object.entries(refused) as [RefusalKind, number][];
  return [
    `${countOf(rows, 'row')} read: ${active} ${would}subscribed, ${asked} ${would}asked by mail, ${countRefused(report)} refused.`,
    ...kinds.map(([kind, count]) => `Refused: ${count} (${refusals[kind]}).`),
    ...(ignored.length > 0 ? [`Nothing was read from the columns: ${ignored.join(', ')}.`] : []),
    ...(fault ? [`The file was not read to its end. ${fault}`] : []),
  ];
}

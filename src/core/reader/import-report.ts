import { countOf } from '../text/words.ts';
import { type ImportRefusal, type RefusalKind, refusals } from './import.ts';

/** A row that was refused, and where it stands. */
export interface RefusedRow extends ImportRefusal {
  readonly line: number;
}

/** How a file was read: whose it is, by what that was told, what its columns became, who left there. */
export interface FileReading {
  /** The number of the import, by which its suppressions are taken back; null in a dry run. */
  readonly importId: number | null;
  readonly tool: string | null;
  readonly by: string;
  /** Columns, and what each became. */
  readonly columns: readonly { readonly head: string; readonly became: string }[];
  /** How many rows say that they left. */
  readonly left: number;
  /** How many of those are kept as suppressions by this import. */
  readonly kept: number;
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
  /** Absent in reports of older versions, and where the columns could not be told. */
  readonly reading?: FileReading;
  /** Why the file was not read to its end. */
  readonly fault: string | null;
}

/** How many rows were refused. */
export function countRefused({ refused }: Pick<ImportReport, 'refused'>): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
}

/** The report in lines for people: what was taken, what was not and why, and how it was read. */
export function tellImport(report: ImportReport, isDryRun: boolean): string[] {
  const { rows, active, asked, refused, ignored, reading, fault } = report;
  const would = isDryRun ? 'would be ' : '';
  const kinds = Object.entries(refused) as [RefusalKind, number][];
  return [
    `${countOf(rows, 'row')} read: ${active} ${would}subscribed, ${asked} ${would}asked by mail, ${countRefused(report)} refused.`,
    ...kinds.map(([kind, count]) => `Refused: ${count} (${refusals[kind]}).`),
    ...(reading ? tellReading(reading) : []),
    ...(reading && rows > 0 ? tellLeft(reading, would) : []),
    ...(ignored.length > 0 ? [`Nothing was read from the columns: ${ignored.join(', ')}.`] : []),
    ...(fault ? [rows > 0 ? `The file was not read to its end. ${fault}` : fault] : []),
  ];
}

function tellReading({ tool, by, columns }: FileReading): string[] {
  const became = columns.map((column) => `${column.head} as ${column.became}`);
  const none = 'No tool is known that writes such a file: its columns are read by their names.';
  return [
    tool ? `It looks like a file of ${tool}: ${by}.` : none,
    ...(became.length > 0 ? [`Read were: ${became.join(', ')}.`] : []),
  ];
}

function tellLeft({ importId, left, kept }: FileReading, would: string): string[] {
  const say = `${countOf(left, 'row')} ${left === 1 ? 'says' : 'say'} that they left there`;
  const back = `paperround suppressions lift --import ${importId} --reason "a column was read wrongly"`;
  return [
    ...(left > 0
      ? [
          `${say}: refused, and ${kept} ${would}kept as suppressions, so that no import brings them back.`,
        ]
      : []),
    ...(kept > 0 && importId !== null ? [`If that is wrong, take it back: ${back}`] : []),
  ];
}

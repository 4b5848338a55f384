import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { nameColumn } from '../../core/reader/import-row.ts';

/** One row of a file, by the names of its columns. */
export interface CsvRow {
  /** The last line of the file that the row stands in; the head is line 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Whether it has more cells than there are columns: none of them can be told for sure. */
  readonly isTooLong: boolean;
}

/** A file that cannot be read on; its message says where and why. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}

/** What the parser gives with `info`; its error stands only beside a row of another length. */
interface Parsed {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number; readonly error?: { readonly record?: string[] } };
}

const LONGEST_ROW = 64_000;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads a CSV file (RFC 4180, UTF-8; comma, semicolon or tab) row by row, never all of it at
 * once. Throws CsvFault where its head has no column `address`, or its quotes do not close:
 * what follows can then not be told apart.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const [head, rest] = await readHead(chunks);
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head.toString('utf8')),
    columns: (names: string[]) => checkColumns(names.map(nameColumn)),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_ROW,
  });
  let fault: unknown;
  pipeline(Readable.from(prepend(head, rest)), parser, (error) => {
    fault = error;
  });
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const all = info.error?.record ?? [];
      const isTooLong = all.slice(Object.keys(record).length).some((cell) => cell.trim() !== '');
      yield { line: info.lines, cells: record, isTooLong };
    }
  } catch (error) {
    throw error instanceof CsvError ? new CsvFault(tell(error)) : error;
  }
  if (fault) throw fault;
}

/** The beginning of a file up to the end of its first line, and what follows. */
async function readHead(chunks: AsyncIterable<Uint8Array>) {
  const rest = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (!/[\r\n]/.test(head.toString('latin1')) && head.length < LONGEST_ROW) {
    const next = await rest.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.toString('utf8').trim() === '') throw new CsvFault('The file is empty.');
  return [head, rest] as const;
}

async function* prepend(head: Buffer, rest: AsyncIterator<Uint8Array>) {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** What stands between the names of the columns most often. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const counts = DELIMITERS.map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function checkColumns(names: string[]): string[] {
  if (!names.includes('address')) {
    const found = names.slice(0, 5).join(', ').slice(0, 200);
    throw new CsvFault(
      `The first line must name the columns, "address" among them. It has: ${found}`,
    );
  }
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) throw new CsvFault(`The column "${twice}" is there twice.`);
  return names;
}

function tell(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? `Line ${error['lines']}: ` : '';
  const words: Partial<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
    CSV_MAX_RECORD_SIZE: 'the row is too long; a quote before it may not be closed',
  };
  return `${line}${words[error.code] ?? error.message}.`;
}

import { pipeline, Readable } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { nameStranger } from '../../core/reader/import-strangers.ts';
import { isOneAddress } from '../../core/reader/import-words.ts';

/** One record of a file. */
export interface CsvRow {
  /** The last line of the file that the record stands in. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that cannot be read on; its message says where and why. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}

/** What the parser gives with `info`. */
interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

const LONGEST_ROW = 64_000;
const DELIMITERS = [',', ';', '\t'] as const;
/** No file has it: each line is one cell. */
const NO_DELIMITER = '\u001f';
/** By so many lines it is told what stands between the cells. */
const LINES_LOOKED_AT = 4;
/** Excel's own first line, which names what stands between the cells. */
const SEPARATOR = /^\ufeff?"?sep=([,;\t|])"?[ \t]*(?:\r\n|\n|\r)/i;

/**
 * Reads a CSV file (RFC 4180, UTF-8, or UTF-16 with its mark; comma, semicolon or tab; any ends of lines, also mixed) or
 * one of an address a line, record by record, never all of it at once. Throws CsvFault where it
 * is empty or its quotes do not close: what follows can then not be told apart.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const [bytes, rest] = await readHead(asUtf8(chunks));
  const [line = '', mark] = SEPARATOR.exec(bytes.toString('utf8')) ?? [];
  const head = bytes.subarray(Buffer.byteLength(line));
  const before = line === '' ? 0 : 1;
  const parser = parse({
    ...shapeOf(head.toString('utf8'), mark),
    bom: true,
    // All of them, since the first line may end in another way than the rest.
    record_delimiter: ['\r\n', '\n', '\r'],
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
      yield { line: info.lines + before, cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? new CsvFault(tell(error, before)) : error;
  }
  if (fault) throw fault;
}

/** Excel's "Unicode Text" and older exports of Google are UTF-16, and begin with its mark. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isTold = false;
  for await (const chunk of chunks) {
    if (isTold) {
      yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 2) continue;
    isTold = true;
    const mark = head.toString('hex', 0, 2);
    const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark];
    decoder = encoding === undefined ? undefined : new TextDecoder(encoding);
    yield decoder ? Buffer.from(decoder.decode(head, { stream: true })) : head;
  }
  if (!isTold) yield head;
}

/** The beginning of a file, some lines of it, and what follows. */
async function readHead(chunks: AsyncIterable<Uint8Array>) {
  const rest = chunks[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (linesOf(head.toString('latin1')).length <= LINES_LOOKED_AT && head.length < LONGEST_ROW) {
    const next = await rest.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.toString('utf8').trim() === '') throw new CsvFault('The file is empty.');
  const stranger = nameStranger(head.toString('latin1', 0, LONGEST_ROW));
  if (stranger !== undefined) throw new CsvFault(stranger);
  return [head, rest] as const;
}

async function* prepend(head: Buffer, rest: AsyncIterator<Uint8Array>) {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const linesOf = (text: string) => text.split(/\r\n|\n|\r/);

/** What stands between the cells: as the file says, or most often in the first line that has any of them. */
function shapeOf(text: string, mark: string | undefined): Pick<Options, 'delimiter' | 'quote'> {
  if (mark) return { delimiter: mark };
  const lines = linesOf(text.replace(/^\ufeff/, ''))
    .slice(0, LINES_LOOKED_AT)
    .filter((line) => line.trim() !== '');
  if (lines.every(isOneAddress)) return { delimiter: NO_DELIMITER, quote: null };
  const counts = lines.map((line) => DELIMITERS.map((each) => line.split(each).length - 1));
  const first = counts.find((each) => each.some((count) => count > 0)) ?? [];
  return { delimiter: DELIMITERS[first.indexOf(Math.max(...first))] ?? ',' };
}

function tell(error: CsvError, before: number): string {
  const line = typeof error['lines'] === 'number' ? `Line ${error['lines'] + before}: ` : '';
  const words: Partial<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
    CSV_MAX_RECORD_SIZE: 'the row is too long; a quote before it may not be closed',
  };
  return `${line}${words[error.code] ?? error.message}.`;
}

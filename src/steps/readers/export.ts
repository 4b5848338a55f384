import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Stringifier, stringify } from 'csv-stringify';
import { type ExportName, exportFormats } from '../../core/reader/export-formats.ts';
import type { RefusedRow } from '../../core/reader/import-report.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { ListedReader } from '../../store/readers/imports.ts';
import type { Outside } from '../steps.ts';

const PAGE = 1000;

type ExportOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** Whom an export is for, and who hears how far it is. */
interface ExportOrder {
  readonly actor: string;
  readonly format?: ExportName;
  readonly onRows?: (rows: number) => void;
}

/**
 * Every subscriber as CSV that an import reads again, ours or that of another tool, a page of them
 * in memory at a time. Once it was read to its end, the audit says how many there were.
 */
export function exportSubscribers(outside: ExportOutside, order: ExportOrder): Readable {
  const { columns, isForSpreadsheets } = exportFormats[order.format ?? 'paperround'];
  const lines = stringify({
    header: true,
    columns: [...columns],
    escape_formulas: isForSpreadsheets,
    bom: isForSpreadsheets,
  });
  const rows = Readable.from(listAll(outside, order));
  rows.once('error', (error) => lines.destroy(error));
  lines.once('close', () => rows.destroy());
  return rows.pipe(lines);
}

/** Some readers in our own columns, for who looks at a page of them. */
export function tellAsCsv(readers: readonly Subscription[]): Promise<string> {
  const { columns, cellsOf } = exportFormats.paperround;
  const lines = stringify({ header: true, columns: [...columns], escape_formulas: true });
  for (const reader of readers) {
    lines.write(cellsOf({ ...reader, agreedAt: reader.confirmedAt, isSuppressed: false }));
  }
  lines.end();
  return text(lines).then((csv) => csv.trimEnd());
}

async function* listAll(outside: ExportOutside, { actor, format, onRows }: ExportOrder) {
  const { store, now } = outside;
  const name = format ?? 'paperround';
  let rows = 0;
  for (let afterId = 0, isMore = true; isMore; ) {
    const page = await store.imports.listReaders({ afterId, most: PAGE });
    const suppressed = await findSuppressed(outside, page);
    for (const reader of page) {
      const isSuppressed = suppressed.has(reader.address);
      const cells = exportFormats[name].cellsOf({ ...reader, isSuppressed });
      if (!cells) continue;
      rows += 1;
      yield cells;
    }
    onRows?.(rows);
    afterId = page.at(-1)?.id ?? afterId;
    isMore = page.length === PAGE;
  }
  const entry = { at: now(), actor, action: 'export', subject: 'subscribers' };
  await store.records.recordAudit({ ...entry, detail: { rows, ...(format ? { format } : {}) } });
}

/** The addresses of those readers who get no mail. */
async function findSuppressed(
  { store, keys }: ExportOutside,
  page: readonly ListedReader[],
): Promise<Set<string>> {
  const hashes = page.map(({ address }) => hashAddress(keys, address.toLowerCase()));
  const suppressed = new Set(await store.records.listSuppressed(hashes));
  return new Set(
    page.filter((_, at) => suppressed.has(hashes[at] ?? '')).map(({ address }) => address),
  );
}

/** Takes the refused rows of a file one by one, at the pace of whoever reads them as CSV. */
export function openRefusals(): { rows: Stringifier; add: (row: RefusedRow) => Promise<void> } {
  const rows = stringify({
    header: true,
    columns: ['line', 'kind', 'reason'],
    escape_formulas: true,
    bom: true,
  });
  const closed = new Promise((resolve) => rows.once('close', resolve));
  const add = async (row: RefusedRow) => {
    if (rows.write(row) || rows.destroyed) return;
    await Promise.race([once(rows, 'drain'), closed]);
  };
  return { rows, add };
}

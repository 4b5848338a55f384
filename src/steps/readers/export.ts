import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Stringifier, stringify } from 'csv-stringify';
import type { RefusedRow } from '../../core/reader/import-report.ts';
import { CELL_SEPARATOR, type FileColumn, fileColumns } from '../../core/reader/import-row.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { ListedReader } from '../../store/readers/imports.ts';
import type { Outside } from '../steps.ts';

const PAGE = 1000;

/**
 * Every subscriber as CSV that an import reads again, a page of them in memory at a time. A
 * cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV
 * Injection). Once it was read to its end, the audit says how many there were.
 */
export function exportSubscribers(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  actor: string,
  onRows: (rows: number) => void = () => {},
): Readable {
  const columns = [...fileColumns];
  const lines = stringify({ header: true, columns, escape_formulas: true, bom: true });
  const rows = Readable.from(listAll({ store, now }, actor, onRows));
  rows.once('error', (error) => lines.destroy(error));
  lines.once('close', () => rows.destroy());
  return rows.pipe(lines);
}

/** Some readers in the same columns, for who looks at a page of them. */
export function tellAsCsv(readers: readonly Subscription[]): Promise<string> {
  const columns = [...fileColumns];
  const lines = stringify({ header: true, columns, escape_formulas: true });
  for (const reader of readers) lines.write(cellsOf({ ...reader, agreedAt: reader.confirmedAt }));
  lines.end();
  return text(lines).then((csv) => csv.trimEnd());
}

async function* listAll(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  actor: string,
  onRows: (rows: number) => void,
) {
  let rows = 0;
  for (let afterId = 0, isMore = true; isMore; ) {
    const page = await store.imports.listReaders({ afterId, most: PAGE });
    for (const reader of page) yield cellsOf(reader);
    rows += page.length;
    onRows(rows);
    afterId = page.at(-1)?.id ?? afterId;
    isMore = page.length === PAGE;
  }
  const entry = { at: now(), actor, action: 'export', subject: 'subscribers', detail: { rows } };
  await store.records.recordAudit(entry);
}

const list = (all: readonly (string | number)[]) => all.join(CELL_SEPARATOR);
const yes = (is: boolean) => (is ? 'yes' : 'no');

function cellsOf(reader: Omit<ListedReader, 'id'>): Record<FileColumn, string> {
  const { profile, schedule } = reader;
  return {
    address: reader.address,
    state: reader.state,
    confirmed_at: reader.agreedAt?.toISOString() ?? '',
    fields: list(profile.fields),
    topics: list(profile.topics),
    authors: list(profile.authors),
    exclude: list(profile.exclude),
    cross_lists: yes(profile.crossLists),
    surprise: yes(profile.surprise),
    quiet_note: yes(profile.quietNote),
    papers: String(reader.papersPerDigest),
    days: list(schedule.days),
    hour: clockOf(schedule.minuteOfDay),
    zone: schedule.zone,
    paused_until: reader.pausedUntil ?? '',
  };
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

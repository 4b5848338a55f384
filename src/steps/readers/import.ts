import type { ImportReport } from '../../core/reader/import-report.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { type ImportOrder, readSubscribers } from './import-run.ts';

type ImportOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'now'
>;

/**
 * Takes subscribers over from a CSV file in this process. One entry of the audit tells that it
 * begins, since what is killed in the middle has taken readers over; another has the counts.
 */
export async function importSubscribers(
  outside: ImportOutside,
  chunks: AsyncIterable<Uint8Array>,
  order: ImportOrder,
): Promise<ImportReport> {
  if (order.isDryRun) return readSubscribers(outside, chunks, order);
  const { store, now } = outside;
  await auditBegun(store, order, now());
  const report = await readSubscribers(outside, chunks, order);
  await auditEnd(store, { ...order, report }, now());
  await finishImport(outside, report);
  return report;
}

/** Measures the tables anew, and has those asked who are to be. */
export async function finishImport(
  outside: Pick<Outside, 'store' | 'queue' | 'now'>,
  { active, asked }: ImportReport,
): Promise<void> {
  if (active + asked > 0) await outside.store.imports.recordSizes();
  if (asked > 0) await planSending(outside);
}

/** Writes down that a file begins to be read, by whom and from where it is. */
export function auditBegun(
  store: Outside['store'],
  { source, actor }: Pick<ImportOrder, 'source' | 'actor'>,
  at: Date,
) {
  const entry = { at, actor, action: 'begin_import', subject: 'subscribers' };
  return store.records.recordAudit({ ...entry, detail: { source: source.trim() } });
}

/** Writes down what a file came to. */
export function auditEnd(
  store: Outside['store'],
  {
    source,
    unconfirmed,
    actor,
    report,
  }: Pick<ImportOrder, 'source' | 'unconfirmed' | 'actor'> & { report: ImportReport },
  at: Date,
) {
  const { rows, active, asked, refused, fault } = report;
  const detail = { source: source.trim(), unconfirmed, rows, active, asked, refused, fault };
  return store.records.recordAudit({ at, actor, action: 'import', subject: 'subscribers', detail });
}

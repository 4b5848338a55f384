import type { ImportReport } from '../../core/reader/import-report.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { type ImportOrder, readSubscribers } from './import-run.ts';
import type { OpenFile } from './survey.ts';

type ImportOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Takes subscribers over from a file in this process, which reads it more than once. One entry of the audit tells that it
 * begins, since what is killed in the middle has taken readers over; another has the counts.
 */
export async function importSubscribers(
  outside: ImportOutside,
  open: OpenFile,
  order: ImportOrder,
): Promise<ImportReport> {
  if (order.isDryRun) return readSubscribers(outside, open, { ...order, importId: null });
  const { store, now } = outside;
  const importId = await store.imports.drawNumber();
  await auditBegun(store, { ...order, importId }, now());
  const report = await readSubscribers(outside, open, { ...order, importId });
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
  { source, actor, importId }: Pick<ImportOrder, 'source' | 'actor'> & { importId: number },
  at: Date,
) {
  const entry = { at, actor, action: 'begin_import', subject: 'subscribers' };
  return store.records.recordAudit({ ...entry, detail: { source: source.trim(), importId } });
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
  const { rows, active, asked, refused, reading, fault } = report;
  const { importId, kept } = reading ?? {};
  const counts = { rows, active, asked, refused, kept };
  const detail = { source: source.trim(), unconfirmed, importId, ...counts, fault };
  return store.records.recordAudit({ at, actor, action: 'import', subject: 'subscribers', detail });
}

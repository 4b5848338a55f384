import { parsePaperList } from '../../core/paper/paper-list.ts';
import type { Outside } from '../steps.ts';
import { storePapers } from './store-papers.ts';

/** What an import came to: papers read, new ones, those that a known one gained from, the rest. */
export interface ImportReport {
  readonly read: number;
  readonly kept: number;
  readonly merged: number;
  readonly known: number;
}

/**
 * Reads a file in the import format into the open draft, all of it or nothing. `date`
 * (`YYYY-MM-DD`) is the papers' own date. Throws a PaperListError with the line.
 */
export async function importPapers(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  file: { text: string; date: string | undefined },
): Promise<ImportReport> {
  const publishedAt = file.date ? new Date(`${file.date}T00:00:00Z`) : undefined;
  const papers = parsePaperList(file.text, publishedAt);
  const arrivals = await store.transaction((tx) =>
    storePapers(tx, papers, { cut: config.cut, at: now() }),
  );
  const count = (wanted: string) => arrivals.filter((arrival) => arrival === wanted).length;
  return {
    read: papers.length,
    kept: count('kept'),
    merged: count('merged'),
    known: count('known'),
  };
}

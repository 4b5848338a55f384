import type { Refusal } from '../../core/feed/feed.ts';
import { countOf } from '../../core/text/words.ts';
import type { IngestReport } from './record-run.ts';

/** What a run over a feed came to, in a line for people. */
export function tellRun(report: IngestReport): string {
  return `${report.feed}: ${tellOutcome(report)}`;
}

/** The same without the feed's name. */
export function tellOutcome(report: Omit<IngestReport, 'feed'>): string {
  const { status, isComplete, isCatchUp, fetched, kept, merged, known, replaced, refused } = report;
  const what = isCatchUp ? 'missed days: ' : '';
  if (report.error !== null) return `${what}failed: ${report.error}`;
  if (status === 'unchanged') return 'nothing new';
  const others = [
    merged > 0 ? `${merged} merged` : '',
    known > 0 ? `${known} known` : '',
    replaced > 0 ? `${replaced} new versions of others` : '',
    refused > 0 ? `${refused} refused (${mainReason(report.refusals)})` : '',
  ].filter(Boolean);
  const counts = [countOf(kept, 'new paper'), ...others].join(', ');
  return `${what}${countOf(fetched, 'item')}, ${counts}${isComplete ? '' : '; cut off before the end'}`;
}

/** The most frequent reason, and that there are others. */
function mainReason(refusals: readonly Refusal[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of refusals) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
  return `${counts.size > 1 ? 'most: ' : ''}${first?.[0].replace(/[.]$/, '') ?? 'not listed'}`;
}

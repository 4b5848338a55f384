import { groupFeeds } from '../src/core/feed/feed-state.ts';
import { countOf } from '../src/core/text/words.ts';
import { type CutReport, cutEdition } from '../src/steps/editions/cut.ts';
import { alarmFeeds } from '../src/steps/feeds/alarm.ts';
import { planWork } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const cutWorker: JobWorker<'cut'> = {
  name: 'cut',
  concurrency: 1,
  async run(outside, { editionId }) {
    const report = await cutEdition(outside, editionId);
    if (report.kind === 'nothing_due') return undefined;
    if (report.kind === 'waiting') return `the cut waits for ${report.feeds.join(', ')}`;
    const failed = await alarmFeeds(outside);
    await planWork(outside);
    return [tellCut(report), ...groupFeeds(failed)].join('; ');
  },
};

function tellCut(report: Extract<CutReport, { kind: 'released' | 'empty' }>): string {
  if (report.kind === 'empty') return 'no new papers: no edition was cut';
  const { name, papers, groups, merged } = report;
  return `edition ${name} is cut: ${countOf(papers, 'paper')} in ${countOf(groups, 'group')}, each summarised, ${countOf(merged, 'duplicate')} merged`;
}

import { countOf } from '../src/core/text/words.ts';
import { cutEdition } from '../src/steps/cut.ts';
import { planWork } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const cutWorker: JobWorker<'cut'> = {
  name: 'cut',
  concurrency: 1,
  async run(outside, { editionId }) {
    const report = await cutEdition(outside, editionId);
    switch (report.kind) {
      case 'released':
        await planWork(outside);
        return `edition ${report.name} is cut: ${countOf(report.papers, 'paper')} in ${countOf(report.groups, 'group')}, each summarised, ${countOf(report.merged, 'duplicate')} merged`;
      case 'waiting':
        return `the cut waits for ${report.feeds.join(', ')}`;
      case 'empty':
        return 'no new papers: no edition was cut';
      case 'nothing_due':
        return undefined;
    }
  },
};

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
        return `edition ${report.name} is cut: ${report.papers} papers in ${report.groups} groups, each summarised, ${report.merged} duplicates merged`;
      case 'waiting':
        return `the cut waits for ${report.feeds.join(', ')}`;
      case 'empty':
        return 'no new papers: no edition was cut';
      case 'nothing_due':
        return undefined;
    }
  },
};

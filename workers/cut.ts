import { groupFeeds } from '../src/core/feed/feed-state.ts';
import { cutEdition } from '../src/steps/editions/cut.ts';
import { tellCut } from '../src/steps/editions/tell-cut.ts';
import { alarmFeeds } from '../src/steps/feeds/alarm.ts';
import { planWork } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const cutWorker: JobWorker<'cut'> = {
  name: 'cut',
  concurrency: 1,
  async run(outside, { editionId }) {
    const report = await cutEdition(outside, editionId);
    const told = tellCut(report);
    if (report.kind === 'nothing_due' || report.kind === 'waiting') return told;
    const failed = await alarmFeeds(outside);
    await planWork(outside);
    return [told, ...groupFeeds(failed)].join('; ');
  },
};

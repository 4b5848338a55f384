import { groupFeeds, isFeedFailure } from '../src/core/feed/feed-state.ts';
import { publicationDate } from '../src/core/reader/schedule.ts';
import { english } from '../src/core/words/words.ts';
import { cutEdition } from '../src/steps/editions/cut.ts';
import { tellCut } from '../src/steps/editions/tell-cut.ts';
import { judgeFeeds } from '../src/steps/feeds/judge-feeds.ts';
import { planWork } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const cutWorker: JobWorker<'cut'> = {
  name: 'cut',
  concurrency: 1,
  async run(outside, { editionId }) {
    const report = await cutEdition(outside, editionId);
    const told = tellCut(report);
    if (report.kind === 'nothing_due' || report.kind === 'waiting') return told;
    const date = publicationDate(outside.config.cut, outside.now());
    const failed = (await judgeFeeds(outside, date)).filter(isFeedFailure);
    await planWork(outside);
    return [told, ...groupFeeds(failed, english)].join('; ');
  },
};

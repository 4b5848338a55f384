import { countOf } from '../src/core/text/words.ts';
import { completeWorks } from '../src/steps/feeds/complete.ts';
import type { JobWorker } from './worker.ts';

export const completeWorker: JobWorker<'complete'> = {
  name: 'complete',
  concurrency: 1,
  async run(outside) {
    const { asked, found } = await completeWorks(outside);
    return asked > 0 ? `looked up ${countOf(asked, 'paper')} by id, found ${found}` : undefined;
  },
};

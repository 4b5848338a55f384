import { countOf } from '../src/core/text/words.ts';
import { askCiters } from '../src/steps/citations/ask-citers.ts';
import type { JobWorker } from './worker.ts';

export const citedWorker: JobWorker<'cited'> = {
  name: 'cited',
  concurrency: 1,
  async run(outside) {
    const { asked, found } = await askCiters(outside);
    if (asked === 0) return undefined;
    return `asked what cites ${countOf(asked, 'work')}, found ${countOf(found, 'new paper')}`;
  },
};

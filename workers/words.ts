import { countOf } from '../src/core/text/words.ts';
import { writeWords } from '../src/steps/editions/words.ts';
import type { JobWorker } from './worker.ts';

export const wordsWorker: JobWorker<'words'> = {
  name: 'words',
  concurrency: 1,
  async run(outside) {
    const read = await writeWords(outside);
    return read > 0 ? `made ${countOf(read, 'paper')} searchable` : undefined;
  },
};

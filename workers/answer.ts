import { answerRequest } from '../src/steps/readers/answer.ts';
import type { JobWorker } from './worker.ts';

export const answerWorker: JobWorker<'answer'> = {
  name: 'answer',
  concurrency: 2,
  async run(outside, { requestId }) {
    await answerRequest(outside, requestId);
    return undefined;
  },
};

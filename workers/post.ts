import { postEvents } from '../src/steps/webhooks/post.ts';
import type { JobWorker } from './worker.ts';

export const postWorker: JobWorker<'post'> = {
  name: 'post',
  concurrency: 4,
  run: (outside, { webhookId }, { isStopping }) => postEvents(outside, webhookId, isStopping),
};

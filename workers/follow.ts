import { readFollowed } from '../src/steps/readers/follow.ts';
import type { JobWorker } from './worker.ts';

export const followWorker: JobWorker<'follow'> = {
  name: 'follow',
  concurrency: 1,
  run: (outside, { followedId }) => readFollowed(outside, followedId),
};

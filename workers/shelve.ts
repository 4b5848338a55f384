import { shelveKept } from '../src/steps/readers/shelve.ts';
import type { JobWorker } from './worker.ts';

export const shelveWorker: JobWorker<'shelve'> = {
  name: 'shelve',
  concurrency: 1,
  run: (outside, { subscriberId }) => shelveKept(outside, subscriberId),
};

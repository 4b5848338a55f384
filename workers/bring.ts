import { bringEditions } from '../src/steps/channels/bring.ts';
import type { JobWorker } from './worker.ts';

export const bringWorker: JobWorker<'bring'> = {
  name: 'bring',
  concurrency: 4,
  run: (outside, { channelId }, { lease, isStopping }) =>
    bringEditions(outside, channelId, { lease, isStopping }).catch(async (error: unknown) => {
      // A post whose outcome could not be recorded must not stay with a sender that lives.
      await lease.giveUp();
      throw error;
    }),
};

import { workPress } from '../src/steps/resend/work.ts';
import type { JobWorker } from './worker.ts';

export const resendWorker: JobWorker<'resend'> = {
  name: 'resend',
  concurrency: 1,
  async run(outside, { pressId }) {
    const { made } = await workPress(outside, pressId);
    return made > 0 ? `${made === 1 ? '1 delivery' : `${made} deliveries`} sent again` : undefined;
  },
};

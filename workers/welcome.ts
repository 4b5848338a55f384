import { composeWelcome } from '../src/steps/digests/welcome.ts';
import type { JobWorker } from './worker.ts';

export const welcomeWorker: JobWorker<'welcome'> = {
  name: 'welcome',
  concurrency: 1,
  async run(outside, { subscriptionId }) {
    const deliveryId = await composeWelcome(outside, subscriptionId);
    return deliveryId === undefined
      ? undefined
      : `a new reader is greeted (delivery ${deliveryId})`;
  },
};

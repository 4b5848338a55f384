import { readAlert } from '../src/steps/alerts/read.ts';
import { planSending } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const alertWorker: JobWorker<'alert'> = {
  name: 'alert',
  // A thread is left for whoever waits in front of a page.
  concurrency: 1,
  async run(outside, { mailId }) {
    const report = await readAlert(outside, mailId);
    if (!report) return undefined;
    if (report.isTold) await planSending(outside);
    return `a mail to an address for alerts (${mailId}): ${report.state}`;
  },
};

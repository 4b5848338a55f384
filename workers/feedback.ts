import { handleInbound } from '../src/steps/feedback/handle.ts';
import { planSending } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const feedbackWorker: JobWorker<'feedback'> = {
  name: 'feedback',
  concurrency: 2,
  async run(outside, { inboundId }) {
    const verdict = await handleInbound(outside, inboundId);
    if (verdict === undefined) return undefined;
    // Of all that comes back only this makes a notice, to the operator.
    if (verdict === 'person' || verdict === 'leave') await planSending(outside);
    return `something came back (${inboundId}): ${verdict.replace('_', ' ')}`;
  },
};

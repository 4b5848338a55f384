import { exclusions } from '../src/core/reader/subscription.ts';
import { countOf } from '../src/core/text/words.ts';
import { composeRound } from '../src/steps/digests/compose.ts';
import { planSending } from '../src/steps/plan.ts';
import type { JobWorker } from './worker.ts';

export const composeWorker: JobWorker<'compose'> = {
  name: 'compose',
  concurrency: 1,
  async run(outside, { roundId }) {
    const report = await composeRound(outside, roundId);
    if (!report.isFrozen) return undefined;
    await planSending(outside);
    const reasons = report.exclusions.map(
      ({ exclusion, count }) => `${count}: ${exclusions[exclusion]}`,
    );
    const without = reasons.length > 0 ? `; without one, ${reasons.join('; ')}` : '';
    return `round ${roundId}: ${countOf(report.candidates, 'reader')} due, ${countOf(report.deliveries, 'digest')} composed${without}`;
  },
};

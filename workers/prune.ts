import { countOf } from '../src/core/text/words.ts';
import { pruneLedger } from '../src/steps/deliveries/prune.ts';
import { resealAll } from '../src/steps/desk/reseal.ts';
import { renewLearned } from '../src/steps/editions/learned.ts';
import type { JobWorker } from './worker.ts';

export const pruneWorker: JobWorker<'prune'> = {
  name: 'prune',
  concurrency: 1,
  async run(outside) {
    const { attempts, digests, deliveries, inbound } = await pruneLedger(outside);
    await resealAll(outside);
    await renewLearned(outside);
    if (attempts + digests + deliveries + inbound === 0) return undefined;
    return `removed by age: ${countOf(attempts, 'attempt')}, ${countOf(digests, 'digest')}, ${countOf(inbound, 'inbound mail')}, ${deliveries} of the oldest deliveries`;
  },
};

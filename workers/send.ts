import { planSending } from '../src/steps/plan.ts';
import { SHARD, sendShard } from '../src/steps/send.ts';
import type { JobWorker } from './worker.ts';

export const sendWorker: JobWorker<'send'> = {
  name: 'send',
  concurrency: 1,
  async run(outside, _job, { lease, isStopping }) {
    const { accepted, deferred, failed, inDoubt } = await sendShard(
      outside,
      lease.current(),
      isStopping,
    ).catch(async (error: unknown) => {
      // Rows whose outcome could not be recorded must not stay with a sender that lives.
      await lease.giveUp();
      throw error;
    });
    const total = accepted + deferred + failed + inDoubt;
    if (total === 0) return undefined;
    if (total >= SHARD && !isStopping()) await planSending(outside);
    const others = [
      deferred > 0 ? `${deferred} deferred` : '',
      failed > 0 ? `${failed} failed` : '',
      inDoubt > 0 ? `${inDoubt} in doubt` : '',
    ].filter(Boolean);
    return [`${accepted} accepted by the mail server`, ...others].join(', ');
  },
};

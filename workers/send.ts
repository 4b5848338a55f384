import { type SendReport, sendShard } from '../src/steps/deliveries/send.ts';
import type { JobWorker } from './worker.ts';

export const sendWorker: JobWorker<'send'> = {
  name: 'send',
  concurrency: 1,
  async run(outside, _job, { lease, isStopping }) {
    const total = { accepted: 0, deferred: 0, failed: 0, inDoubt: 0 };
    // One job goes on as long as there is work: the same one cannot be enqueued while it runs.
    for (;;) {
      const report = await sendShard(outside, lease.current(), isStopping).catch(
        async (error: unknown) => {
          // Rows whose outcome could not be recorded must not stay with a sender that lives.
          await lease.giveUp();
          throw error;
        },
      );
      for (const key of Object.keys(total) as (keyof SendReport)[]) total[key] += report[key];
      const { accepted, deferred, failed, inDoubt } = report;
      if (accepted + deferred + failed + inDoubt === 0 || isStopping()) break;
    }
    return tell(total);
  },
};

function tell({ accepted, deferred, failed, inDoubt }: SendReport): string | undefined {
  if (accepted + deferred + failed + inDoubt === 0) return undefined;
  const others = [
    deferred > 0 ? `${deferred} deferred` : '',
    failed > 0 ? `${failed} failed` : '',
    inDoubt > 0 ? `${inDoubt} in doubt` : '',
  ].filter(Boolean);
  return [`${accepted} accepted by the mail server`, ...others].join(', ');
}

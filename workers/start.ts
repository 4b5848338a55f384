import { hostname } from 'node:os';
import type { Context } from '../src/context.ts';
import type { JobName } from '../src/queue/jobs.ts';
import { openLease } from '../src/steps/lease.ts';
import { planWork } from '../src/steps/plan.ts';
import { answerWorker } from './answer.ts';
import { composeWorker } from './compose.ts';
import { cutWorker } from './cut.ts';
import { ingestWorker } from './ingest.ts';
import { sendWorker } from './send.ts';
import { welcomeWorker } from './welcome.ts';
import type { JobWorker, Process } from './worker.ts';

const PLAN_EVERY_MS = 30_000;

/** Running workers: the consumers of every queue and the planner's timer. */
export interface Workers {
  /** Claims nothing new, waits at most `graceMs` for what is on the wire, and lets go. */
  stop(graceMs: number): Promise<void>;
}

/** Starts every kind of job and the planner in this process; `report` gets a line a job. */
export async function startWorkers(
  context: Context,
  report: (step: JobName, line: string) => void = () => {},
): Promise<Workers> {
  const { outside, log } = context;
  const lease = await openLease(outside, {
    host: hostname(),
    pid: process.pid,
    onLost: (error) =>
      log.warn({ ...(error ? { err: error } : {}) }, 'the sending lease was not kept'),
  });
  let isStopping = false;
  const here: Process = { lease, isStopping: () => isStopping };

  const consume = <Name extends JobName>(worker: JobWorker<Name>) =>
    outside.queue.consume(worker.name, {
      concurrency: worker.concurrency,
      async run(job) {
        const line = await worker.run(outside, job, here);
        if (!line) return;
        log.info({ step: worker.name, job }, line);
        report(worker.name, line);
      },
      onFailure: (error, job) => log.error({ err: error, step: worker.name, job }, 'a job failed'),
    });
  const consuming = [
    await consume(ingestWorker),
    await consume(cutWorker),
    await consume(composeWorker),
    await consume(answerWorker),
    await consume(welcomeWorker),
    await consume(sendWorker),
  ];

  const plan = () =>
    planWork(outside).then(
      ({ abandoned }) => {
        if (abandoned.inDoubt > 0) log.warn(abandoned, 'deliveries are in doubt');
      },
      (error: Error) => log.error({ err: error }, 'the planner failed'),
    );
  await plan();
  const timer = setInterval(() => void plan(), PLAN_EVERY_MS);

  return {
    async stop(graceMs) {
      isStopping = true;
      clearInterval(timer);
      const drained = Promise.all(consuming.map((consumer) => consumer.close()));
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
      await lease.end();
    },
  };
}

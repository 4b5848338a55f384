import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../src/process/context.ts';
import type { JobName } from '../src/queue/jobs.ts';
import { type Lease, openLease } from '../src/steps/deliveries/lease.ts';
import { planWork } from '../src/steps/plan.ts';
import { watchAlarms } from './alarms.ts';
import { alertWorker } from './alert.ts';
import { answerWorker } from './answer.ts';
import { bringWorker } from './bring.ts';
import { watchQueue } from './canary.ts';
import { citedWorker } from './cited.ts';
import { completeWorker } from './complete.ts';
import { composeWorker } from './compose.ts';
import { cutWorker } from './cut.ts';
import { feedbackWorker } from './feedback.ts';
import { followWorker } from './follow.ts';
import { importWorker } from './import.ts';
import { ingestWorker } from './ingest.ts';
import { postWorker } from './post.ts';
import { pruneWorker } from './prune.ts';
import { resendWorker } from './resend.ts';
import { sendWorker } from './send.ts';
import { shelveWorker } from './shelve.ts';
import { welcomeWorker } from './welcome.ts';
import { wordsWorker } from './words.ts';
import type { JobWorker, Process } from './worker.ts';

/** Often enough that what the queue lost goes on within half a minute. */
const PLAN_EVERY_MS = 20_000;
/** A process that died a moment before this one began holds what it claimed until its lease is over. */
const LEASE_OVER_MS = 11_000;
/** What is on the wire when its time is over is broken off, and recorded as it stands. */
const BREAK_OFF_MS = 1_500;

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
    await consume(wordsWorker),
    await consume(composeWorker),
    await consume(answerWorker),
    await consume(welcomeWorker),
    await consume(sendWorker),
    await consume(feedbackWorker),
    await consume(alertWorker),
    await consume(pruneWorker),
    await consume(completeWorker),
    await consume(citedWorker),
    await consume(resendWorker),
    await consume(importWorker),
    await consume(followWorker),
    await consume(shelveWorker),
    await consume(postWorker),
    await consume(bringWorker),
  ];

  const plan = () =>
    planWork(outside).then(
      ({ abandoned }) => {
        if (abandoned.inDoubt > 0) log.warn(abandoned, 'deliveries are in doubt');
      },
      (error: Error) => log.error({ err: error }, 'the planner failed'),
    );
  await plan();
  const planning = setInterval(() => void plan(), PLAN_EVERY_MS);
  const planningOnce = setTimeout(() => void plan(), LEASE_OVER_MS);
  const alarms = watchAlarms(context);
  const canary = await watchQueue(context, lease);

  return {
    async stop(graceMs) {
      isStopping = true;
      clearInterval(planning);
      clearTimeout(planningOnce);
      alarms.stop();
      canary.stop();
      const drained = Promise.all(consuming.map((consumer) => consumer.close()));
      await within(graceMs, drained);
      outside.relay.drop();
      await within(BREAK_OFF_MS, drained);
      await within(BREAK_OFF_MS, endLease(outside, lease));
    },
  };
}

/** Lets go of what could not be recorded, so that nobody waits for a lease to run out. */
async function endLease({ store, now }: Context['outside'], lease: Lease): Promise<void> {
  await lease.end();
  await store.deliveries.recordAbandoned(now());
}

/** Waits for work, but no longer than this; what fails here is found by the planner of another process. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const deadline = new AbortController();
  const over = wait(ms, undefined, { signal: deadline.signal, ref: false });
  await Promise.race([work, over]).catch(() => undefined);
  deadline.abort();
  await over.catch(() => undefined);
}

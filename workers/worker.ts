import type { JobName, JobOf } from '../src/queue/jobs.ts';
import type { Lease } from '../src/steps/deliveries/lease.ts';
import type { Outside } from '../src/steps/steps.ts';

/** What a job may use beside the outside: the process that it runs in. */
export interface Process {
  readonly lease: Lease;
  readonly isStopping: () => boolean;
}

/** One kind of job: its name is that of its queue, its step and its file. */
export interface JobWorker<Name extends JobName> {
  readonly name: Name;
  readonly concurrency: number;
  /** Runs the step; what it did in a line for people, or undefined where it did nothing. */
  run(outside: Outside, job: JobOf<Name>, process: Process): Promise<string | undefined>;
}

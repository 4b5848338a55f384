import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Queue as BullQueue,
  createPostgresBackend,
  type PgPool,
  runMigrations,
  Worker,
} from 'bullmq';
import { Redis } from 'ioredis';
import { type JobName, type JobOf, jobId, jobNames, jobs } from './jobs.ts';

/** The alarm clock: it carries ids from step to step, and losing it costs a delay. */
export interface Queue {
  /**
   * Adds a job unless the same one is waiting or running. Never rejects and never waits
   * long: where the backend is away, the planner enqueues it again when it is back.
   */
  enqueue<Name extends JobName>(name: Name, job: JobOf<Name>): Promise<void>;
  /** Starts to run jobs of one kind; `onFailure` hears of each that failed. */
  consume<Name extends JobName>(name: Name, consumer: Consumer<Name>): Promise<Consuming>;
  /** Opens this process's own canary: what it sends through the backend comes back to it alone. */
  openCanary(onBack: () => void): Promise<Canary>;
  /** Resolves where the backend answers; where it is away or stands still, that may take long. */
  reach(): Promise<void>;
  /** How many jobs of each kind wait, run and have failed. */
  countJobs(): Promise<readonly JobCount[]>;
  /** Closes what enqueues; consumers are closed by whoever started them, before. */
  close(): Promise<void>;
}

/** How many jobs of one kind stand so. */
export interface JobCount {
  readonly job: JobName;
  readonly state: 'waiting' | 'active' | 'delayed' | 'failed';
  readonly count: number;
}

/** A job of one process to itself. */
export interface Canary {
  /** True where the backend took the job; it comes back when a worker of this process ran it. */
  send(): Promise<boolean>;
  /** Takes its queue away. */
  close(): Promise<void>;
}

export interface Consumer<Name extends JobName> {
  readonly concurrency: number;
  run(job: JobOf<Name>): Promise<void>;
  onFailure(error: Error, job: JobOf<Name> | undefined): void;
}

export interface Consuming {
  /** Takes no new job and resolves when those running have ended. */
  close(): Promise<void>;
}

/** How BullMQ reaches its backend: a Redis URL, or the pool of the embedded database. */
export type QueueBackend = { readonly redisUrl: string } | { readonly pool: PgPool };

// The ledger owns retries of mail; these are for a database or a disk that was away.
const jobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 500 },
} as const;

const LONGEST_WAIT_MS = 5_000;

// A worker that died gives its jobs back within ten seconds: a lock and one look at it later.
// One that only stood still has them run twice, which every step bears.
const workerOptions = { lockDuration: 6_000, stalledInterval: 3_000, maxStalledCount: 3 };

/** Connects the queue; `onError` hears of connections that break (they mend themselves). */
export async function openQueue(
  backend: QueueBackend,
  onError: (error: Error) => void,
): Promise<Queue> {
  const link =
    'pool' in backend ? await linkToPool(backend.pool) : linkToRedis(backend.redisUrl, onError);
  const queues = new Map(jobNames.map((name) => [name, link.queue(name)]));
  for (const queue of queues.values()) queue.on('error', onError);

  return {
    async enqueue(name, job) {
      const options = { ...jobOptions, deduplication: { id: jobId(name, job) } };
      const added = queues.get(name)?.add(name, jobs[name].parse(job), options);
      const late = new Error(`the queue did not take ${options.deduplication.id} in time`);
      const deadline = new AbortController();
      await Promise.race([
        added,
        wait(LONGEST_WAIT_MS, undefined, { signal: deadline.signal }).then(() => {
          throw late;
        }),
      ])
        .catch(onError)
        .finally(() => deadline.abort());
    },
    async consume<Name extends JobName>(name: Name, consumer: Consumer<Name>) {
      const worker = link.worker(
        name,
        async ({ data }) => {
          await consumer.run(jobs[name].parse(data) as JobOf<Name>);
        },
        consumer.concurrency,
      );
      worker.on('error', onError);
      worker.on('failed', (job, error) => consumer.onFailure(error, job?.data as JobOf<Name>));
      await worker.waitUntilReady();
      return { close: () => worker.close() };
    },
    async openCanary(onBack) {
      const name = `canary-${randomUUID()}`;
      const queue = link.queue(name);
      const worker = link.worker(name, async () => onBack(), 1);
      queue.on('error', onError);
      worker.on('error', onError);
      return {
        async send() {
          const options = { removeOnComplete: true, removeOnFail: true };
          const added = queue.add('canary', {}, options).then(
            () => true,
            () => false,
          );
          return Promise.race([added, wait(LONGEST_WAIT_MS, false, { ref: false })]);
        },
        async close() {
          await worker.close(true);
          await queue.obliterate({ force: true }).catch(onError);
          await queue.close();
        },
      };
    },
    async reach() {
      await link.reach();
    },
    async countJobs() {
      const counted = [...queues].map(async ([job, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
        return (['waiting', 'active', 'delayed', 'failed'] as const).map((state) => ({
          job,
          state,
          count: counts[state] ?? 0,
        }));
      });
      return (await Promise.all(counted)).flat();
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await link.close();
    },
  };
}

type Processor = (job: { data: unknown }) => Promise<void>;

function linkToRedis(url: string, onError: (error: Error) => void) {
  // Producers fail fast, since the planner makes good what was not enqueued; workers wait.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: true });
  const consumer = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [producer, consumer]) connection.on('error', onError);
  return {
    queue: (name: string) => new BullQueue(name, { connection: producer }),
    worker: (name: string, processor: Processor, concurrency: number) =>
      new Worker(name, processor, { connection: consumer, concurrency, ...workerOptions }),
    reach: () => producer.ping(),
    async close() {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

async function linkToPool(pool: PgPool) {
  const client = await pool.connect();
  await runMigrations(client, 'bullmq', {});
  client.release();
  // The one session serves both: our own statements name their schema throughout.
  await pool.query('set search_path to bullmq, public');
  return {
    queue: (name: string) => new BullQueue(name, { connection: pool }, createPostgresBackend),
    worker: (name: string, processor: Processor, concurrency: number) =>
      new Worker(
        name,
        processor,
        { connection: pool, concurrency, ...workerOptions },
        createPostgresBackend,
      ),
    reach: () => pool.query('select 1'),
    close: async () => {},
  };
}

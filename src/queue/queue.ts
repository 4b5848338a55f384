import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Queue as BullQueue, PgPool } from 'bullmq';
import type { Finding } from '../core/doctor/finding.ts';
import { keepableFailure } from '../core/queue/failure.ts';
import type { RedisSettings } from '../core/queue/redis-place.ts';
import { readRefusal, tellRefusal } from '../core/queue/refusal.ts';
import { type Board, createBoard } from './board.ts';
import { type JobName, type JobOf, jobId, jobNames, jobs } from './jobs.ts';
import { linkToPool, linkToRedis, type Processor } from './link.ts';
import { isReply } from './queue-facts.ts';
import { rememberKeys } from './stuck.ts';
import { type OwnWorker, openWorker } from './worker.ts';

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
  /** What is to be said of the backend, as far as it answered: what fails keeps a process from beginning. */
  listFindings(): readonly Finding[];
  /**
   * Why the backend takes no work or gives this process none, in half a sentence without names;
   * undefined where it does. Rejects where it is away; where it stands still that takes long.
   */
  findTrouble(): Promise<string | undefined>;
  /** Enqueues what lies in queues of versions before, and deletes them. Never rejects and never waits long. */
  retireOld(): Promise<void>;
  /** Keeps a short text under a name in Redis; elsewhere nowhere. Rejects where it is away. */
  keepText(name: string, text: string): Promise<void>;
  /** A text that was kept; undefined where there is none. Rejects where Redis is away. */
  findText(name: string): Promise<string | undefined>;
  /** Notes names of a moment in Redis, the last thousands of them; elsewhere nowhere. Rejects where it is away. */
  noteNames(list: string, names: readonly string[], at: Date): Promise<void>;
  /** Names that were noted since a moment. Rejects where Redis is away. */
  listNames(list: string, since: Date): Promise<readonly string[]>;
  /** How many jobs of each kind wait, run and have failed. */
  countJobs(): Promise<readonly JobCount[]>;
  /** Bull Board over these queues, to look at. */
  openBoard(): Board;
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

/** How BullMQ reaches its backend: a place of Redis, or the pool of the embedded database. */
export type QueueBackend = { readonly redis: RedisSettings } | { readonly pool: PgPool };

// The ledger owns retries of mail; these are for a database or a disk that was away.
const jobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 500 },
} as const;

const LONGEST_WAIT_MS = 5_000;
/** Of a process that was killed its canary stays so long; one comes every hour at the least. */
const CANARY_KEPT_MS = 2 * 3_600_000;

/** Connects the queue; `onError` hears of what breaks or is refused (it mends itself). */
export async function openQueue(
  backend: QueueBackend,
  onError: (error: Error) => void,
): Promise<Queue> {
  // Errors of scripts name a script each: by what they mean, the log can tell one a minute.
  const tell = (error: Error) =>
    onError(
      isReply(error) ? new Error(tellRefusal(readRefusal(error.message)), { cause: error }) : error,
    );
  const link =
    'pool' in backend ? await linkToPool(backend.pool) : await linkToRedis(backend.redis, tell);
  const queues = new Map(jobNames.map((name) => [name, link.queue(name)]));
  for (const queue of queues.values()) queue.on('error', tell);
  const workers = new Set<OwnWorker>();
  const open = (name: string, processor: Processor, concurrency: number) => {
    const own = openWorker(link, name, { processor, concurrency });
    own.worker.on('error', tell);
    workers.add(own);
    return own;
  };

  const keys = rememberKeys();
  const add = async <Name extends JobName>(name: Name, job: JobOf<Name>, key: string) => {
    const into = queues.get(name);
    if (!into) return;
    const options = { ...jobOptions, deduplication: { id: key } };
    const { id } = await into.add(name, jobs[name].parse(job), options);
    if (!(await keys.isStuck(into, key, id))) return;
    onError(new Error(`the key of ${key} outlived its job, and was cleared`));
    await into.removeDeduplicationKey(key);
    await into.add(name, jobs[name].parse(job), options);
  };

  const queue: Queue = {
    async enqueue(name, job) {
      const key = jobId(name, job);
      await inTime(add(name, job, key), `the queue did not take ${key} in time`).catch(tell);
    },
    async consume<Name extends JobName>(name: Name, consumer: Consumer<Name>) {
      const own = open(
        name,
        async ({ data }) => {
          try {
            await consumer.run(jobs[name].parse(data) as JobOf<Name>);
          } catch (error) {
            throw keepableFailure(error);
          }
        },
        consumer.concurrency,
      );
      own.worker.on('failed', (job, error) => consumer.onFailure(error, job?.data as JobOf<Name>));
      await own.worker.waitUntilReady();
      return { close: () => own.close().finally(() => workers.delete(own)) };
    },
    async openCanary(onBack) {
      const name = `canary-${randomUUID()}`;
      const letters = link.queue(name);
      letters.on('error', tell);
      const own = open(name, async () => onBack(), 1);
      return {
        async send() {
          // What it is refused it says itself: nothing is wedged.
          if (own.refusal()) return false;
          const options = { removeOnComplete: true, removeOnFail: true };
          const added = letters.add('canary', {}, options).then(async () => {
            await link.expire(letters, CANARY_KEPT_MS);
            return true;
          });
          return Promise.race([
            added.catch(() => false),
            wait(LONGEST_WAIT_MS, false, { ref: false }),
          ]);
        },
        async close() {
          await own.drop();
          workers.delete(own);
          await letters.obliterate({ force: true }).catch(tell);
          await letters.close();
        },
      };
    },
    listFindings: link.listFindings,
    async findTrouble() {
      const trouble = await link.findTrouble();
      const [refusal] = [...workers].flatMap((each) => each.refusal() ?? []);
      return trouble ?? (refusal && tellRefusal(refusal));
    },
    retireOld: () =>
      inTime(link.retireOld(queue.enqueue), 'the queue did not answer in time').catch(tell),
    keepText: (name, text) => inTime(link.keepText(name, text), 'the queue did not answer in time'),
    findText: (name) => inTime(link.findText(name), 'the queue did not answer in time'),
    noteNames: (list, names, at) =>
      inTime(link.noteNames(list, names, at), 'the queue did not answer in time'),
    listNames: (list, since) =>
      inTime(link.listNames(list, since), 'the queue did not answer in time'),
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
    // The board reads queues of either backend; its types know of Redis alone.
    openBoard: () => createBoard([...queues.values()] as BullQueue[]),
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await link.close();
    },
  };
  return queue;
}

/** Rejects with `late` where the work takes too long; it goes on all the same. */
async function inTime<Result>(work: Promise<Result>, late: string): Promise<Result> {
  const deadline = new AbortController();
  const over = wait(LONGEST_WAIT_MS, undefined, { signal: deadline.signal }).then(() => {
    throw new Error(late);
  });
  return Promise.race([work, over]).finally(() => deadline.abort());
}

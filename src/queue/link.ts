import {
  Queue as BullQueue,
  createPostgresBackend,
  type Job,
  type PgPool,
  type QueueOptions,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import type { Finding } from '../core/doctor/finding.ts';
import { type GroundFacts, judgeGround } from '../core/doctor/judge-queue.ts';
import type { RedisSettings } from '../core/queue/redis-place.ts';
import { readRefusal, tellRefusal } from '../core/queue/refusal.ts';
import { retireOldQueues, type TakeOver } from './old-queues.ts';
import { readGroundFacts, tryScript } from './queue-facts.ts';
import { openRedis } from './redis.ts';

/** What runs a job. */
export type Processor = (job: Pick<Job, 'id' | 'data'>) => Promise<void>;

/** The way to what the queue lives in: Redis or its kin, or the embedded database. */
export interface Link {
  queue(name: string): LinkedQueue;
  worker(name: string, processor: Processor, concurrency: number): LinkedWorker;
  /** What is to be said of the server, as far as it answered. */
  listFindings(): readonly Finding[];
  /** Why it takes no work, undefined where it does. Rejects where it is away; where it stands still that takes long. */
  findTrouble(): Promise<string | undefined>;
  /** Has what a queue left in the backend go by itself when nobody asked for it again in such a time. */
  expire(queue: LinkedQueue, ms: number): Promise<void>;
  /** Keeps a short text, where the backend is another place than the database. */
  keepText(name: string, text: string): Promise<void>;
  findText(name: string): Promise<string | undefined>;
  /** Notes names of a moment, where the backend is another place than the database; it keeps the last `MOST_NOTED`. */
  noteNames(list: string, names: readonly string[], at: Date): Promise<void>;
  /** Names that were noted since a moment. */
  listNames(list: string, since: Date): Promise<readonly string[]>;
  /** Hands on what lies in queues of versions before, and deletes them. */
  retireOld(takeOver: TakeOver): Promise<void>;
  close(): Promise<void>;
}

// A worker that died gives its jobs back within ten seconds: a lock and one look at it later.
// One that only stood still has them run twice, which every step bears.
const workerOptions = { lockDuration: 6_000, stalledInterval: 3_000, maxStalledCount: 3 };

const FIRST_LOOK_MS = 3_000;

/** So many names of a list are kept: who wants to know of a handful needs no more. */
export const MOST_NOTED = 2_000;
const NOTED_FOR_MS = 24 * 3_600_000;

/**
 * Links to a Redis, as what it says it is; one that does not answer now is taken for what REDIS_URL
 * makes it. It is judged at each connection. Never rejects.
 */
export async function linkToRedis(
  settings: RedisSettings,
  onError: (error: Error) => void,
): Promise<Link> {
  const { prefix } = settings;
  const read = () => readGroundFacts(settings, FIRST_LOOK_MS);
  let facts: GroundFacts | undefined = await read().catch(() => undefined);
  const isCluster =
    facts?.isCluster ?? (settings.sentinelName === undefined && settings.hosts.length > 1);
  // Producers fail fast, since the planner makes good what was not enqueued; workers wait.
  const producer = openRedis(settings, isCluster, { maxRetriesPerRequest: 1 });
  const consumer = openRedis(settings, isCluster, { maxRetriesPerRequest: null });
  for (const connection of [producer, consumer]) connection.on('error', onError);
  const listFaults = () => judgeFacts().filter(({ level }) => level === 'fail');
  const judgeFacts = () => (facts ? judgeGround(facts, settings) : []);
  let isFresh = facts !== undefined;
  // What comes back after it was away may be set otherwise, or be another one.
  const lookAgain = async () => {
    if (!isFresh) facts = await read().catch(() => facts);
    isFresh = false;
    for (const { says } of listFaults()) onError(new Error(says));
    if (facts && facts.isCluster !== isCluster) throw otherKind(facts);
  };
  producer.on('ready', lookAgain);

  return {
    queue: (name) => openRedisQueue(name, { connection: producer, prefix }),
    worker: (name, processor, concurrency) =>
      openRedisWorker(name, processor, {
        ...workerOptions,
        connection: consumer,
        prefix,
        concurrency,
      }),
    listFindings: judgeFacts,
    async findTrouble() {
      const [fault] = listFaults();
      if (fault) return `the queue cannot be used: ${fault.says}`;
      const refusal = await tryScript(producer, prefix);
      return refusal === undefined ? undefined : tellRefusal(readRefusal(refusal));
    },
    async expire({ keys }, ms) {
      const all = producer.pipeline();
      for (const key of Object.values(keys)) all.pexpire(key, ms);
      await all.exec();
    },
    async keepText(name, text) {
      await producer.set(`${prefix}:${name}`, text);
    },
    findText: async (name) => (await producer.get(`${prefix}:${name}`)) ?? undefined,
    async noteNames(list, names, at) {
      const key = `${prefix}:${list}`;
      await producer
        .pipeline()
        .zadd(key, ...names.flatMap((name) => [at.getTime(), name]))
        .zremrangebyrank(key, 0, -MOST_NOTED - 1)
        .pexpire(key, NOTED_FOR_MS)
        .exec();
    },
    listNames: (list, since) =>
      producer.zrangebyscore(`${prefix}:${list}`, since.getTime(), '+inf'),
    // There were no queues without a tag on a cluster: it refused each of their jobs.
    retireOld: async (takeOver) => (isCluster ? undefined : retireOldQueues(producer, takeOver)),
    async close() {
      producer.off('ready', lookAgain);
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** Nobody catches it: the process ends and is started anew, as what fits the server. */
function otherKind({ isCluster }: GroundFacts): Error {
  return new Error(
    `the queue ${isCluster ? 'is a cluster, and was taken for none' : 'is no cluster, and was taken for one'}`,
  );
}

const openRedisQueue = (name: string, options: QueueOptions) => new BullQueue(name, options);
const openRedisWorker = (name: string, processor: Processor, options: WorkerOptions) =>
  new Worker(name, processor, options);
const openPoolQueue = (name: string, connection: PgPool) =>
  new BullQueue(name, { connection }, createPostgresBackend);
const openPoolWorker = (
  name: string,
  processor: Processor,
  options: typeof workerOptions & { connection: PgPool; concurrency: number },
) => new Worker(name, processor, options, createPostgresBackend);

/** A queue of BullMQ on either backend. */
export type LinkedQueue = ReturnType<typeof openRedisQueue | typeof openPoolQueue>;
export type LinkedWorker = ReturnType<typeof openRedisWorker | typeof openPoolWorker>;

/** Links to the embedded database. */
export async function linkToPool(pool: PgPool): Promise<Link> {
  const client = await pool.connect();
  await runMigrations(client, 'bullmq', {});
  client.release();
  // The one session serves both: our own statements name their schema throughout.
  await pool.query('set search_path to bullmq, public');
  return {
    queue: (name) => openPoolQueue(name, pool),
    worker: (name, processor, concurrency) =>
      openPoolWorker(name, processor, { ...workerOptions, connection: pool, concurrency }),
    listFindings: () => [],
    async findTrouble() {
      await pool.query('select 1');
      return undefined;
    },
    // Rows know no end; one process leaves few.
    expire: async () => undefined,
    retireOld: async () => undefined,
    keepText: async () => undefined,
    findText: async () => undefined,
    noteNames: async () => undefined,
    listNames: async () => [],
    close: async () => {},
  };
}

import { Queue as BullQueue, type Job } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import { type JobName, type JobOf, jobNames, jobs } from './jobs.ts';

/** Takes a job of an old queue into the one of today. */
export type TakeOver = <Name extends JobName>(name: Name, job: JobOf<Name>) => Promise<void>;

/** What queues were named with before the prefix was a setting; without a tag no cluster takes them. */
const OLD_PREFIX = 'bull';
const MOST_MOVED = 10_000;

/**
 * Hands what waits in queues under the prefix of versions before to `takeOver`, and deletes each
 * queue in which nothing runs any more. Processes of such a version that still live lose nothing
 * but a finished job's record. Queues of another program that has the same prefix are left alone.
 */
export async function retireOldQueues(redis: Redis | Cluster, takeOver: TakeOver): Promise<void> {
  const there = await redis.exists(jobNames.map((name) => `${OLD_PREFIX}:${name}:meta`));
  if (there === 0) return;
  const queues = jobNames.map((name) => ({
    name,
    queue: new BullQueue(name, { connection: redis, prefix: OLD_PREFIX, skipMetasUpdate: true }),
  }));
  try {
    const all = await Promise.all(
      queues.map(async ({ name, queue }) => ({ name, queue, jobs: await queue.getJobs() })),
    );
    if (!all.every(({ name, jobs }) => jobs.every((job) => isOurs(name, job)))) return;
    if (all.every(({ jobs }) => jobs.length === 0)) return;
    for (const { name, queue } of all) await retire(name, queue, { redis, takeOver });
  } finally {
    await Promise.all(queues.map(({ queue }) => queue.close()));
  }
}

function isOurs(name: JobName, job: Job): boolean {
  // Of a job whose hash was lost and half written anew nothing is known.
  if (!job.name) return true;
  return job.name === name && jobs[name].safeParse(job.data).success;
}

async function retire(
  name: JobName,
  queue: BullQueue,
  { redis, takeOver }: { redis: Redis | Cluster; takeOver: TakeOver },
): Promise<void> {
  for (const { data } of await queue.getJobs(['waiting', 'delayed'], 0, MOST_MOVED)) {
    await takeOver(name, jobs[name].parse(data));
  }
  await queue.drain(true);
  const active = await queue.getActive();
  // Whoever runs a job renews its lock; BullMQ has no question for it.
  const locks = active.map(({ id }) => queue.toKey(`${id}:lock`));
  if (locks.length > 0 && (await redis.exists(locks)) > 0) return;
  await queue.obliterate({ force: true });
}

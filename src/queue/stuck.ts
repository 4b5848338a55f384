import type { LinkedQueue } from './link.ts';

/** What a job that holds its key is doing. */
const LIVE: readonly string[] = ['waiting', 'active', 'delayed'];
const MOST_REMEMBERED = 5_000;

/** Finds keys that outlived their jobs. */
export interface StuckKeys {
  /**
   * Whether the key under which a job was not added anew is one that nothing holds any more: the
   * same job was there at the last look, and neither waits nor runs. Rejects where the backend is away.
   */
  isStuck(queue: LinkedQueue, key: string, jobId: string | undefined): Promise<boolean>;
}

/**
 * Remembers which job held each key. BullMQ gives a key up when its job ends or when all of its job
 * is gone; where Redis lost a part of it, or the list in which it stood, the key stays for ever.
 */
export function rememberKeys(): StuckKeys {
  const jobByKey = new Map<string, string | undefined>();
  return {
    async isStuck(queue, key, jobId) {
      if (jobByKey.size > MOST_REMEMBERED) jobByKey.clear();
      const wasThere = jobByKey.get(key) === jobId;
      jobByKey.set(key, jobId);
      if (!wasThere || jobId === undefined) return false;
      return !LIVE.includes(await queue.getJobState(jobId));
    },
  };
}

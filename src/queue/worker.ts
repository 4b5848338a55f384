import { setTimeout as wait } from 'node:timers/promises';
import type { Refusal } from '../core/queue/refusal.ts';
import type { Link, LinkedWorker, Processor } from './link.ts';
import { restOnRefusal } from './rest.ts';

/** A worker of BullMQ that rests where it is refused, and can always be closed. */
export interface OwnWorker {
  readonly worker: LinkedWorker;
  /** What its server refuses it now. */
  refusal(): Refusal | undefined;
  /** Takes no new job, and resolves when those running have ended and their ends are kept, where that can be. */
  close(): Promise<void>;
  /** Leaves at once what runs. */
  drop(): Promise<void>;
}

/** How long it may take to keep the end of a job; elsewhere it is run again. */
const KEEPING_MS = 3_000;

/** Starts a worker on a link. */
export function openWorker(
  link: Link,
  name: string,
  { processor, concurrency }: { processor: Processor; concurrency: number },
): OwnWorker {
  const running = new Map<string | undefined, Promise<void>>();
  const unkept = new Set<string | undefined>();
  const worker = link.worker(
    name,
    async (job) => {
      const run = processor(job);
      running.set(job.id, run);
      unkept.add(job.id);
      await run.finally(() => running.delete(job.id));
    },
    concurrency,
  );
  const onEnd = (look: (id: string | undefined) => void) => {
    worker.on('completed', (job) => look(job.id));
    worker.on('failed', (job) => look(job?.id));
  };
  onEnd((id) => unkept.delete(id));
  const rests = restOnRefusal(worker);
  const whenKept = () =>
    new Promise<void>((resolve) => {
      const look = () => unkept.size === 0 && resolve();
      onEnd(look);
      look();
    });
  const drop = () => {
    rests.stop();
    return worker.close(true);
  };
  return {
    worker,
    refusal: rests.refusal,
    // BullMQ's own order waits for the end of a connection, which never comes where it is just
    // between two tries.
    async close() {
      rests.stop();
      await worker.pause(true);
      await Promise.allSettled(running.values());
      await Promise.race([whenKept(), wait(KEEPING_MS, undefined, { ref: false })]);
      await drop();
    },
    drop,
  };
}

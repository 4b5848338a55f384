import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  type Order,
  type Reply,
  type Task,
  type TaskArgs,
  type TaskName,
  type TaskResult,
  tasks,
} from './tasks.ts';

/** Threads beside the one that answers everybody. */
export interface Threads {
  /**
   * Does a task in a thread, when one is free and it is its turn. `onPauses` hears now and then
   * how many pauses the work has made. Rejects with what the work throws, or where the thread dies.
   */
  run<Name extends TaskName>(
    name: Name,
    args: TaskArgs<Name>,
    onPauses?: (pauses: number) => void,
  ): Promise<TaskResult<Name>>;
  /** Ends all threads; what runs or waits is rejected. */
  close(): Promise<void>;
}

/** Two at least: one that cuts must not keep a reader waiting. */
const MOST_THREADS = Math.max(2, availableParallelism());
/** A thread that has nothing to do so long ends, and its memory goes with it. */
const IDLE_MS = 10_000;

interface Job {
  readonly order: Order;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  onPauses(pauses: number): void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | undefined;
  over: NodeJS.Timeout | undefined;
  idle: NodeJS.Timeout | undefined;
}

/** Opens a pool without threads: they begin when there is work, and end when there is none. */
export function openThreads({ idleMs = IDLE_MS } = {}): Threads {
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let isClosed = false;

  const isLong = (job: Job | undefined) => job !== undefined && tasks[job.order.name].isLong;
  const isItsTurn = (job: Job) =>
    !isLong(job) || ![...threads].some(({ job: other }) => isLong(other));

  const assign = () => {
    for (;;) {
      const at = waiting.findIndex(isItsTurn);
      if (at < 0) return;
      const free = [...threads].find(({ job }) => job === undefined);
      if (!free && threads.size >= MOST_THREADS) return;
      const [job] = waiting.splice(at, 1);
      if (job) give(free ?? begin(), job);
    }
  };

  const begin = (): Thread => {
    const thread: Thread = {
      worker: openWorker(),
      job: undefined,
      over: undefined,
      idle: undefined,
    };
    threads.add(thread);
    thread.worker.on('message', (reply: Reply) => hear(thread, reply));
    thread.worker.once('error', (error) => lose(thread, error));
    thread.worker.once('exit', () =>
      lose(thread, new Error('a thread ended in the midst of its work')),
    );
    return thread;
  };

  const give = (thread: Thread, job: Job) => {
    clearTimeout(thread.idle);
    thread.job = job;
    thread.worker.ref();
    const { mostMs }: Task = tasks[job.order.name];
    if (mostMs) thread.over = setTimeout(() => void thread.worker.terminate(), mostMs).unref();
    try {
      thread.worker.postMessage(job.order);
    } catch (error) {
      job.reject(error);
      rest(thread);
    }
  };

  const hear = (thread: Thread, reply: Reply) => {
    const { job } = thread;
    if (reply.kind === 'pauses') return job?.onPauses(reply.pauses);
    if (reply.kind === 'result') job?.resolve(reply.result);
    else job?.reject(reply.error);
    rest(thread);
    assign();
  };

  const rest = (thread: Thread) => {
    thread.job = undefined;
    clearTimeout(thread.over);
    thread.worker.unref();
    thread.idle = setTimeout(() => void thread.worker.terminate(), idleMs).unref();
  };

  const lose = (thread: Thread, error: Error) => {
    clearTimeout(thread.idle);
    clearTimeout(thread.over);
    threads.delete(thread);
    thread.job?.reject(error);
    thread.job = undefined;
    if (!isClosed) assign();
  };

  return {
    run: (name, args, onPauses = () => {}) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new Error('the threads have ended');
        const order = { name, args };
        // What comes back is what this task gives: the thread ran it under the same name.
        const give = resolve as (result: unknown) => void;
        waiting.push({ order, resolve: give, reject, onPauses });
        assign();
      }),
    async close() {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('the threads have ended'));
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Runs what was built as it is, and the source through tsx, whatever runs this process. */
function openWorker(): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './source.mjs' : './thread.js';
  return new Worker(new URL(entry, import.meta.url), { execArgv: [] });
}

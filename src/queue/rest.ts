import { type Refusal, readRefusal } from '../core/queue/refusal.ts';
import type { LinkedWorker } from './link.ts';
import { isReply } from './queue-facts.ts';

/** A worker's rests. */
export interface Rests {
  /** What the server refuses this worker now; undefined where it takes its work. */
  refusal(): Refusal | undefined;
  stop(): void;
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 10_000;
/** Each connection of a worker must be refused once before it looks elsewhere. */
const LONGEST_ELSEWHERE_MS = 2_000;
/** A worker that is refused nothing for so long after a rest is well. */
const QUIET_MS = 2_000;

/**
 * Has a worker rest where its server answers with an error: BullMQ waits where a connection is
 * broken, but asks a server that answers again at once, thousands of times a second. Each rest is
 * twice as long as the one before, until it was refused nothing for a minute.
 */
export function restOnRefusal(worker: LinkedWorker): Rests {
  let refusal: Refusal | undefined;
  let refusedUntil = 0;
  let restMs = SHORTEST_MS;
  let timer: NodeJS.Timeout | undefined;
  const rest = (error: Error) => {
    const now = performance.now();
    if (now - refusedUntil > 60_000) restMs = SHORTEST_MS;
    refusal = readRefusal(error.message);
    refusedUntil = now + restMs + QUIET_MS;
    worker.pause(true).catch(() => undefined);
    timer = setTimeout(() => {
      timer = undefined;
      void worker.resume();
    }, restMs);
    restMs = Math.min(2 * restMs, refusal.isElsewhere ? LONGEST_ELSEWHERE_MS : LONGEST_MS);
  };
  worker.on('error', (error) => {
    if (isReply(error) && timer === undefined && !worker.closing) rest(error);
  });
  return {
    refusal: () => (performance.now() < refusedUntil ? refusal : undefined),
    stop: () => clearTimeout(timer),
  };
}

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isBusy } from '../../core/alarms/find.ts';
import type { Outside } from '../steps.ts';

/** What is noted counts a little longer than until the next time. */
const COUNTS_MS = 150_000;
const RESOLUTION_MS = 10;

/** A watch on how long the event loop of this process lets others wait. */
export interface LoopWatch {
  /** What one turn of a hundred was late by since this was asked before, in milliseconds. */
  readDelay(): number;
  stop(): void;
}

/** Begins to watch this process's own event loop. */
export function watchLoop(): LoopWatch {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    readDelay() {
      const late = delays.percentile(99) / 1e6 - RESOLUTION_MS;
      delays.reset();
      return Math.max(0, late);
    },
    stop: () => void delays.disable(),
  };
}

/** Notes for the alarms that the loop of a process keeps others waiting, where it does. */
export async function noteLoop(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  loop: { readonly process: string; readonly delayMs: number },
): Promise<void> {
  if (!isBusy(loop)) return;
  const at = now();
  await store.loops.record(
    { ...loop, delayMs: Math.round(loop.delayMs) },
    { at, since: sinceOf(at) },
  );
}

/** Processes whose loops keep others waiting now. */
export function listBusyLoops({ store, now }: Pick<Outside, 'store' | 'now'>) {
  return store.loops.list(sinceOf(now()));
}

const sinceOf = (at: Date) => new Date(at.getTime() - COUNTS_MS);

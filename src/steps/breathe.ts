import { setImmediate as giveWay } from 'node:timers/promises';
import type { Work } from '../core/reading/work.ts';

/** So long the process hears nobody at a time, give or take one piece. */
const TURN_MS = 10;

/** Does a piece of work, and lets the rest of the process breathe in between. Throws what it throws. */
export async function breathe<Result>(work: Work<Result>): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < TURN_MS) continue;
    await giveWay();
    began = performance.now();
  }
}

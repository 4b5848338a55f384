import { type Database, getRow, sql } from './database.ts';

/** Far more often than the clocks of machines drift apart; a jump is seen by the next time. */
const MEASURE_EVERY_MS = 10_000;

/** A clock that all processes share, on whatever machines. */
export interface SharedClock {
  now(): Date;
  stop(): void;
}

/**
 * The process's own clock, put right by how far it is from the database's, which is measured every
 * ten seconds: what one process writes as due is due to all, and a clock that was put back stops
 * nobody. Where the database does not answer, what was measured last holds.
 */
export async function openSharedClock(
  db: Database,
  own: () => number = Date.now,
): Promise<SharedClock> {
  let ahead = 0;
  const measure = async () => {
    const began = own();
    const { at } = await getRow<{ at: Date }>(db, sql`select clock_timestamp() as at`);
    const ended = own();
    // It was read somewhere on the way: nearer cannot be said, and is not needed.
    const middle = (began + ended) / 2;
    const isSame = Math.abs(at.getTime() - middle) <= (ended - began) / 2 + 1;
    ahead = isSame ? 0 : at.getTime() - middle;
  };
  await measure();
  const timer = setInterval(() => measure().catch(() => {}), MEASURE_EVERY_MS);
  timer.unref();
  return { now: () => new Date(own() + ahead), stop: () => clearInterval(timer) };
}

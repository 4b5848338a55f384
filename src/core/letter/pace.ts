/** How many connections a relay is asked for at once, and how long each rests between messages. */
export interface Pace {
  readonly connections: number;
  readonly restMs: number;
  /** When it last changed, in milliseconds of any steady clock. */
  readonly changedAt: number;
}

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** What one busy answer changes, the others of the same moment do not change again. */
const SAME_MOMENT_MS = 1_000;
/** So long without a busy answer doubles the pace again. */
const RECOVER_AFTER_MS = 60_000;

/** Half of the pace: half of the connections, and when one is left, half as often. */
export function slowDown(pace: Pace, at: number): Pace {
  const isSameMoment = pace.changedAt > 0 && at - pace.changedAt < SAME_MOMENT_MS;
  if (isSameMoment) return pace;
  if (pace.connections > 1) {
    return { connections: Math.floor(pace.connections / 2), restMs: 0, changedAt: at };
  }
  const restMs = Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, pace.restMs * 2));
  return { connections: 1, restMs, changedAt: at };
}

/** The pace after a time without a busy answer: doubled every minute, up to `most` connections. */
export function speedUp(pace: Pace, most: number, at: number): Pace {
  const isFull = pace.connections >= most && pace.restMs === 0;
  if (isFull || at - pace.changedAt < RECOVER_AFTER_MS) return pace;
  if (pace.restMs > FIRST_REST_MS) return { ...pace, restMs: pace.restMs / 2, changedAt: at };
  if (pace.restMs > 0) return { ...pace, restMs: 0, changedAt: at };
  return { ...pace, connections: Math.min(most, pace.connections * 2), changedAt: at };
}

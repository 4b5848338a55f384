import { setTimeout as wait } from 'node:timers/promises';
import { type Pace, slowDown, speedUp } from '../../core/letter/pace.ts';

const RECONNECT_EVERY_MS = 1_000;
const FIRST_DOWN_MS = 500;
const LONGEST_DOWN_MS = 30_000;

/** How much of one relay may be used now: less after each "busy" (421), nothing while it is away. */
export interface RelayPace {
  /** True where one more may speak to it beside `inUse` others. */
  hasRoom(inUse: number): boolean;
  /** False after a busy answer and while it is away, until it has recovered. */
  isWell(): boolean;
  /** The server said that it is busy. */
  slow(): void;
  /** The server answered as servers do. */
  worked(): void;
  /**
   * No session could be opened since `startedAt` (of `performance.now()`): unless it answered
   * others meanwhile, it is left alone for a moment, longer each time.
   */
  failed(startedAt: number): void;
  /** A message has ended: where the relay is slow, the next one waits. */
  rest(): void;
  /** Resolves when a new connection may be opened: at once, or after a busy answer one a second. */
  mayConnect(): Promise<void>;
}

/** Starts at `most` connections at once. */
export function createRelayPace(most: number): RelayPace {
  let pace: Pace = { connections: most, restMs: 0, changedAt: 0 };
  let nextConnectAt = 0;
  let restedAt = 0;
  let downMs = 0;
  let downUntil = 0;
  let workedAt = 0;
  const look = () => {
    pace = speedUp(pace, most, performance.now());
    return pace;
  };
  const isSlow = () => look().connections < most || pace.restMs > 0;
  return {
    hasRoom(inUse) {
      const now = performance.now();
      if (now < downUntil || now < restedAt) return false;
      // One message finds out whether it is back.
      return inUse < (downMs > 0 ? 1 : look().connections);
    },
    isWell: () => downMs === 0 && !isSlow(),
    slow() {
      const now = performance.now();
      pace = slowDown(pace, now);
      nextConnectAt = Math.max(nextConnectAt, now + RECONNECT_EVERY_MS);
    },
    worked() {
      downMs = 0;
      workedAt = performance.now();
    },
    failed(startedAt) {
      const now = performance.now();
      // Those that failed in the same moment are one failure.
      if (workedAt > startedAt || now < downUntil) return;
      downMs = Math.min(LONGEST_DOWN_MS, Math.max(FIRST_DOWN_MS, downMs * 2));
      downUntil = now + downMs;
    },
    rest() {
      restedAt = performance.now() + look().restMs;
    },
    async mayConnect() {
      // A relay with one connection to begin with rests, and reconnects no faster.
      if (!isSlow()) return;
      const now = performance.now();
      const at = Math.max(now, nextConnectAt);
      nextConnectAt = at + RECONNECT_EVERY_MS;
      if (at > now) await wait(at - now);
    },
  };
}

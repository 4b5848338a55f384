import { setTimeout as wait } from 'node:timers/promises';
import { type Pace, slowDown, speedUp } from '../../core/letter/pace.ts';

const RECONNECT_EVERY_MS = 1_000;

/** How fast one relay is spoken to: slower after each "busy" (421), faster again when it is quiet. */
export interface RelayPace {
  /** How many may speak to it at once. */
  connections(): number;
  /** How long each rests after a message. */
  restMs(): number;
  /** The server said that it is busy. */
  slow(): void;
  /** Resolves when a new connection may be opened: at once, or after a busy answer one a second. */
  mayConnect(): Promise<void>;
}

/** Starts at `most` connections at once. */
export function createRelayPace(most: number): RelayPace {
  let pace: Pace = { connections: most, restMs: 0, changedAt: 0 };
  let nextConnectAt = 0;
  const look = () => {
    pace = speedUp(pace, most, performance.now());
    return pace;
  };
  const isSlow = () => look().connections < most || pace.restMs > 0;
  return {
    connections: () => look().connections,
    restMs: () => look().restMs,
    slow() {
      const now = performance.now();
      pace = slowDown(pace, now);
      nextConnectAt = Math.max(nextConnectAt, now + RECONNECT_EVERY_MS);
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

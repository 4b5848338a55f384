import { setTimeout as wait } from 'node:timers/promises';
import {
  firstState,
  hear,
  isMostlyBusy,
  isSlow,
  type RelayEvent,
  type RelayState,
  rested,
} from '../../core/letter/relay-state.ts';

const RECONNECT_EVERY_MS = 1_000;

/** The state of one relay, on the steady clock. */
export interface RelayWatch {
  /** True where one more may speak to it beside `inUse` others; one that refuses us may be passed over. */
  hasRoom(inUse: number, passesOver?: boolean): boolean;
  /** How it is, as operators may be told. */
  look(): RelayState;
  /** False after a busy answer and while it is left alone, until it has recovered. */
  isWell(): boolean;
  /** What became of a message that began at `startedAt` (of `performance.now()`). */
  note(event: RelayEvent, startedAt: number): void;
  /** Resolves when a new connection may be opened: at once, or one a second where it takes none. */
  mayConnect(): Promise<void>;
}

/** Starts at `most` connections at once. */
export function watchRelay(most: number): RelayWatch {
  let state = firstState(most);
  let nextConnectAt = 0;
  let restUntil = 0;
  const look = () => {
    state = rested(state, performance.now(), most);
    return state;
  };
  return {
    look,
    hasRoom(inUse, passesOver = false) {
      const now = performance.now();
      const { down, connections } = look();
      if (now < restUntil) return false;
      const isAsked = !down || (down.event === 'refused' && !passesOver);
      if (isAsked) return inUse < Math.floor(connections);
      // One message finds out whether it is back.
      return now >= down.until && inUse < 1;
    },
    isWell: () => !look().down && !isSlow(state, most),
    note(event, startedAt) {
      const at = performance.now();
      state = hear(state, { event, at, startedAt }, most);
      if (event === 'busy') nextConnectAt = Math.max(nextConnectAt, at + RECONNECT_EVERY_MS);
      if (state.restMs > 0) restUntil = at + state.restMs;
    },
    async mayConnect() {
      if (!isMostlyBusy(look())) return;
      const now = performance.now();
      const at = Math.max(now, nextConnectAt);
      nextConnectAt = at + RECONNECT_EVERY_MS;
      if (at > now) await wait(at - now);
    },
  };
}

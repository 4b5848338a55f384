/** What an answer (or none) says of the relay itself. */
export type RelayEvent =
  /** It answered as servers do. */
  | 'worked'
  /** It wants fewer of us: 421, or a temporary no before the recipient was named. */
  | 'busy'
  /** No session could be opened. */
  | 'away'
  /** It wants nothing of us, before the recipient was named. */
  | 'refused';

/** How much of one relay may be used now. */
export interface RelayState {
  /** At once; whole ones are given, and it grows by parts. */
  readonly connections: number;
  /** Where one connection is left: how long it rests between two messages. */
  readonly restMs: number;
  /** The share of busy answers of late, from 0 to 1. */
  readonly busyShare: number;
  /** When the pace last changed for a busy answer or a quiet minute, on any steady clock. */
  readonly changedAt: number;
  readonly workedAt: number;
  /** While it is left alone, but for one message that finds out how it is now. */
  readonly down?: {
    readonly event: 'away' | 'refused';
    readonly ms: number;
    readonly until: number;
  };
}

/** How long a relay is left alone, doubled each time; who refuses us does not change in seconds. */
const downTimes = {
  away: { firstMs: 500, longestMs: 30_000 },
  refused: { firstMs: 60_000, longestMs: 900_000 },
} as const;

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** What one busy answer changes, the others of the same moment do not change again. */
const SAME_MOMENT_MS = 1_000;
/** So long without a busy answer doubles the pace, the slower of two ways back. */
const QUIET_MS = 60_000;
/** So many good answers for each connection in use allow one more. */
const GOOD_ANSWERS = 8;
/** How much the newest answer weighs in the share. */
const NEWEST = 0.2;
const MOST_ARE_BUSY = 0.5;

/** A relay that nothing is known of. */
export function firstState(most: number): RelayState {
  return { connections: most, restMs: 0, busyShare: 0, changedAt: 0, workedAt: 0 };
}

/**
 * The state after something happened to a message or connection that began at `startedAt`. A busy
 * answer halves the connections, good ones give them back one by one (additive increase,
 * multiplicative decrease); rests grow only while most answers are busy.
 */
export function hear(
  state: RelayState,
  { event, at, startedAt }: { event: RelayEvent; at: number; startedAt: number },
  most: number,
): RelayState {
  switch (event) {
    case 'worked':
      return work(state, at, most);
    case 'busy':
      return slow(state, at);
    default:
      return leaveAlone(state, { event, at, startedAt });
  }
}

/** The same after a time in which nothing happened. */
export function rested(state: RelayState, at: number, most: number): RelayState {
  const isFull = state.connections >= most && state.restMs === 0;
  if (isFull || at - state.changedAt < QUIET_MS) return state;
  if (state.restMs > 0) return { ...state, restMs: shorten(state.restMs), changedAt: at };
  return { ...state, connections: Math.min(most, state.connections * 2), changedAt: at };
}

/** Whether it takes less than it was given, because it asked for less. */
export function isSlow(state: RelayState, most: number): boolean {
  return Math.floor(state.connections) < most || state.restMs > 0;
}

/** Whether most of its answers are busy ones. */
export function isMostlyBusy({ busyShare }: RelayState): boolean {
  return busyShare > MOST_ARE_BUSY;
}

function work({ down: _over, ...state }: RelayState, at: number, most: number): RelayState {
  const busyShare = state.busyShare * (1 - NEWEST);
  const isWell = busyShare < MOST_ARE_BUSY;
  return {
    ...state,
    busyShare,
    workedAt: at,
    restMs: isWell ? shorten(state.restMs) : state.restMs,
    connections: Math.min(most, state.connections + 1 / (GOOD_ANSWERS * state.connections)),
  };
}

function slow(state: RelayState, at: number): RelayState {
  const busyShare = state.busyShare * (1 - NEWEST) + NEWEST;
  const next = { ...state, busyShare };
  if (state.changedAt > 0 && at - state.changedAt < SAME_MOMENT_MS) return next;
  if (state.connections >= 2) {
    return { ...next, connections: Math.floor(state.connections / 2), changedAt: at };
  }
  const restMs =
    busyShare > MOST_ARE_BUSY
      ? Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, state.restMs * 2))
      : state.restMs;
  return { ...next, connections: 1, restMs, changedAt: at };
}

/** Those that failed in the same moment are one failure, and none where it answered others meanwhile. */
function leaveAlone(
  state: RelayState,
  { event, at, startedAt }: { event: 'away' | 'refused'; at: number; startedAt: number },
): RelayState {
  if (state.workedAt > startedAt || (state.down && at < state.down.until)) return state;
  const { firstMs, longestMs } = downTimes[event];
  const before = state.down?.event === event ? state.down.ms * 2 : 0;
  const ms = Math.min(longestMs, Math.max(firstMs, before));
  return { ...state, down: { event, ms, until: at + ms } };
}

function shorten(restMs: number): number {
  return restMs > FIRST_REST_MS ? restMs / 2 : 0;
}

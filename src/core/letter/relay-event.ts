import { type SendResult, wasBeforeReader } from './delivery.ts';
import type { RelayEvent } from './relay-state.ts';

/**
 * What a result says of the relay itself; undefined where it says nothing. What is said of a
 * reader's domain (4.7.x behind RCPT) is that domain's, and what is said before RCPT the relay's.
 */
export function eventOf(result: SendResult): RelayEvent | undefined {
  switch (result.kind) {
    case 'paced':
    case 'withheld':
      return undefined;
    case 'unsent':
      if (result.isOfMessage) return undefined;
      return wasBeforeReader(result) ? 'away' : 'worked';
    case 'refused': {
      const { code } = result.reply;
      if (code === 421) return 'busy';
      if (!wasBeforeReader(result)) return 'worked';
      return code < 500 ? 'busy' : 'refused';
    }
    default:
      return 'worked';
  }
}

/**
 * Whether a connection that had carried others is used up: 421 before the body (RFC 5321, 3.8),
 * or an end without a word. It says nothing of the message, nor of the relay.
 */
export function isSpent(result: SendResult): boolean {
  if (result.kind === 'refused') return result.reply.code === 421 && result.stage !== 'body';
  return result.kind === 'unsent' && result.stage === 'mail' && result.isLost === true;
}

/** How many messages a relay takes on one connection, as far as it is known. */
export interface ConnectionLimit {
  /** Infinite as long as it is not known. */
  readonly most: number;
  /** After so many the last connection ended that the relay had enough of. */
  readonly endedAfter?: number;
}

/** Nothing is known. */
export const noLimit: ConnectionLimit = { most: Number.POSITIVE_INFINITY };

/**
 * The limit after a relay ended a connection that had carried so many: two that end after the same
 * number, with none between that carried more, are no accident.
 */
export function hearEnd(limit: ConnectionLimit, carried: number): ConnectionLimit {
  return limit.endedAfter === carried
    ? { ...limit, most: Math.min(limit.most, carried) }
    : { ...limit, endedAfter: carried };
}

/** The same after a connection carried one more, this one included. */
export function hearCarried(limit: ConnectionLimit, carried: number): ConnectionLimit {
  return carried > (limit.endedAfter ?? carried) ? { most: limit.most } : limit;
}

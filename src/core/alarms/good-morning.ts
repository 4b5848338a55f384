import type { DeliveryState } from '../letter/delivery.ts';
import type { AlarmName } from './alarm.ts';

/** What a day of publication came to so far. */
export interface MorningFacts {
  /** Whether its cut is still to come, or its edition to be written. */
  readonly isCutPending: boolean;
  /** Whether an edition waits for an operator. */
  readonly isHeld: boolean;
  /** Whether somebody is due before the next cut and has no round yet. */
  readonly isReaderDue: boolean;
  readonly openRounds: number;
  readonly candidates: number;
  readonly deliveries: number;
  readonly exclusions: number;
  /** How the day's digests stand. */
  readonly states: Readonly<Record<DeliveryState, number>>;
  readonly alarms: readonly AlarmName[];
}

/** Of a hundred digests, these may be in doubt, and these may still be tried again; one always may. */
const MOST_IN_DOUBT = 1;
/** What stands beside the mail. */
const BESIDE_MAIL: readonly AlarmName[] = ['in_doubt', 'channel', 'webhook'];
const MOST_DEFERRED = 5;

/**
 * Whether a day is done and went well: its edition is cut, or there was rightly none (a feed
 * that failed is an alarm); everyone due has their outcome and the books balance; every
 * digest ended, but for the few that servers put off; and nothing else raises an alarm. A day
 * on which nobody is due is good.
 */
export function isGoodMorning(facts: MorningFacts): boolean {
  const { states, candidates, deliveries, exclusions } = facts;
  const isFew = (count: number, ofHundred: number) =>
    count <= Math.max(1, (deliveries * ofHundred) / 100);
  const isDone = !facts.isCutPending && !facts.isHeld && !facts.isReaderDue;
  const isBalanced = facts.openRounds === 0 && candidates === deliveries + exclusions;
  const isSent =
    states.ready === 0 &&
    states.sending === 0 &&
    isFew(states.deferred, MOST_DEFERRED) &&
    isFew(states.in_doubt, MOST_IN_DOUBT) &&
    (deliveries === 0 || states.accepted > 0);
  // How many may be in doubt is bounded here, and no mail hangs on a webhook or a channel.
  const isQuiet = facts.alarms.every((name) => BESIDE_MAIL.includes(name));
  return isDone && isBalanced && isSent && isQuiet;
}

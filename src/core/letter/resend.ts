import type { Language } from '../words/languages.ts';
import type { DeliveryKind, DeliveryState } from './delivery.ts';
import type { DeliveryFilter } from './delivery-filter.ts';

/** What a press of "resend" is about. Names stand beside ids, for whoever reads it later. */
export type ResendScope =
  /** One delivery. */
  | { readonly kind: 'delivery'; readonly delivery: number }
  /** All of an edition that failed, or that may or may not have arrived. */
  | { readonly kind: 'failed' | 'in_doubt'; readonly editionId: number; readonly edition: string }
  /** What a filter of the deliveries shows. */
  | { readonly kind: 'filter'; readonly filter: DeliveryFilter }
  /** An edition to one reader, whether they had it or not. */
  | {
      readonly kind: 'reader';
      readonly editionId: number;
      readonly edition: string;
      readonly subscriberId: number;
    }
  /** An edition to everyone who was to have it, with a note on what was wrong. */
  | {
      readonly kind: 'correction';
      readonly editionId: number;
      readonly edition: string;
      readonly note: string;
    }
  /** Try now what waits for its next try: of an edition, or all. */
  | { readonly kind: 'deferred'; readonly editionId?: number; readonly edition?: string };

/** What becomes of a delivery by a press: done, or why not. */
export const fates = {
  reopen: 'is tried again: it failed, and no later digest brought its papers',
  retry: 'is tried once more under the same Message-ID: nobody knows whether it arrived',
  copy: 'is sent a second copy, which refers to the first',
  first: 'is sent a digest of it for the first time',
  hurry: 'is tried now instead of later',
  needs_yes: 'may have a copy already: a second one needs your yes',
  suppressed: 'never: the address is suppressed',
  unsubscribed: 'never: they left',
  on_its_way: 'a copy is on its way',
  sent_since: 'somebody resent it since you looked',
  changed: 'it is not any more what it was when you looked',
  too_fresh: 'its sender may still be at it: try again in some minutes',
  cancelled:
    'the edition is cancelled: "paperround deliveries resume EDITION" lets it be sent again',
  notice: 'a notice: it is asked for anew by its reader',
  announcement: 'an announcement: it is sent once, and another can be written',
  post: 'a post to a channel: "paperround channels resend NAME EDITION"',
  gone: 'what was in it was pruned or erased',
  nothing_matched: 'no paper of the edition matches what they follow',
} as const;

export type Fate = keyof typeof fates;

const done: readonly Fate[] = ['reopen', 'retry', 'copy', 'first', 'hurry'];

/** Whether a fate means that mail goes out. */
export function isDone(fate: Fate): boolean {
  return done.includes(fate);
}

/** Whether a reader may have two of it afterwards. */
export function isCopy(fate: Fate): boolean {
  return fate === 'copy' || fate === 'retry';
}

/** A delivery as a press finds it. */
export interface Target {
  /** The reader's own, where they chose one. */
  readonly language?: Language | null;
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly editionId: number | null;
  readonly subscriberId: number | null;
  readonly address: string | null;
  readonly addressHash: string;
  readonly messageId: string;
  readonly state: DeliveryState;
  /** True where its content is still there. */
  readonly isKept: boolean;
  readonly isSubscribed: boolean;
  readonly isSuppressed: boolean;
  /** True where its edition was cancelled and nobody resumed it. */
  readonly isCancelled: boolean;
  /** In doubt: true where it was tried a second time already. */
  readonly wasTriedAgain: boolean;
  /** In doubt: true where the time for an answer is over. */
  readonly isQuiet: boolean;
  /** Another delivery with papers of it is on its way. */
  readonly hasOpen: boolean;
  /** Another delivery brought, or may have brought, papers of it. */
  readonly isCovered: boolean;
  /** Another of its edition was made after the press was planned. */
  readonly hasNewer: boolean;
}

/** How a press asks. */
export interface Pressing {
  readonly kind: ResendScope['kind'];
  readonly allowsCopies: boolean;
  /** The state that the delivery was in when the press was fixed. */
  readonly frozen: DeliveryState;
}

/**
 * What becomes of one delivery. Never mail to who left or is suppressed; a failed one is
 * opened again only while nothing later brought its papers; a second copy only with a yes.
 */
export function decideResend(target: Target, press: Pressing): Fate {
  const { state } = target;
  if (state !== press.frozen) return 'changed';
  if (press.kind === 'deferred') return state === 'deferred' ? 'hurry' : 'changed';
  if (target.kind !== 'digest') return target.kind;
  if (!target.address || !target.isKept) return 'gone';
  if (!target.isSubscribed) return 'unsubscribed';
  if (target.isSuppressed) return 'suppressed';
  if (target.isCancelled) return 'cancelled';
  const isCorrection = press.kind === 'correction';
  if (state === 'deferred' && !isCorrection && !target.hasOpen) return 'hurry';
  if (state === 'ready' || state === 'sending' || state === 'deferred' || target.hasOpen) {
    return 'on_its_way';
  }
  if (target.hasNewer) return 'sent_since';
  if (state === 'failed' && !target.isCovered && !isCorrection) return 'reopen';
  if (state === 'in_doubt' && !target.isQuiet) return 'too_fresh';
  if (!press.allowsCopies) return 'needs_yes';
  return state === 'in_doubt' && !target.wasTriedAgain && !isCorrection ? 'retry' : 'copy';
}

/**
 * Whether a press reaches everyone who had something: that is a right of its own. A filter
 * does, unless it keeps to what failed, waits or is in doubt.
 */
export function reachesEveryone(scope: ResendScope): boolean {
  if (scope.kind === 'correction') return true;
  if (scope.kind !== 'filter') return false;
  const { state } = scope.filter;
  return state === undefined || state === 'accepted';
}

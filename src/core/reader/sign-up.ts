import type { Words } from '../words/words.ts';
import type { SubscriptionState } from './subscription.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A sign-up that nobody confirmed is deleted after this long. */
export const CONFIRM_WITHIN_MS = 7 * DAY_MS;
/** The one reminder comes after this long, or sooner where the form is filled in again. */
export const REMIND_AFTER_MS = 3 * DAY_MS;
/** Two presses of the button are one wish: the reminder is not for them. */
const SOONEST_REMINDER_MS = 10 * MINUTE_MS;
/** A link by which a reader sees, exports or erases their data, or moves to another address. */
export const MAILED_LINK_MS = DAY_MS;

/** What is known of an address when somebody types it into the sign-up form. */
export interface KnownAddress {
  /** Undefined where no subscriber has it. */
  readonly state: SubscriptionState | undefined;
  /** The newest sign-up that waits for its confirmation. */
  readonly waiting: { readonly askedAt: Date; readonly remindedAt: Date | null } | undefined;
  readonly suppression: Suppression | undefined;
}

export interface Suppression {
  readonly reason: SuppressionReason;
  readonly at: Date;
  /** Key of the one notice that may go out all the same. */
  readonly spares: string | null;
}

/** The last one is of a file of another tool: it holds until the owner of the mailbox confirms here. */
export const suppressionReasons = ['bounce', 'complaint', 'operator', 'left_elsewhere'] as const;

export type SuppressionReason = (typeof suppressionReasons)[number];

/** What a sign-up is answered with, by mail alone. */
export type SignUpAnswer =
  /** A confirmation to press; `isSpared` where it goes out although the address is suppressed. */
  | { readonly mail: 'confirmation'; readonly isSpared: boolean }
  /** The confirmation once more. */
  | { readonly mail: 'reminder' }
  /** That they are subscribed, with the link to their preferences. */
  | { readonly mail: 'known' }
  | { readonly mail: 'none' };

/**
 * Decides what the owner of a mailbox is told; whoever typed the address learns none of
 * it. Having left is no suppression, and elsewhere none to the owner. After a complaint or an operator's word there is no
 * mail; after a bounce one confirmation once `retryBounceMs` have passed.
 */
export function decideSignUp(known: KnownAddress, now: Date, retryBounceMs: number): SignUpAnswer {
  const { state, waiting, suppression } = known;
  if (suppression && !mayRetry(suppression, now, retryBounceMs)) return { mail: 'none' };
  if (state === 'active') return { mail: 'known' };
  if (state === 'pending' && waiting) {
    const age = now.getTime() - waiting.askedAt.getTime();
    const mayRemind = waiting.remindedAt === null && age >= SOONEST_REMINDER_MS;
    return { mail: mayRemind ? 'reminder' : 'none' };
  }
  return { mail: 'confirmation', isSpared: suppression !== undefined };
}

function mayRetry({ reason, at, spares }: Suppression, now: Date, afterMs: number): boolean {
  if (reason === 'left_elsewhere') return true;
  return reason === 'bounce' && spares === null && now.getTime() - at.getTime() >= afterMs;
}

/** The words of who also wants announcements that are not about the service: a consent of its own. */
export function announcementsText(site: string, words: Words): string {
  return words.say('announcements.consent', { site });
}

/** The words that a reader agrees to; they are kept with each consent. */
export function consentText(site: string, words: Words): string {
  return words.say('subscribe.consent', { site });
}

import type { AnnouncementContent } from './announcement.ts';
import { judgeReply, type Verdict } from './answers.ts';
import type { DigestContent } from './digest-content.ts';
import type { NoticeContent } from './notice.ts';
import type { Reply, SmtpStage } from './reply.ts';

export type DeliveryState = 'ready' | 'sending' | 'deferred' | 'accepted' | 'failed' | 'in_doubt';

/** What a delivery brings. */
export const deliveryKinds = ['digest', 'notice', 'announcement', 'post'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

/** Why a delivery failed for good. */
export type FailureCause = 'permanent' | 'expired' | 'cancelled' | 'suppressed';

/** What is frozen beside the delivery, so that its message is the same whenever it is rendered. */
export interface FrozenDigest {
  readonly content: DigestContent | NoticeContent | AnnouncementContent;
  /** Hash of the rendering. */
  readonly rendering: string;
  readonly date: Date;
  /** Seed of the MIME boundary. */
  readonly seed: string;
  /** Id of the key that signs its links. */
  readonly keyId: string;
}

/** Everything that rendering a stored delivery needs. */
export interface StoredDelivery extends FrozenDigest {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly editionId: number | null;
  readonly announcementId: number | null;
  readonly subscriberId: number | null;
  readonly subscriptionId: number | null;
  readonly resend: number;
  readonly address: string | null;
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly acceptedAt: Date | null;
  /** The server's last words. */
  readonly lastReply: string | null;
  /** Of a second copy: the Message-ID of the first. */
  readonly refersTo?: string | null;
}

/** A delivery that a sending process has claimed. */
export interface ClaimedDelivery {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly fence: number;
  readonly address: string;
  readonly messageId: string;
  readonly editionId: number | null;
  readonly announcementId: number | null;
  /** Tries that counted so far, this one included. */
  readonly attempts: number;
}

/** What was read from the server (or not) in one attempt. */
export type SendResult =
  /** 250 after the final dot. */
  | { readonly kind: 'accepted'; readonly reply: Reply }
  /** The server said no, in so many words. */
  | { readonly kind: 'refused'; readonly stage: SmtpStage; readonly reply: Reply }
  /** No byte of the body was sent: safe to try again. */
  | {
      readonly kind: 'unsent';
      readonly stage: SmtpStage;
      readonly reason: string;
      /** True where the other side ended the connection without a word. */
      readonly isLost?: true;
      /** True where it is this message that cannot be sent there: nothing is said of the relay. */
      readonly isOfMessage?: true;
    }
  /** It was not its turn, and nothing was said of it: the relay's limit, or the recipient's. */
  | { readonly kind: 'paced'; readonly waitMs: number; readonly of: 'relay' | 'recipient' }
  /** The check before the body refused; no byte of the body was sent. */
  | { readonly kind: 'withheld' }
  /** The body had begun and no answer was read (RFC 1047). */
  | { readonly kind: 'in_doubt'; readonly reason: string };

/** What an attempt makes of its delivery. */
export type Outcome =
  | { readonly state: 'accepted' | 'in_doubt' }
  | {
      readonly state: 'deferred';
      readonly delayMs: number;
      /** True where the server was busy before the body: no try at this reader. */
      readonly isFree: boolean;
    }
  | { readonly state: 'failed'; readonly cause: FailureCause };

/** Why an attempt counts, for the reader or against the edition. */
export type AttemptVerdict = Verdict | 'accepted' | 'doubt' | 'unsent' | 'abandoned';

const MINUTE = 60_000;
// RFC 5321, 4.5.4.1 asks for half an hour between tries; the first ones are sooner, since
// greylisting lets through what comes back after a few minutes.
const RETRY_DELAYS = [5, 10, 20, 30, 60, 120].map((minutes) => minutes * MINUTE);

/** RFC 5321, 4.5.4.1: the giving up after four to five days, where no newer digest came before. */
export const GIVE_UP_AFTER_MS = 4 * 24 * 60 * MINUTE;

/** True where nothing was said yet of whom the message is for: a no is about us, not its reader. */
export function wasBeforeReader(result: SendResult): boolean {
  return 'stage' in result && (result.stage === 'connect' || result.stage === 'mail');
}

/** True where another relay may take the message at once. */
export function mayGoElsewhere(result: SendResult): boolean {
  return result.kind === 'paced' ? result.of === 'relay' : wasBeforeReader(result);
}

/** What an attempt says, and of whom. */
export function verdictOf(result: SendResult): AttemptVerdict {
  switch (result.kind) {
    case 'accepted':
      return 'accepted';
    case 'in_doubt':
      return 'doubt';
    case 'refused':
      return judgeReply(result.stage, result.reply).verdict;
    default:
      return 'unsent';
  }
}

/**
 * Decides by what was read, never by an error's name: a 5yz that speaks of this address,
 * mailbox or message is final, every other no and every attempt without a body is tried
 * again, and a body without an answer is in doubt. `undefined` where nothing is to be
 * recorded, because the row was taken back before the body.
 */
export function classifyResult(result: SendResult, attempts: number): Outcome | undefined {
  const delayMs = RETRY_DELAYS[Math.min(attempts, RETRY_DELAYS.length) - 1] ?? 5 * MINUTE;
  switch (result.kind) {
    case 'accepted':
      return { state: 'accepted' };
    case 'in_doubt':
      return { state: 'in_doubt' };
    case 'withheld':
    case 'paced':
      return undefined;
    case 'unsent':
      return { state: 'deferred', delayMs, isFree: false };
    case 'refused': {
      const { verdict } = judgeReply(result.stage, result.reply);
      if (verdict === 'address' || verdict === 'message') {
        return { state: 'failed', cause: 'permanent' };
      }
      const isFree = verdict === 'busy' && result.stage !== 'body';
      return { state: 'deferred', delayMs: isFree ? 5 * MINUTE : delayMs, isFree };
    }
  }
}

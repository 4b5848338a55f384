/**
 * Why a reader did or did not get mail on a date, in plain words: facts in, sentences out.
 * What is said of the past comes from the records; what is read off the subscription as it
 * stands now says so.
 */

import { type FeedDayState, groupFeeds } from '../feed/feed-state.ts';
import { type LookedAt, tellHidden } from '../reader/outcome.ts';
import { dateForPeople, dateIn, timeIn } from '../reader/schedule.ts';
import { type Exclusion, exclusions, type Subscription } from '../reader/subscription.ts';
import { nameDays } from '../reader/weekdays.ts';
import { countOf } from '../text/words.ts';
import { english } from '../words/words.ts';
import type { DeliveryKind, DeliveryState, FailureCause } from './delivery.ts';
import { type ProviderDay, tellProviderDay } from './warm-up-words.ts';

/** One try at a delivery. */
export interface AttemptFact {
  readonly at: Date;
  readonly relay: string;
  readonly outcome: string;
  /** The server's own words, its code before them. */
  readonly reply: string | null;
}

/** One message to the reader. */
export interface LetterFact {
  readonly delivery: number;
  readonly kind: DeliveryKind;
  /** What a notice is for. */
  readonly notice: string | null;
  /** Counted from 0; a digest's further copies have a number. */
  readonly resend: number;
  /** Names of the editions that it covers, newest first. */
  readonly editions: readonly string[];
  /** `84 papers today, 9 for you`; absent where the digest is not kept any more. */
  readonly extent?: string;
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly composedAt: Date;
  readonly acceptedAt: Date | null;
  readonly nextAt: Date | null;
  readonly attempts: readonly AttemptFact[];
  /** What keeps it from going out, a sentence each. */
  readonly stops: readonly string[];
  /** What came back about it. */
  readonly feedback: readonly FeedbackFact[];
}

/** A bounce or a complaint. */
export interface FeedbackFact {
  readonly at: Date;
  readonly kind: string;
  /** The refusing server's own words. */
  readonly text: string | null;
}

/** The recorded outcome of the date. */
export interface OutcomeFact {
  readonly dueAt: Date;
  readonly round: number;
  readonly exclusion: Exclusion | null;
  readonly lookedAt: LookedAt | null;
  /** Names of the editions that were looked at. */
  readonly lookedAtEditions: readonly string[];
  readonly feeds: readonly (FeedDayState & { readonly name: string })[];
  readonly letter: LetterFact | undefined;
  /** What their provider was sent on the date, where the warm-up had them wait. */
  readonly warmUp?: ProviderDay | undefined;
}

/** Everything that is known of a reader and a date. */
export interface DateFacts {
  readonly address: string;
  readonly date: string;
  readonly now: Date;
  readonly subscription: Subscription | undefined;
  readonly suppression: { readonly reason: string; readonly at: Date } | undefined;
  /** When the date falls due as the schedule stands now; undefined where it does not. */
  readonly dueAt: Date | undefined;
  readonly outcome: OutcomeFact | undefined;
  /** What else went to the reader on their date. */
  readonly others: readonly LetterFact[];
}

/** The answer as lines, the shortest first: what happened, then the facts. */
export function explainDate(facts: DateFacts): string[] {
  const head = `${facts.address}, ${dateForPeople(facts.date)}:`;
  return [head, ...tellDate(facts), ...facts.others.flatMap(tellOther)];
}

function tellDate(facts: DateFacts): string[] {
  const { subscription, outcome } = facts;
  if (!subscription) {
    return ['Nobody is known under this address: it was never subscribed, or it was erased.'];
  }
  if (!outcome) return [tellNoOutcome(facts, subscription)];
  const due = tellDue(outcome.dueAt, facts, subscription);
  if (outcome.letter) return [...tellLetter(outcome.letter, facts, subscription), due];
  if (outcome.exclusion) {
    return [...tellExclusion(outcome, outcome.exclusion, facts), due];
  }
  return ['The digest of this date is not composed yet.', due];
}

function tellDue(dueAt: Date, { date }: DateFacts, { schedule }: Subscription): string {
  const isLocal = dateIn(schedule.zone, dueAt) === date;
  const local = isLocal ? `${timeIn(schedule.zone, dueAt)} in ${schedule.zone}, ` : '';
  return `They were due at ${local}${tellTime(dueAt)}.`;
}

/** Why a date has no outcome; all of it as the subscription stands now. */
function tellNoOutcome(facts: DateFacts, subscription: Subscription): string {
  const { date, now, dueAt } = facts;
  const { schedule, confirmedAt, endedAt } = subscription;
  const { zone } = schedule;
  if (subscription.state === 'pending') return 'They have not confirmed their subscription yet.';
  if (!confirmedAt || date < dateIn(zone, confirmedAt)) {
    const since = confirmedAt ? `: they confirmed at ${tellTime(confirmedAt)}` : '';
    return `They were not subscribed yet${since}.`;
  }
  if (subscription.state === 'ended' && endedAt && date >= dateIn(zone, endedAt)) {
    return `They had left: ${tellEnd(subscription)}.`;
  }
  if (!dueAt) {
    return `They were not due: they get mail on ${nameDays(schedule.days)}, as their wishes stand now.`;
  }
  const when = `${timeIn(zone, dueAt)} in ${zone}, ${tellTime(dueAt)}`;
  if (dueAt > now) return `They are not due yet: at ${when}, as their wishes stand now.`;
  if (dueAt < confirmedAt) return `They came after their hour of that day: ${when}.`;
  return `No outcome is recorded. As their wishes stand now they would have been due at ${when}; they may have changed them since, or had an outcome on a later date already. A date that is due now is recorded within a minute.`;
}

function tellEnd({ endedAt, endReason }: Subscription): string {
  const how = {
    page: 'on the page',
    'one-click': 'by one click',
    operator: "by an operator's hand",
    mailto: 'by a mail to the leaving address',
    complaint: 'by calling a message spam',
  };
  const words = how[endReason as keyof typeof how] ?? endReason ?? 'it is not known how';
  return `${words}, at ${endedAt ? tellTime(endedAt) : 'an unknown time'}`;
}

function tellExclusion(
  outcome: OutcomeFact,
  exclusion: Exclusion,
  { subscription, suppression }: DateFacts,
): string[] {
  const said = `They got no digest: ${exclusions[exclusion]}.`;
  switch (exclusion) {
    case 'quiet':
    case 'feeds_failed':
      return [said, ...groupFeeds(outcome.feeds, english)];
    case 'nothing_matched':
      return [said, ...tellLookedAt(outcome)];
    case 'paused': {
      const until = subscription?.pausedUntil;
      return [
        said,
        ...(until ? [`As it stands now, it is paused until ${dateForPeople(until)}.`] : []),
      ];
    }
    case 'suppressed':
      return [
        said,
        suppression
          ? `The reason: ${suppression.reason}, at ${tellTime(suppression.at)}.`
          : 'It is not suppressed any more.',
      ];
    case 'warm_up': {
      const { warmUp } = outcome;
      return [said, ...(warmUp ? [`${warmUp.provider}: ${tellProviderDay(warmUp)}.`] : [])];
    }
    case 'unsubscribed':
      return [said, ...(subscription?.endedAt ? [`They left ${tellEnd(subscription)}.`] : [])];
    default:
      return [said];
  }
}

function tellLookedAt({ lookedAt, lookedAtEditions }: OutcomeFact): string[] {
  if (!lookedAt) return [];
  const hidden = tellHidden(lookedAt.hidden, english);
  const papers = countOf(lookedAt.papers, 'paper');
  return [
    `${papers} of ${tellEditions(lookedAtEditions)} ${lookedAt.papers === 1 ? 'was' : 'were'} looked at${hidden ? `, ${hidden}` : ''}.`,
  ];
}

function tellLetter(letter: LetterFact, { now }: DateFacts, reader: Subscription): string[] {
  const { editions, extent, attempts, resend, stops } = letter;
  const copy = resend > 0 ? `, copy ${resend + 1}` : '';
  const held = extent ?? 'the digest itself is not kept any more';
  return [
    ...(letter.cause === 'cancelled' ? tellCancelled(letter, reader) : [tellState(letter, now)]),
    ...stops.map((stop) => `It stands still: ${stop}.`),
    `Digest of ${tellEditions(editions)}${copy}: ${held}.`,
    `Composed at ${tellTime(letter.composedAt)}; ${countOf(attempts.length, 'attempt')}${attempts.length > 0 ? ':' : '.'}`,
    ...attempts.map(
      ({ at, relay, outcome, reply }) =>
        `  ${tellTime(at)}  ${outcome.replace('_', ' ')} by ${relay}${reply ? `: ${reply}` : ''}`,
    ),
    ...letter.feedback.map(tellFeedback),
  ];
}

const feedbacks: Readonly<Record<string, string>> = {
  hard: 'it bounced, for nobody is there',
  disabled: 'it bounced, for the mailbox is disabled',
  soft: 'it bounced, for now',
  policy: 'it bounced, refused for what we are or what it holds',
  complaint: 'they called it spam',
};

function tellFeedback({ at, kind, text }: FeedbackFact): string {
  return `Later, at ${tellTime(at)}, ${feedbacks[kind] ?? kind}${text ? `: ${text}` : ''}.`;
}

function tellOther(letter: LetterFact): string[] {
  const { kind, notice, editions, resend } = letter;
  const what =
    kind === 'notice'
      ? `a notice (${notice})`
      : kind === 'announcement'
        ? 'an announcement'
        : `${resend > 0 ? `copy ${resend + 1}` : 'a digest'} of ${tellEditions(editions)}`;
  const when = letter.acceptedAt ? `, at ${tellTime(letter.acceptedAt)}` : '';
  const said = `Besides, ${what}: ${letter.state.replace('_', ' ')}${when}.`;
  return [said, ...letter.feedback.map(tellFeedback)];
}

/** A digest ends so where its reader leaves before it went, or where an operator cancels it. */
function tellCancelled(
  { composedAt, stops, editions }: LetterFact,
  { endedAt, address }: Subscription,
): string[] {
  if (endedAt && endedAt >= composedAt) {
    return [`They got no mail: they left before it went out, at ${tellTime(endedAt)}.`];
  }
  return [
    'They got no mail: an operator cancelled it before it went out. Its papers come with the next digest.',
    ...(stops.length > 0 || !editions[0]
      ? []
      : [`To send it all the same: paperround resend ${editions[0]} ${address}`]),
  ];
}

function tellState({ state, cause, acceptedAt, nextAt, stops }: LetterFact, now: Date): string {
  switch (state) {
    case 'accepted':
      return `They got mail: accepted by the mail server at ${acceptedAt ? tellTime(acceptedAt) : 'an unknown time'}.`;
    case 'failed':
      return `They got no mail: the delivery failed, ${causes[cause ?? 'permanent']}.`;
    case 'in_doubt':
      return 'It is in doubt: the message was on the wire and no answer of the server is recorded.';
    case 'deferred':
      return `They have no mail yet: it is tried again at ${nextAt ? tellTime(nextAt) : tellTime(now)}.`;
    default:
      if (stops.length > 0) return 'They have no mail yet: it is ready.';
      return nextAt && nextAt > now
        ? `They have no mail yet: it is ready, and may go at ${tellTime(nextAt)}.`
        : 'They have no mail yet: it is ready, or just being sent.';
  }
}

const causes: Readonly<Record<FailureCause, string>> = {
  permanent: 'for the mail server refused it for good',
  expired: 'for a newer digest took its papers',
  cancelled: 'for it was cancelled, or they left',
  suppressed: 'for the address was suppressed',
};

function tellEditions(names: readonly string[]): string {
  if (names.length === 0) return 'what was named to them alone';
  return `${names.length === 1 ? 'edition' : 'editions'} ${names.join(', ')}`;
}

/** `2026-11-20 06:01 UTC`. */
function tellTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

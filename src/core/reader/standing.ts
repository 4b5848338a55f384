import { isPaused, type Subscription } from './subscription.ts';

/** How somebody stands to the mail, the strongest first: who is suppressed gets none, whatever else holds. */
export const readerStandings = ['suppressed', 'left', 'waiting', 'paused', 'active'] as const;

export type ReaderStanding = (typeof readerStandings)[number];

/** What each means, for whoever looks at a list of them. */
export const standingWords: Readonly<Record<ReaderStanding, string>> = {
  active: 'get mail on their days',
  waiting: 'have not confirmed yet',
  paused: 'get nothing before a date of theirs',
  suppressed: 'are mailed nothing, whoever asks for it',
  left: 'unsubscribed',
};

/** How one reader stands to the mail. */
export function standingOf(
  reader: Pick<Subscription, 'state' | 'pausedUntil' | 'schedule'>,
  { now, isSuppressed }: { now: Date; isSuppressed: boolean },
): ReaderStanding {
  if (isSuppressed) return 'suppressed';
  if (reader.state === 'ended') return 'left';
  if (reader.state === 'pending') return 'waiting';
  return isPaused(reader, now) ? 'paused' : 'active';
}

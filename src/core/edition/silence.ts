import { type FeedDayState, isFeedFailure } from '../feed/feed-state.ts';

/** What is known of a day of publication when a round is composed. */
export interface PublicationDay {
  /** Whether an edition was cut on it that readers may have. */
  readonly hasEdition: boolean;
  /** Whether one was cut that waits for an operator. */
  readonly isHeld: boolean;
  readonly feeds: readonly Pick<FeedDayState, 'state'>[];
}

/** Why there is nothing new for a reader who has all that was released: the one place that says so. */
export function explainSilence(
  day: PublicationDay,
): 'held' | 'feeds_failed' | 'quiet' | 'nothing_new' {
  if (day.isHeld) return 'held';
  if (day.hasEdition) return 'nothing_new';
  if (day.feeds.some(isFeedFailure)) return 'feeds_failed';
  const isQuiet = day.feeds.length > 0 && day.feeds.every(({ state }) => state === 'quiet');
  return isQuiet ? 'quiet' : 'nothing_new';
}

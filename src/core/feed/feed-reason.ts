import { countOf } from '../text/words.ts';

/** The fact that makes a feed's state on a day: a code with its values, put into words when it is shown. */
export type FeedReason =
  | { readonly code: 'papers'; readonly count: number }
  | { readonly code: 'unread'; readonly items: number }
  /** It still had the list of a day before; or none with a date. */
  | { readonly code: 'old_list'; readonly date: string | null }
  /** It could not be read; in the words of who said so. */
  | { readonly code: 'failed'; readonly said: string | null }
  | { readonly code: 'nothing' | 'weekend' | 'holiday' | 'asked_soon' | 'not_asked' | 'not_whole' };

type ReasonOf<Code extends FeedReason['code']> = Extract<FeedReason, { code: Code }>;

/** The words of each code: the one place that their language comes from. */
const words: { readonly [Code in FeedReason['code']]: (reason: ReasonOf<Code>) => string } = {
  papers: ({ count }) => `it brought ${countOf(count, 'paper')}`,
  unread: ({ items }) => `${countOf(items, 'item')} could not be read`,
  old_list: ({ date }) => `it still had ${date ? `the list of ${date}` : 'no dated list'}`,
  failed: ({ said }) => said ?? 'it could not be read',
  nothing: () => 'it had nothing new',
  weekend: () => 'nothing is announced on a weekend',
  holiday: () => 'nothing is announced on a holiday of arXiv',
  asked_soon: () => 'it is asked soon',
  not_asked: () => 'it was not asked',
  not_whole: () => 'it was not read to the end',
};

/** Says why a feed's state is what it is, as half a sentence; words that an older version froze stay. */
export function sayFeedReason(reason: FeedReason | string): string {
  if (typeof reason === 'string') return reason;
  const say = words[reason.code] as (reason: FeedReason) => string;
  return say(reason);
}

/** A feed's state with its reason in words. */
export function sayFeed<Feed extends { readonly reason: FeedReason | string }>(
  feed: Feed,
): Omit<Feed, 'reason'> & { readonly reason: string } {
  return { ...feed, reason: sayFeedReason(feed.reason) };
}

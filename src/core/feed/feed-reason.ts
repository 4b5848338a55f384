import { english, type Words } from '../words/words.ts';

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

/** What each code says. */
const sayings: {
  readonly [Code in FeedReason['code']]: (reason: ReasonOf<Code>, words: Words) => string;
} = {
  papers: ({ count }, words) => words.say('feedReason.papers', { count }),
  unread: ({ items: count }, words) => words.say('feedReason.unread', { count }),
  old_list: ({ date }, words) =>
    date ? words.say('feedReason.oldList', { date }) : words.say('feedReason.noList'),
  failed: ({ said }, words) => said ?? words.say('feedReason.failed'),
  nothing: (_reason, words) => words.say('feedReason.nothing'),
  weekend: (_reason, words) => words.say('feedReason.weekend'),
  holiday: (_reason, words) => words.say('feedReason.holiday'),
  asked_soon: (_reason, words) => words.say('feedReason.askedSoon'),
  not_asked: (_reason, words) => words.say('feedReason.notAsked'),
  not_whole: (_reason, words) => words.say('feedReason.notWhole'),
};

/** Says why a feed's state is what it is, as half a sentence; words that an older version froze stay. */
export function sayFeedReason(reason: FeedReason | string, words: Words): string {
  if (typeof reason === 'string') return reason;
  const say = sayings[reason.code] as (reason: FeedReason, words: Words) => string;
  return say(reason, words);
}

/** A feed's state with its reason in English words. */
export function sayFeed<Feed extends { readonly reason: FeedReason | string }>(
  feed: Feed,
): Omit<Feed, 'reason'> & { readonly reason: string } {
  return { ...feed, reason: sayFeedReason(feed.reason, english) };
}

import type { FeedReason } from '../feed/feed-reason.ts';
import type { FeedDayState } from '../feed/feed-state.ts';
import type { HiddenPaper } from '../ranking/choice.ts';
import type { Words } from '../words/words.ts';

/** How one feed stood when a round was composed, as it is frozen; words where an older version froze them. */
export interface RoundFeed extends FeedDayState<FeedReason | string> {
  readonly name: string;
}

/** How many papers one excluded word hid. */
export interface HiddenBy {
  readonly word: string;
  readonly papers: number;
}

/** What was looked at for a reader to whom nothing of it went. */
export interface LookedAt {
  readonly editions: readonly number[];
  readonly papers: number;
  readonly hidden: readonly HiddenBy[];
}

const NAMED_WORDS = 3;

/** How many papers each excluded word hid, most first. */
export function groupHidden(hidden: readonly HiddenPaper[]): HiddenBy[] {
  const counts = new Map<string, number>();
  for (const { word } of hidden) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .map(([word, papers]) => ({ word, papers }))
    .sort((a, b) => b.papers - a.papers || a.word.localeCompare(b.word));
}

/** `3 hidden by ‘poker’, 1 by ‘chess’`; empty where nothing was hidden. */
export function tellHidden(hidden: readonly HiddenBy[], words: Words): string {
  const named = hidden.slice(0, NAMED_WORDS).map(({ word, papers }, at) => {
    const key = at === 0 ? 'hidden.first' : 'hidden.next';
    return word === ''
      ? words.say(`${key}Unnamed`, { count: papers })
      : words.say(key, { count: papers, word });
  });
  const others = hidden.slice(NAMED_WORDS).reduce((sum, { papers }) => sum + papers, 0);
  return [...named, ...(others > 0 ? [words.say('hidden.others', { count: others })] : [])].join(
    ', ',
  );
}

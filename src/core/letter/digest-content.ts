import type { EditionTexts } from '../edition/edition.ts';
import type { RisingPaper } from '../edition/rising.ts';
import type { AmendedPaper } from '../paper/amendment.ts';
import type { Choice, HiddenPaper } from '../ranking/choice.ts';
import type { KeptWeek } from '../reader/kept.ts';
import { countItems, type DigestItem, type ItemCounts } from './digest-items.ts';

/** What is frozen of one digest: who gets what, in which order, and why. */
export interface DigestContent {
  /** Editions covered, newest first; none in a digest of items alone. */
  readonly editions: readonly number[];
  readonly choices: readonly Choice[];
  /** Papers that an excluded word keeps out of the whole digest, and the word. */
  readonly hidden?: readonly HiddenPaper[];
  /** Papers of earlier editions that gained many votes since. */
  readonly rising?: readonly RisingPaper[];
  /** Papers of these editions that an earlier message showed as rising. */
  readonly risen?: readonly number[];
  /** Papers that the reader was sent and that were corrected or retracted since. */
  readonly amended?: readonly AmendedPaper[];
  /** What the reader kept last week, once a week where they wish for it. */
  readonly kept?: KeptWeek;
  /** Papers beside the editions, named to this reader alone. */
  readonly items?: readonly DigestItem[];
  /** How many more of them stand on the reader's page. */
  readonly moreItems?: ItemCounts;
  /** True where the reader is in a circle, and may mark papers for it. */
  readonly inCircle?: boolean;
  /** The reader's date, where no edition gives one. */
  readonly date?: string;
  /** Papers that the rest of the day lists by title, at the most that a mail holds: an older version froze them. */
  readonly listed?: readonly number[];
  /** Editions since the last digest that were too old to be covered. */
  readonly leftOut?: number;
  /** What an older version said of that, in its words. */
  readonly note?: string;
  /** What was wrong with the copy before, in an operator's words: this one says that it corrects it. */
  readonly correction?: string;
  /** Goes to an operator alone, to look at: it says so. */
  readonly isTest?: boolean;
  /** The edition itself, for a trial that no stored edition stands behind. */
  readonly trial?: EditionTexts;
}

/** Tells a digest from what else is frozen. */
export function isDigest(content: object): content is DigestContent {
  return 'choices' in content;
}

/** The same digest for a page that anyone may see: no reasons, nobody whom its reader follows, nothing that they got before, nothing that was named to them or that they keep. */
export function withoutReader({
  amended: _,
  kept: _kept,
  items: _items,
  moreItems: _more,
  inCircle: _inCircle,
  ...content
}: DigestContent): DigestContent {
  const choices = content.choices.map(({ paper, place }) =>
    place === 'picked' ? { paper, reason: '', place } : { paper, reason: '' },
  );
  return { ...content, choices };
}

/** The same digest as an operator may see it: of what was named to its reader alone only how much it is, and nothing of what they keep. */
export function withoutItems(content: DigestContent): DigestContent {
  const { items, kept: _, ...rest } = content;
  return items ? { ...rest, items: [], moreItems: countItems(items, content.moreItems) } : rest;
}

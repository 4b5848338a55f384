import type { Profile } from '../reader/subscription.ts';
import type { Reason } from './reason.ts';
import type { Taste } from './taste.ts';

/** A chosen paper and the reason that counted. Frozen with the digest as it is. */
export interface Choice {
  readonly paper: number;
  readonly reason: Reason;
  /** `followed`: pinned on top for its author; `outside`: the one place outside the reader's habits; `picked`: on top of what they asked for, by the editors. */
  readonly place?: 'followed' | 'outside' | 'picked';
  /** Authors whom the reader follows, as the paper prints them: they stay visible in a short list. */
  readonly by?: readonly string[];
}

/** What one reader gets of the day. */
export interface Ranking {
  /** Best first. */
  readonly choices: readonly Choice[];
  /** Papers that an excluded word keeps away, with the word as the reader typed it. */
  readonly hidden: readonly HiddenPaper[];
}

/** A paper that an excluded word keeps away. */
export interface HiddenPaper {
  readonly paper: number;
  readonly word: string;
}

/** Whom the papers are ranked for. */
export interface RankedReader {
  readonly profile: Profile;
  readonly taste?: Taste | undefined;
  /** Papers that a message showed them before: left out without a word. */
  readonly passed?: ReadonlySet<number> | undefined;
}

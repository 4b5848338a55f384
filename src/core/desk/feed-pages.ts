import type { DeskChoice } from './frame.ts';

/** A feed in a list, as it is today. */
export interface FeedLine {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

/** `/admin/feeds`: the feeds. */
export interface FeedsPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly error?: string;
  /** What was typed to be found, or empty. */
  readonly typed: string;
  /** What was found there, to be added or not. */
  readonly found?: {
    readonly address: string;
    readonly name: string;
    readonly how: string;
    readonly titles: readonly string[];
  };
  readonly feeds: readonly (FeedLine & { readonly address: string })[];
}

/** `/admin/feeds/:id`: one feed, its days, its runs, and what was refused of the last that refused. */
export interface FeedPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly here: string;
  readonly status?: string;
  readonly error?: string;
  /** Kinds of text that may be left out. */
  readonly kinds: readonly DeskChoice[];
  /** What removing it would do. */
  readonly removal: string;
  readonly name: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly days: readonly {
    readonly date: string;
    readonly state: string;
    readonly reason: string;
  }[];
  readonly runs: readonly { readonly when: string; readonly outcome: string }[];
  readonly refusals: readonly { readonly item: string; readonly reason: string }[];
}

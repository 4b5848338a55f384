import type { FeedLine } from './feed-pages.ts';
import type { CountLine, DeskButton } from './frame.ts';

/** `/admin`: the morning on one screen. */
export interface TodayPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly date: string;
  /** The part `progress` as HTML. */
  readonly progressPart: string;
  /** The newest edition and the draft, a sentence each. */
  readonly edition: readonly string[];
  /** What needs a person now. */
  readonly needs: readonly {
    readonly words: string;
    readonly command: string;
    readonly buttons: readonly DeskButton[];
  }[];
  /** Editions besides the newest that are not at their end, and what ends that. */
  readonly unfinished: readonly {
    readonly words: string;
    readonly command: string;
    readonly link: string;
  }[];
  /** Where the warm-up stands, a sentence and a line a provider; absent where none goes on. */
  readonly warmUp?: {
    readonly words: string;
    readonly providers: readonly { readonly name: string; readonly words: string }[];
    /** How many more there are. */
    readonly more: string;
  };
  /** The stages on which one may begin. */
  readonly stages: readonly { readonly value: number; readonly label: string }[];
  readonly feeds: readonly FeedLine[];
  /** Drawings of the last thirty days, under what they show; empty before there is one. */
  readonly charts: readonly {
    readonly title: string;
    readonly svg: string;
    readonly note: string;
  }[];
  /** Name of the newest edition; absent before the first. */
  readonly correct?: string;
  readonly isPaused: boolean;
}

/** How far the morning is: a part of Today that is replaced while an edition runs. */
export interface ProgressPart {
  /** `1,204 readers due since the cut = 1,200 digests + 4 without`. */
  readonly account: string;
  readonly isBalanced: boolean;
  readonly ended: number;
  readonly total: number;
  readonly isRunning: boolean;
  /** Pace and time left, while it runs. */
  readonly pace: string;
  /** Where everyone ended, drawn. */
  readonly whole: string;
  readonly ends: readonly CountLine[];
  readonly failures: readonly CountLine[];
}

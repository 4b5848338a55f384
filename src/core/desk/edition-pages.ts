import type { CountLine, DeskChoice } from './frame.ts';

/** `/admin/editions`: every edition, and the draft. */
export interface EditionsPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  /** `84 papers so far, cut 2026-11-20 06:00 UTC`. */
  readonly draft: string;
  readonly editions: readonly {
    readonly name: string;
    readonly link: string;
    readonly papers: string;
    readonly state: string;
    readonly tone: string;
    readonly isSample: boolean;
  }[];
  readonly moreLink?: string;
}

/** `/admin/editions/:name`: what an edition shows, where it went, and what is asked of an operator. */
export interface DeskEditionPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly here: string;
  readonly name: string;
  readonly status?: string;
  readonly error?: string;
  /** True where it waits for an operator. */
  readonly isHeld: boolean;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly states: readonly CountLine[];
  /** As a mail, at both widths. */
  readonly mailLink: string;
  /** As everyone sees it; absent where nobody does. */
  readonly webLink?: string;
  /** Absent for who may not, and where nobody has it. */
  readonly correctLink?: string;
  /** True where it stands still, for who may let it go on. */
  readonly isStopped: boolean;
  /** What cancelling it would do; absent for who may not, and where there is nothing to cancel. */
  readonly cancelling?: string;
  /** The operator's own address, or empty. */
  readonly to: string;
  readonly groups: readonly {
    readonly label: string;
    readonly overview: string;
    readonly papers: readonly {
      readonly title: string;
      readonly link?: string;
      readonly authors?: string;
      readonly summary?: string;
      readonly isPicked: boolean;
    }[];
  }[];
}

/** `/admin/editions/draft`: the papers that wait for the cut, and what their editors said of them. */
export interface DraftPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  /** What is asked for, to come back to it. */
  readonly query: string;
  readonly status?: string;
  readonly error?: string;
  readonly lead: string;
  /** As typed. */
  readonly words: string;
  readonly marks: readonly DeskChoice[];
  readonly papers: readonly {
    readonly id: number;
    readonly title: string;
    readonly link?: string;
    readonly by: string;
    readonly abstract: string;
    /** What the editors said of it; absent where nothing. */
    readonly mark?: string;
    /** The place before its own, of a pick that is not the first. */
    readonly upTo?: number;
  }[];
  readonly moreLink?: string;
  /** The operator's own address, or empty. */
  readonly to: string;
}

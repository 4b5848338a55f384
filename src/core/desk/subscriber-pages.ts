import type { DeliveryLine } from './delivery-pages.ts';
import type { DeskChoice } from './frame.ts';

/** `/admin/subscribers`: who reads. */
export interface SubscribersPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  /** Part of an address, as typed. */
  readonly query: string;
  /** Everyone, and who stands how, each with its count and the list of them. */
  readonly standings: readonly {
    readonly value: string;
    readonly label: string;
    readonly count: number;
    readonly link: string;
    readonly isChosen: boolean;
  }[];
  /** The standing that is looked at, or empty. */
  readonly standing: string;
  /** How many were found: `100 of 3,012`. */
  readonly shown: string;
  readonly readers: readonly {
    readonly link: string;
    readonly address: string;
    readonly standing: string;
    readonly tone: string;
  }[];
  readonly moreLink?: string;
  /** How many there were and who came and left, drawn; empty before there is anything to draw. */
  readonly charts: readonly {
    readonly title: string;
    readonly svg: string;
    readonly note: string;
  }[];
}

/** `/admin/subscribers/new` and `/admin/subscribers/:id/wishes`: what a reader asks for, said by an operator. */
export interface DeskWishesPage {
  readonly formToken: string;
  /** Where the form goes. */
  readonly action: string;
  readonly back: string;
  readonly title: string;
  readonly errors: readonly string[];
  /** True where somebody is added, whose address is asked for. */
  readonly isNew: boolean;
  /** As typed. */
  readonly address: string;
  /** PapersPart and TimesPart of the preference page. */
  readonly papersPart: string;
  readonly timesPart: string;
  readonly button: string;
}

/** `/admin/subscribers/:id`: one reader, and why they did or did not get mail. */
export interface SubscriberPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly here: string;
  readonly status?: string;
  readonly error?: string;
  readonly address: string;
  /** How they stand to the mail, and what that means. */
  readonly standing: string;
  readonly means: string;
  /** True where they are subscribed: what they ask for can be changed. */
  readonly isSubscribed: boolean;
  /** Each time they agreed, with the words where they are kept. */
  readonly consents: readonly { readonly said: string; readonly words?: string }[];
  /** Since when and why nothing is sent to their address; absent where mail goes. */
  readonly suppressed?: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly deliveries: readonly DeliveryLine[];
  /** Editions to look at as this reader gets them. */
  readonly editions: readonly DeskChoice[];
  /** The date until which they get nothing, or empty. */
  readonly pausedUntil: string;
  /** The date asked for, or empty. */
  readonly asked: string;
  /** Newest first, what `paperround why` says of each date. */
  readonly days: readonly { readonly date: string; readonly lines: readonly string[] }[];
}

/** `/admin/suppressions`: who gets no mail, and why. */
export interface SuppressionsPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly error?: string;
  readonly address: string;
  readonly why: string;
  readonly reasons: readonly DeskChoice[];
  readonly suppressions: readonly {
    /** Absent where nobody has the address any more: it is kept as a hash alone. */
    readonly address?: string;
    readonly link?: string;
    readonly hash: string;
    readonly reason: string;
    readonly note: string;
    readonly when: string;
  }[];
  readonly moreLink?: string;
}

/** `/admin/subscribers/import`: a file of subscribers to look at. */
export interface ImportPage {
  /** Where the file goes; it carries the token of the form, which no part of a file can. */
  readonly action: string;
  readonly error?: string;
  readonly source: string;
  readonly stateColumn: string;
  readonly active: string;
  readonly choices: readonly DeskChoice[];
  readonly columns: string;
}

/** `/admin/subscribers/import/:id`: what a file would come to, the button, and what it came to. */
export interface ImportFilePage {
  readonly formToken: string;
  readonly here: string;
  /** ImportPart, once the button was pressed. */
  readonly importPart?: string;
  /** Where the part is followed, while the file is read. */
  readonly liveLink?: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Of a dry run the counts in sentences; empty after the press. */
  readonly lines: readonly string[];
  readonly samples: readonly { readonly line: number; readonly reason: string }[];
  /** How many more were refused than are shown. */
  readonly more: number;
  /** All of the refused rows as CSV; absent once the file is gone. */
  readonly refusedLink?: string;
  /** What the button says; empty where there is nothing to press for. */
  readonly press: string;
}

/** What became of a file of subscribers: a part of its page that is replaced while it is read. */
export interface ImportPart {
  readonly here: string;
  readonly isRunning: boolean;
  /** The counts in sentences; empty where no row was read yet. */
  readonly lines: readonly string[];
  readonly refused: number;
}

/**
 * What each page of the operator's desk shows: the data of `templates/pages/desk/*.hbs`. All of
 * it is for operators; times come as text in UTC.
 */

import type { ChannelPage, ChannelsPage } from './channel-pages.ts';
import type { WebhookPage, WebhooksPage } from './webhook-pages.ts';

/** What stands around every page of the desk. */
export interface DeskFrame {
  /** Who is signed in. */
  readonly operator: string;
  /** What every form carries back. */
  readonly formToken: string;
  readonly links: readonly {
    readonly label: string;
    readonly link: string;
    readonly isCurrent: boolean;
  }[];
}

/** `/admin/sign-in`: a name and a password, or how to make the first operator. */
export interface SignInPage {
  readonly hasOperators: boolean;
  /** As typed. */
  readonly name: string;
  /** Where to go on afterwards. */
  readonly next: string;
  /** That the password was right: then only the code is asked for. */
  readonly proof?: string;
  /** What the browser is asked in order to show a passkey; absent where the site can have none. */
  readonly passkey?: { readonly options: string; readonly proof: string };
  readonly error?: string;
}

/** `/admin/factor`: one's own second factor. */
export interface FactorPage {
  readonly formToken: string;
  readonly status?: string;
  readonly error?: string;
  /** True where one counts, an app or a passkey. */
  readonly hasFactor: boolean;
  readonly hasApp: boolean;
  /** False where the site's address is none that browsers make passkeys for. */
  readonly mayHavePasskeys: boolean;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly told: string;
  }[];
  /** What the browser is asked in order to make one; absent until that was begun. */
  readonly making?: { readonly options: string; readonly proof: string };
  /** True where none may be taken off. */
  readonly isRequired: boolean;
  /** How many recovery codes are left. */
  readonly codesLeft: number;
  /** What the app is given, until a code showed that it has it. */
  readonly begun?: { readonly secret: string; readonly uri: string; readonly qr: string };
  /** New recovery codes, shown this once. */
  readonly codes?: readonly string[];
}

/** `/admin/sessions`: who is signed in where. */
export interface SessionsPage {
  readonly formToken: string;
  /** True for who may end those of others. */
  readonly mayEnd: boolean;
  readonly sessions: readonly {
    readonly id: number;
    readonly operator: string;
    readonly since: string;
    readonly seen: string;
    readonly isHere: boolean;
  }[];
}

/** A number under its words, in the colour of its part of a drawing. */
export interface CountLine {
  readonly label: string;
  readonly count: number;
  readonly tone: string;
  /** The list of them. */
  readonly link?: string;
  /** The last words of a server to one of them. */
  readonly reply?: string;
}

/** A link that is a button, or a form of one button. */
export interface DeskButton {
  readonly label: string;
  /** Where a link leads; absent where it is a form. */
  readonly link?: string;
  /** Where a form posts to, and what. */
  readonly action?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

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

/** A line of a list of deliveries. */
export interface DeliveryLine {
  readonly id: number;
  readonly address: string;
  readonly of: string;
  readonly state: string;
  readonly tone: string;
  readonly when: string;
  readonly reply?: string;
}

/** `/admin/deliveries`: a filter and what it shows. */
export interface DeliveriesPage {
  readonly states: readonly DeskChoice[];
  readonly causes: readonly DeskChoice[];
  readonly editions: readonly DeskChoice[];
  readonly domain: string;
  readonly address: string;
  readonly deliveries: readonly DeliveryLine[];
  /** The next page; absent on the last. */
  readonly moreLink?: string;
  /** The oldest delivery that was looked at; absent where there was no need to look any further. */
  readonly reachedId?: number;
  /** The plan of resending what the filter shows; absent for who may not. */
  readonly resendLink?: string;
  /** How each relay is used now, by each process that sends, and what all hold to. */
  readonly relays: readonly {
    readonly name: string;
    readonly by?: string;
    readonly state: string;
    readonly isDown: boolean;
  }[];
}

export interface DeskChoice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** `/admin/deliveries/:id`: every try, and the very message. */
export interface DeliveryPage {
  readonly formToken: string;
  /** What is said in a post to a channel, which is no message. */
  readonly post?: string;
  readonly id: number;
  readonly address: string;
  readonly state: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly attempts: readonly {
    readonly when: string;
    readonly relay: string;
    readonly outcome: string;
    readonly said: string;
  }[];
  /** The reader's page; absent where there is none. */
  readonly readerLink?: string;
  readonly resendLink?: string;
  /** Where what is in doubt is decided; absent for who may not, and where nothing is. */
  readonly resolveAction?: string;
  /** The message; absent after pruning or erasing. */
  readonly message?: { readonly subject: string; readonly text: string };
}

/** `/admin/resend`: what a press would do, and the button. */
export interface ResendPage {
  readonly formToken: string;
  readonly title: string;
  readonly error?: string;
  /** Asked before there is a plan: what was wrong with the edition. */
  readonly note?: { readonly edition: string; readonly text: string };
  readonly plan?: {
    readonly total: number;
    readonly going: number;
    /** True where something would go out and this operator may send it. */
    readonly mayPress: boolean;
    readonly copies: number;
    readonly fates: readonly {
      readonly count: number;
      readonly words: string;
      readonly samples: readonly { readonly id: number; readonly address: string }[];
    }[];
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  };
  readonly reason: string;
}

/** `/admin/resend/:id`: what a press came to. */
export interface PressPage {
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly isEnded: boolean;
  readonly left: number;
  readonly fates: readonly { readonly count: number; readonly words: string }[];
}

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

/** `/admin/settings`: the configuration, to read. */
export interface SettingsPage {
  /** Names that are set and that nothing reads, a sentence each. */
  readonly unknown: readonly { readonly name: string; readonly value: string }[];
  /** What differs from its default. */
  readonly set: readonly { readonly name: string; readonly value: string }[];
  /** What holds because nothing else was said; the value is empty where nothing does. */
  readonly defaults: readonly { readonly name: string; readonly value: string }[];
}

/** `/admin/templates`: which are the operator's own, and what an edition looks like by them. */
export interface TemplatesPage {
  /** The operator's folder; absent where there is none. */
  readonly folder?: string;
  readonly own: readonly { readonly name: string; readonly path: string }[];
  /** Names of those that are ours. */
  readonly ours: readonly string[];
  readonly editions: readonly DeskChoice[];
  readonly schemes: readonly DeskChoice[];
  /** Whose digest is asked for, as typed; empty for someone without wishes. */
  readonly address: string;
  /** Why there is nothing to see. */
  readonly problem?: string;
  /** The digest of the chosen edition; absent where there is none. */
  readonly shown?: {
    readonly subject: string;
    readonly text: string;
    /** `31.4 kB of 80 kB`, as it goes out. */
    readonly size: string;
    /** Address of the digest as HTML. */
    readonly link: string;
  };
}

/** `/admin/audit`: who changed what. */
export interface AuditPage {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly entries: readonly {
    readonly when: string;
    readonly actor: string;
    readonly action: string;
    readonly subject: string;
    readonly detail?: string;
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

/** `/admin/inbox`: what came back and waits for a person. */
export interface InboxPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly error?: string;
  /** Where answers arrive; absent where nothing is set up that takes them. */
  readonly answers?: string;
  readonly letters: readonly {
    readonly id: number;
    readonly when: string;
    readonly from: string;
    readonly subject: string;
    readonly what: string;
    readonly text: string;
    /** The delivery that it is about. */
    readonly link?: string;
  }[];
  readonly moreLink?: string;
}

/** `/admin/announcements`: what operators wrote to readers. */
export interface DeskAnnouncementsPage {
  readonly mayOperate: boolean;
  readonly announcements: readonly {
    readonly link: string;
    readonly subject: string;
    readonly state: string;
    readonly tone: string;
    readonly when: string;
    /** Empty before it is sent. */
    readonly readers: string;
  }[];
  readonly moreLink?: string;
}

/** `/admin/announcements/new` and `…/edit`: the words of one, and whom it is for. */
export interface DeskAnnouncementFormPage {
  readonly formToken: string;
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly isOther: boolean;
  readonly fields: readonly {
    readonly value: string;
    readonly label: string;
    readonly isChosen: boolean;
  }[];
  readonly address: string;
  readonly longestSubject: number;
  readonly longestBody: number;
}

/** `/admin/announcements/ID`: one, as it looks and how far it is. */
export interface DeskAnnouncementPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly error?: string;
  readonly here: string;
  readonly id: number;
  readonly subject: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly isDraft: boolean;
  /** How many it would go to now, or went to. */
  readonly readers: number;
  readonly readersInWords: string;
  readonly isSending: boolean;
  readonly isPaused: boolean;
  /** True where something of it may still go out. */
  readonly isOpen: boolean;
  /** What a warm-up does with it; absent where none goes on. */
  readonly turns?: string;
  readonly states: readonly {
    readonly label: string;
    readonly tone: string;
    readonly count: number;
  }[];
  /** The text part. */
  readonly text: string;
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

/** `/admin/proposals`: what readers propose, and who may not. */
export interface ProposalsDeskPage {
  readonly formToken: string;
  readonly mayOperate: boolean;
  readonly status?: string;
  readonly error?: string;
  readonly proposals: readonly {
    readonly id: number;
    readonly title: string;
    readonly link?: string;
    /** Authors, who is named, and when. */
    readonly by: string;
    readonly votes: number;
    readonly reports: number;
    /** False for one that was taken down. */
    readonly isShown: boolean;
    readonly reason?: string;
  }[];
  readonly stopped: readonly {
    /** The subscriber. */
    readonly id: number;
    readonly link: string;
    readonly address: string;
    readonly reason: string;
  }[];
}

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

/** Each page of the desk by the name of its template. */
export interface DeskPageViews {
  'desk/sign-in': SignInPage;
  'desk/sessions': SessionsPage;
  'desk/factor': FactorPage;
  'desk/today': TodayPage;
  'desk/editions': EditionsPage;
  'desk/edition': DeskEditionPage;
  'desk/draft': DraftPage;
  'desk/deliveries': DeliveriesPage;
  'desk/delivery': DeliveryPage;
  'desk/resend': ResendPage;
  'desk/press': PressPage;
  'desk/feeds': FeedsPage;
  'desk/feed': FeedPage;
  'desk/settings': SettingsPage;
  'desk/templates': TemplatesPage;
  'desk/audit': AuditPage;
  'desk/import': ImportPage;
  'desk/import-file': ImportFilePage;
  'desk/inbox': InboxPage;
  'desk/announcements': DeskAnnouncementsPage;
  'desk/announcement-form': DeskAnnouncementFormPage;
  'desk/announcement': DeskAnnouncementPage;
  'desk/suppressions': SuppressionsPage;
  'desk/proposals': ProposalsDeskPage;
  'desk/channels': ChannelsPage;
  'desk/channel': ChannelPage;
  'desk/webhooks': WebhooksPage;
  'desk/webhook': WebhookPage;
  'desk/subscribers': SubscribersPage;
  'desk/subscriber': SubscriberPage;
  'desk/wishes': DeskWishesPage;
}

/** What became of a file of subscribers: a part of its page that is replaced while it is read. */
export interface ImportPart {
  readonly here: string;
  readonly isRunning: boolean;
  /** The counts in sentences; empty where no row was read yet. */
  readonly lines: readonly string[];
  readonly refused: number;
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

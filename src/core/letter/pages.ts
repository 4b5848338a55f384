/**
 * What each page shows: the data of `templates/pages/*.hbs`. Each field says whose
 * variable it is: edition, paper, subscriber or site. Times and sizes come as text.
 */
import type { ApiPage } from '../desk/api-page.ts';
import type { DeskFrame } from '../desk/frame.ts';
import type { DeskPageViews } from '../desk/pages.ts';
import type { ActingPageViews } from './acting-pages.ts';
import type { CirclePageViews } from './circle-pages.ts';
import type { FrontPageViews, Way } from './front-pages.ts';
import type { KeptPageViews } from './kept-pages.ts';
import type { PaperPageViews } from './paper-pages.ts';
import type { ReaderPageViews } from './reader-pages.ts';

/** The frame around every page; the body is set apart by the renderer. */
export interface LayoutPage {
  /** site */
  readonly siteName: string;
  /** site: what every address of it begins with, without a slash at the end */
  readonly publicUrl: string;
  /** site: of the page, for the tab; empty on the home page */
  readonly title: string;
  /** site: true where mail is caught in this process */
  readonly isSandbox: boolean;
  /** edition: true where the page shows the bundled sample */
  readonly isSample: boolean;
  /** site: a script of our own that the page can do without; absent where there is none */
  readonly script?: string;
  /** site: the style sheet, by its content */
  readonly style: string;
  /** site: the operator's logo; absent where there is none */
  readonly logo?: string;
  /** site: where the masthead leads */
  readonly ways: readonly Way[];
  /** site: of a page for everybody, for search engines and cards; absent elsewhere */
  readonly shared?: {
    /** site: its one address */
    readonly canonical: string;
    /** edition: what it is, in a sentence */
    readonly description: string;
    /** site: the picture of a card, as an address */
    readonly card: string;
    /** site: the same page in each language, its own among them */
    readonly languages: readonly {
      readonly language: string;
      /** as its own speakers call it */
      readonly name: string;
      readonly link: string;
      readonly isCurrent: boolean;
    }[];
  };
  /** site: true for a page in columns */
  readonly isWide?: boolean;
  /** site: FOOTER_TEXT; may be empty */
  readonly footText: string;
  /** site: imprint, privacy and the like; may be empty */
  readonly footWays: readonly Way[];
  /** site: on the operator's desk, who is signed in and where they may go; absent elsewhere */
  readonly desk?: DeskFrame;
  /** site: the part `head` as HTML; absent where a page says nothing of itself */
  readonly head?: string;
  /** site: what the template of the page made, as HTML */
  readonly body: string;
}

/** `/imprint` and `/privacy`: the operator's own words. */
export interface LegalTextPage {
  /** site: what their file in Markdown makes, as HTML */
  readonly text: string;
}

/** `/outbox`: mails that the sandbox caught. */
export interface OutboxPage {
  /** site: newest first */
  readonly messages: readonly OutboxEntry[];
}

/** One caught mail in the list. */
export interface OutboxEntry {
  /** site: address of its page */
  readonly link: string;
  /** subscriber: the envelope's recipient */
  readonly to: string;
  /** subscriber */
  readonly subject: string;
  /** subscriber: of the whole message, e.g. `38 kB` */
  readonly size: string;
  /** site: when it was caught, e.g. `2025-05-07 07:00 UTC` */
  readonly time: string;
}

/** One caught mail. Its HTML is an address of its own, so that it has its own policy. */
export interface OutboxMessagePage {
  /** subscriber */
  readonly subject: string;
  /** subscriber: as they stand in the message, unfolded */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** site: address of the HTML part alone; absent where there is none */
  readonly htmlLink?: string;
  /** subscriber: the text part; absent where there is none */
  readonly text?: string;
  /** site: address of the message as it was sent */
  readonly sourceLink: string;
  /** site: address of the list */
  readonly outboxLink: string;
}

/** One value of a list or a row of boxes. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** Any plain answer in words: not found, gone, too many requests, our fault. */
export interface MessagePage {
  /** site */
  readonly title: string;
  /** site: what happened and what to do now */
  readonly text: string;
  /** site: where to go on; absent where nowhere */
  readonly next?: { readonly label: string; readonly link: string };
}

/** Each page by the name of its template, with what it shows. */
export interface PageViews
  extends FrontPageViews,
    PaperPageViews,
    ReaderPageViews,
    ActingPageViews,
    KeptPageViews,
    CirclePageViews,
    DeskPageViews {
  outbox: OutboxPage;
  'outbox-message': OutboxMessagePage;
  message: MessagePage;
  api: ApiPage;
  legal: LegalTextPage;
}

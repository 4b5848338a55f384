/**
 * What each page shows: the data of `templates/pages/*.hbs`. Each field says whose
 * variable it is: edition, paper, subscriber or site. Times and sizes come as text.
 */
import type { ApiPage } from '../desk/api-page.ts';
import type { DeskFrame, DeskPageViews } from '../desk/pages.ts';
import type { PaperPageViews } from './paper-pages.ts';
import type { ReaderPageViews } from './reader-pages.ts';

/** The frame around every page; the body is set apart by the renderer. */
export interface LayoutPage {
  /** site */
  readonly siteName: string;
  /** site: of the page, for the tab; empty on the home page */
  readonly title: string;
  /** site: true where mail is caught in this process */
  readonly isSandbox: boolean;
  /** edition: true where the page shows the bundled sample */
  readonly isSample: boolean;
  /** site: a script of our own that the page can do without; absent where there is none */
  readonly script?: string;
  /** site: imprint, privacy and the like; may be empty */
  readonly footWays: readonly { readonly label: string; readonly link: string }[];
  /** site: on the operator's desk, who is signed in and where they may go; absent elsewhere */
  readonly desk?: DeskFrame;
  /** site: of a page for everybody, its one address; absent elsewhere */
  readonly canonical?: string;
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

/** `/`: what this is, a form to subscribe, the newest edition and those before it. */
export interface HomePage {
  /** site */
  readonly siteName: string;
  /** subscriber: the part `papers` as HTML */
  readonly papersPart: string;
  /** subscriber: the part `times` as HTML */
  readonly timesPart: string;
  /** subscriber: the part `digests` as HTML, once asked for */
  readonly digestsPart?: string;
  /** subscriber: as typed */
  readonly address: string;
  /** subscriber: what was wrong with the last try, one sentence each */
  readonly errors: readonly string[];
  /** site: what whoever subscribes agrees to */
  readonly consentText: string;
  /** edition: the newest that readers may see, with its first papers; absent before the first */
  readonly latest?: EditionEntry & { readonly papers: readonly PagePaper[] };
  /** edition: all that readers may see, newest first, the latest among them */
  readonly editions: readonly EditionEntry[];
}

/** One line of a list of editions. */
export interface EditionEntry {
  /** edition: `Wednesday, 7 May 2025` */
  readonly date: string;
  /** edition: papers after merging duplicates */
  readonly paperCount: number;
  /** edition: address of its page */
  readonly link: string;
  /** edition: true for the bundled sample */
  readonly isSample: boolean;
}

/** One paper on a page. */
export interface PagePaper {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: one or two sentences; absent where there is no abstract */
  readonly summary?: string;
  /** paper: http(s) address; absent where unknown */
  readonly link?: string;
}

/** `/editions/:name`: the whole edition by groups, the same for everyone. */
export interface EditionPage {
  /** edition: `Wednesday, 7 May 2025` */
  readonly date: string;
  /** edition */
  readonly paperCount: number;
  /** paper: what the editors picked, in their order; empty where nothing */
  readonly picked: readonly PagePaper[];
  /** edition: the biggest first, `everything else` last */
  readonly groups: readonly PageGroup[];
  /** edition: the one before, if any */
  readonly earlier?: EditionEntry;
  /** edition: the one after, if any */
  readonly later?: EditionEntry;
}

/** A group of an edition with all its papers. */
export interface PageGroup {
  /** edition */
  readonly label: string;
  /** edition: one sentence on the group; absent where there is none */
  readonly overview?: string;
  /** paper */
  readonly papers: readonly PagePaper[];
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
export interface PageViews extends PaperPageViews, ReaderPageViews, DeskPageViews {
  home: HomePage;
  edition: EditionPage;
  outbox: OutboxPage;
  'outbox-message': OutboxMessagePage;
  message: MessagePage;
  api: ApiPage;
  legal: LegalTextPage;
}

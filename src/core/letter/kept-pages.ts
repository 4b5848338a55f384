/** What the pages of what a reader keeps show; as in pages.ts each field says whose variable it is. */
import type { WordedLink } from './paper-pages.ts';

/** `/keep/:token/:paper` and `/my-papers/:paper`: keeps one paper for later, or no more. */
export interface KeepPage {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: its page here, or http(s) address; absent where unknown */
  readonly link?: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber: of a session's page; absent on one behind a link */
  readonly formToken?: string;
  /** subscriber */
  readonly isKept: boolean;
  /** subscriber: so many are kept that none finds room; absent where there is room */
  readonly full?: number;
  /** subscriber: the page of all that is kept */
  readonly all: string;
}

/** One paper in the list of what is kept. */
export interface KeptLine {
  /** paper: the end of its own page's address */
  readonly id: number;
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: its page here, or http(s) address; absent where unknown */
  readonly link?: string;
}

/** How it goes with the collection at Zotero into which what is kept goes. */
export interface ShelfView {
  /** subscriber: whose library, in a sentence */
  readonly library: string;
  /** subscriber: what is there, what waits and why, in some sentences; may be empty */
  readonly says: string;
  /** subscriber: what does not go there, in a sentence; absent where all does */
  readonly held?: string;
  /** subscriber: false where Zotero refused it */
  readonly hasKey: boolean;
  /** subscriber: whether what is kept by mail goes there, too */
  readonly withMail: boolean;
  /** subscriber: true where the collection was deleted there */
  readonly isHomeless: boolean;
  /** paper: what Zotero did not take, and why in its own words */
  readonly failed: readonly { readonly title: string; readonly reason: string }[];
}

/** `/my-papers`: what a reader keeps. */
export interface MyPapersPage {
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: the address of this page; its forms post below it */
  readonly here: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber: what is searched for, as typed */
  readonly query: string;
  /** subscriber: `12 papers of at most 20,000`; absent where nothing is kept */
  readonly extent?: string;
  /** subscriber: the days on which papers were kept, the last first */
  readonly days: readonly {
    /** subscriber: `Wednesday, 7 May 2025` */
    readonly date: string;
    readonly groups: readonly {
      /** edition: the group that they stood in; absent where none is shown */
      readonly label?: string;
      readonly papers: readonly KeptLine[];
    }[];
  }[];
  /** subscriber: the next page of it; absent on the last */
  readonly older?: string;
  /** subscriber: files of what is found, a form each */
  readonly files: readonly WordedLink[];
  /** subscriber: what is kept, as a feed */
  readonly feed: string;
  /** subscriber: whether their digests say once a week what they kept */
  readonly isWeekly: boolean;
  /** subscriber: the way to Zotero; absent where nothing goes there */
  readonly shelf?: ShelfView;
  /** subscriber: what the last press did, in a sentence; absent before one */
  readonly status?: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
}

/** These pages by the names of their templates. */
export interface KeptPageViews {
  keep: KeepPage;
  'my-papers': MyPapersPage;
}

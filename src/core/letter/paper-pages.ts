/** What the pages of papers show; as in pages.ts each field says whose variable it is. */
import type { MarkedPiece } from '../search/mark.ts';

/** A link with its words. */
export interface WordedLink {
  /** paper */
  readonly label: string;
  /** paper: http(s) address, or a path of ours */
  readonly link: string;
}

/** `/papers/:id`: all that everybody may know of a paper. */
export interface PaperPage {
  /** paper */
  readonly title: string;
  /** paper: where a vote is posted to */
  readonly vote: string;
  /** paper: where keeping it is posted to */
  readonly keep: string;
  /** paper: where it is marked for a circle */
  readonly circle: string;
  /** paper: `Review` or the like; absent for a paper as any other */
  readonly kind?: string;
  /** paper: all of them; a link to what else of theirs is here is absent for what is no name */
  readonly authors: readonly { readonly name: string; readonly link?: string }[];
  /** paper: what became of it, and where that is said; absent where nothing did */
  readonly amended?: {
    readonly said: string;
    readonly isRetracted: boolean;
    readonly link?: string;
  };
  /** paper: the paper, its PDF and its code elsewhere; empty where unknown */
  readonly ways: readonly WordedLink[];
  /** paper: absent where no feed gave one */
  readonly abstract?: string;
  /** paper: one line a fact, such as its date and its ids */
  readonly facts: readonly { readonly name: string; readonly values: readonly Fact[] }[];
  /** paper: how it is cited */
  readonly citations: readonly {
    readonly label: string;
    readonly text: string;
    /** paper: address of the file */
    readonly link: string;
  }[];
  /** paper: those most like it; empty where none is */
  readonly similar: readonly ListedPaperView[];
  /** paper: as JSON-LD, safe within a script element */
  readonly jsonLd: string;
}

/** One value of a fact, linked where it leads somewhere. */
export interface Fact {
  /** paper */
  readonly text: string;
  /** paper: absent where it leads nowhere */
  readonly link?: string;
}

/** A paper in a list of papers of different days. */
export interface ListedPaperView {
  /** paper */
  readonly title: string;
  /** paper: its page here */
  readonly link: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: one or two sentences; absent where there is no abstract */
  readonly summary?: string;
  /** edition: `7 May 2025` */
  readonly date: string;
  /** paper: `Retracted`, `Publisher Correction` or the like; absent where nothing became of it */
  readonly amended?: string;
}

/** `/authors/:key`: papers of everyone who writes their name so. */
export interface AuthorPage {
  /** paper: as the newest of the papers prints it */
  readonly name: string;
  /** paper: `84 papers` or `more than 10,000 papers` */
  readonly extent: string;
  /** paper: the newest first */
  readonly papers: readonly ListedPaperView[];
  /** paper: where the list goes on; absent at its end */
  readonly next?: string;
  /** site: where papers of this author are followed from */
  readonly feeds: readonly WordedLink[];
}

/** `/search`: a form, and what was found. */
export interface SearchPage {
  /** subscriber: as typed */
  readonly typed: string;
  /** subscriber: why it cannot be searched for; absent where it can */
  readonly fault?: string;
  /** subscriber: what was found; absent before anything is typed */
  readonly found?: {
    /** paper: `84 papers` or `more than 10,000 papers` */
    readonly extent: string;
    /** paper */
    readonly papers: readonly FoundPaper[];
    /** subscriber: the same in another order: what it is called, and where it is */
    readonly order: WordedLink;
    /** subscriber: where the list goes on; absent at its end */
    readonly next?: string;
    /** subscriber: the form to get this by mail; absent where there is no word in it */
    readonly follow?: string;
    /** subscriber: where this is followed from */
    readonly feeds: readonly WordedLink[];
  };
}

/** A paper that was found, with what was looked for marked. */
export interface FoundPaper {
  /** paper: its page here */
  readonly link: string;
  /** paper */
  readonly title: readonly MarkedPiece[];
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: a stretch of its abstract; empty where there is none */
  readonly excerpt: readonly MarkedPiece[];
  /** edition: `7 May 2025` */
  readonly date: string;
  /** paper: `Retracted`, `Publisher Correction` or the like; absent where nothing became of it */
  readonly amended?: string;
}

/** The pages of papers by the names of their templates. */
export interface PaperPageViews {
  paper: PaperPage;
  author: AuthorPage;
  search: SearchPage;
}

/** What a page says of itself to other programs, in its head. */
export interface HeadPart {
  /** paper: `citation_title` and the like, one an author */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** site: the same as feeds */
  readonly feeds: readonly {
    readonly type: string;
    readonly title: string;
    readonly link: string;
  }[];
}

/** What the pages show that are about one reader; as in pages.ts each field says whose variable it is. */

/** A page that asks for one press of a button, and then says that it is done. */
interface AskingPage {
  /** site */
  readonly siteName: string;
  /** subscriber: enough to know it again, e.g. `a…e@e…e.org` */
  readonly maskedAddress: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber: true after the press, or where it was done before */
  readonly isDone: boolean;
}

/** The signed page to leave by. */
export interface UnsubscribePage extends AskingPage {
  /** site: the operator's mailbox; absent where none is configured */
  readonly contact?: string;
  /** subscriber: the preference page, for those who want less rather than nothing */
  readonly preferences?: string;
  /** subscriber: where the form posts to that asks for the way back; absent before leaving */
  readonly comeBack?: string;
}

/** The signed page to end announcements by. */
export interface AnnouncementsPage extends AskingPage {
  /** subscriber: where the form posts to that ends digests, too */
  readonly leaveAction: string;
}

/** The signed page of the way back: it mails a confirmation, and does no more. */
export type ReturnPage = AskingPage;

/** The signed page to confirm a subscription by. */
export interface ConfirmPage extends AskingPage {
  /** subscriber: what they will get and when, a line each */
  readonly wishes: readonly string[];
  /** subscriber: the preference page; absent before confirming */
  readonly preferences?: string;
  /** subscriber: true where a first digest is on its way */
  readonly isWelcomed: boolean;
}

/** The signed page to confirm a new address by. */
export type AddressPage = AskingPage;

/** `/subscribe/asked`: the same for every address. */
export interface AskedPage {
  /** site: the operator's mailbox */
  readonly contact: string;
}

/** `/link`: a form that mails the link to the preferences. */
export interface LinkPage {
  /** subscriber: as typed */
  readonly address: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: true after it was sent, whatever the address */
  readonly isDone: boolean;
}

/** The signed page of preferences. */
export interface PreferencesPage {
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber: true after saving */
  readonly isSaved: boolean;
  /** subscriber: what was wrong with the last try, one sentence each */
  readonly errors: readonly string[];
  /** subscriber: the part `papers` as HTML */
  readonly papersPart: string;
  /** subscriber: the part `times` as HTML */
  readonly timesPart: string;
  /** subscriber: the part `digests` as HTML: tomorrow's digest on the newest edition; absent before saving */
  readonly digestsPart?: string;
  /** subscriber: until when there is no mail, for people; absent where it is not paused */
  readonly pausedUntil?: string;
  /** subscriber: where the form posts to that mails the link to the private page */
  readonly privateAction: string;
  /** subscriber: what became of asking for that link, in a sentence; absent before asking */
  readonly privateAnswer?: string;
  /** subscriber: the page of what was learned */
  readonly taste: string;
  /** subscriber: the page of works that are theirs */
  readonly cited: string;
  /** subscriber: the page to leave by */
  readonly unsubscribe: string;
}

/** The page behind a digest's link to vote on one of its papers. */
export interface VotePage {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: http(s) address; absent where unknown */
  readonly link?: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber: `More like this?`, or what was done */
  readonly heading: string;
  /** subscriber: what the last press did, in a sentence; absent before one */
  readonly said?: string;
  /** subscriber: what they asked for earlier, in a sentence; absent where nothing, or after a press */
  readonly before?: string;
  /** subscriber: what may be pressed */
  readonly buttons: readonly {
    readonly way: 'more' | 'less' | 'none';
    readonly label: string;
    readonly isFirst: boolean;
  }[];
  /** subscriber: how the next digest changes, a sentence each */
  readonly changes: readonly string[];
  /** subscriber: the part `digests` as HTML: the newest edition as it would be now; absent before a press */
  readonly digestsPart?: string;
}

/** The page of what was learned of a reader. */
export interface TastePage {
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: the address of this page; its forms post below it */
  readonly here: string;
  /** subscriber: what the last press did, in a sentence; absent before one */
  readonly said?: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** Whether papers that are known by an id alone are asked for elsewhere. */
  readonly isLookingUp: boolean;
  /** subscriber: terms that move papers up, in words; empty where nothing was learned */
  readonly liked: readonly string[];
  /** subscriber: terms that move papers down */
  readonly disliked: readonly string[];
  /** subscriber: newest first */
  readonly votes: readonly {
    readonly id: number;
    readonly title: string;
    /** subscriber: `more` or `less` */
    readonly way: string;
  }[];
  /** subscriber: papers of the library in all */
  readonly libraryCount: number;
  /** subscriber: newest first */
  readonly library: readonly LibraryLine[];
  /** subscriber: how many are not listed */
  readonly moreCount: number;
  /** subscriber: what was made of the pasted text; absent before pasting */
  readonly read?: {
    /** subscriber: what it was read as, such as `RIS` */
    readonly format: string;
    /** subscriber: what was understood, by the lines of the text */
    readonly lines: readonly { readonly line: number; readonly text: string }[];
    /** subscriber: what was not */
    readonly faults: readonly {
      readonly line: number;
      readonly text: string;
      readonly problem: string;
    }[];
    /** subscriber: how many further lines were not understood */
    readonly moreFaults: number;
  };
  /** subscriber: the preference page */
  readonly preferences: string;
}

/** One paper of a reader's library. */
export interface LibraryLine {
  readonly key: string;
  /** subscriber: its title, or its id where nothing else is known */
  readonly title: string;
  /** subscriber: true where it does not count yet, since its text is not known */
  readonly isUnseen: boolean;
}

/** The page of works that a reader says are theirs. */
export interface CitedPage {
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: the address of this page; its forms post below it */
  readonly here: string;
  /** subscriber: what the last press did, in a sentence; absent before one */
  readonly said?: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** Whether anybody is asked what cites them. */
  readonly isLookingUp: boolean;
  /** subscriber: what was pasted and is to be mended; empty where all was understood */
  readonly typed: string;
  /** subscriber: what was not understood, by the lines of the text */
  readonly faults: readonly {
    readonly line: number;
    readonly text: string;
    readonly problem: string;
  }[];
  /** subscriber: how many further lines were not understood */
  readonly moreFaults: number;
  /** subscriber: authors that they named as themselves, until they chose among the works */
  readonly authors: readonly CitedAuthor[];
  /** subscriber: the newest named first */
  readonly works: readonly CitedLine[];
  /** subscriber: true where papers by an author of the work are told, too */
  readonly tellsOwn: boolean;
  /** How many works somebody may have, and how many of what cites one already are offered. */
  readonly most: number;
  readonly newest: number;
  /** Who is asked, and how they are. */
  readonly sources: readonly { readonly name: string; readonly says: string }[];
  /** subscriber: the preference page */
  readonly preferences: string;
}

/** An author whose works are asked for, or shown to be chosen from. */
export interface CitedAuthor {
  readonly id: number;
  /** subscriber: their name, or the id where nothing else is known */
  readonly name: string;
  /** subscriber: that they are asked for, or how many works were found, in a sentence */
  readonly says: string;
  /** subscriber: what was found, by its place in the list */
  readonly found: readonly {
    readonly place: number;
    readonly title: string;
    readonly year: string;
  }[];
}

/** One work that is a reader's. */
export interface CitedLine {
  readonly id: number;
  /** subscriber: its title, or its id where nothing else is known */
  readonly title: string;
  /** subscriber: absent where unknown */
  readonly link?: string;
  /** subscriber: that it was retracted, and who says so; absent where it was not */
  readonly retracted?: string;
  /** subscriber: how many papers cite it and when somebody was asked, in a sentence or two */
  readonly says: string;
}

/** The private page behind a fresh link. */
export interface PrivatePage {
  /** subscriber: until when the link works, for people */
  readonly goodUntil: string;
  /** subscriber: what their digests chose, as a feed; absent after they left */
  readonly feed?: string;
  /** subscriber: the editions as a feed; absent where that is for everybody */
  readonly allFeed?: string;
  /** subscriber: the address of this page */
  readonly here: string;
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: what is searched for, as typed */
  readonly query: string;
  /** subscriber: papers found, under what they were found in: each digest, or the search */
  readonly lists: readonly PaperList[];
  /** subscriber: what alerts and the like named to them, the newest first; absent where nothing, and beside what a search found */
  readonly named?: readonly NamedLine[];
  /** subscriber: true where older digests are not listed, but can be searched */
  readonly hasMore: boolean;
  /** subscriber: new address as typed */
  readonly newAddress: string;
  /** subscriber: the page of their address for alerts; absent where no mail comes in here */
  readonly alerts?: string;
  /** subscriber: libraries elsewhere that are read for them, the oldest first */
  readonly followed: readonly FollowedLine[];
  /** subscriber: browsers in which they are signed in, the newest first */
  readonly sessions: readonly {
    readonly id: number;
    readonly since: string;
    readonly until: string;
  }[];
  /** subscriber: a library as typed */
  readonly newLibrary: string;
  /** subscriber: what became of the last try, in a sentence; absent before one */
  readonly status?: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
}

/** A paper that was named to a reader alone. */
export interface NamedLine {
  /** subscriber */
  readonly title: string;
  /** subscriber: absent where unknown */
  readonly authors?: string;
  /** subscriber: absent where unknown */
  readonly link?: string;
  /** subscriber: what named it, in a sentence */
  readonly reason?: string;
}

/** A reader's address for alerts, and what came to it. */
export interface AlertsPage {
  /** subscriber: until when the link works, for people */
  readonly goodUntil: string;
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: the address of this page; its forms post below it */
  readonly here: string;
  /** subscriber: the private page */
  readonly back: string;
  /** subscriber: the address for alerts; absent where they have none */
  readonly alertAddress?: string;
  /** subscriber: what became of the last press, in a sentence */
  readonly status?: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: which bound was reached, that our own mail comes back, a sentence each */
  readonly notes: readonly string[];
  /** subscriber: true where a press had a mail read, which takes a moment */
  readonly isBegun?: boolean;
  /** subscriber: what services ask to confirm, the newest first */
  readonly confirmations: readonly AlertConfirmation[];
  /** subscriber: mails of which nobody knows who sent them */
  readonly asked: readonly AlertLine[];
  /** subscriber: mails that were read, or could not be, the newest first */
  readonly mails: readonly AlertLine[];
}

/** What a service asks the owner of an address to confirm. */
export interface AlertConfirmation {
  readonly id: number;
  readonly when: string;
  /** subscriber: who asks, in a sentence */
  readonly says: string;
  /** subscriber: why not to confirm it, in a sentence or two; absent where nothing speaks against it */
  readonly warning?: string;
  /** subscriber: a page of that service's, which asks once more */
  readonly link?: string;
  readonly code?: string;
}

/** A mail that came to an address for alerts. */
export interface AlertLine {
  readonly id: number;
  readonly when: string;
  /** subscriber: what it is about */
  readonly label: string;
  /** subscriber: who sent it and what was found, in a sentence */
  readonly says: string;
  /** True where it could not be read. */
  readonly isUnread: boolean;
}

/** A library elsewhere that a reader follows. */
export interface FollowedLine {
  readonly id: number;
  /** subscriber: as the API names it, such as `groups/2482` */
  readonly place: string;
  /** subscriber: its page for people */
  readonly page: string;
  /** subscriber: how reading it goes, in a sentence or two */
  readonly says: string;
}

/** Papers to choose from, under a heading. */
export interface PaperList {
  /** subscriber: `Wednesday, 7 May 2025`, or what was searched */
  readonly label: string;
  /** subscriber: id and title of each, with whatever else is known */
  readonly papers: readonly {
    readonly id: number;
    readonly title: string;
    readonly authors?: string;
    readonly link?: string;
    /** subscriber: `more` or `less`, where they voted */
    readonly vote?: string;
    /** subscriber: the page to ask for more or less like it; absent where the digest is gone */
    readonly voteLink?: string;
  }[];
}

/** The page that asks before everything of a reader is erased. */
export interface ErasePage {
  /** site */
  readonly siteName: string;
  /** subscriber: where the form posts to; absent after it was done */
  readonly action?: string;
  /** subscriber: the private page to go back to; absent after it was done */
  readonly back?: string;
}

/** Each page of a reader by the name of its template. */
export interface ReaderPageViews {
  unsubscribe: UnsubscribePage;
  announcements: AnnouncementsPage;
  return: ReturnPage;
  confirm: ConfirmPage;
  address: AddressPage;
  asked: AskedPage;
  link: LinkPage;
  preferences: PreferencesPage;
  vote: VotePage;
  taste: TastePage;
  cited: CitedPage;
  private: PrivatePage;
  alerts: AlertsPage;
  erase: ErasePage;
}

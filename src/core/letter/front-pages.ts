/** What the pages show that are the same for all; as in pages.ts each field says whose variable it is. */

/** One paper on a page. */
export interface PagePaper {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: one or two sentences; absent where there is no abstract */
  readonly summary?: string;
  /** paper: its page here, or http(s) address; absent where unknown */
  readonly link?: string;
  /** paper: as its feed has it; absent where it has none, or where the page would be too heavy */
  readonly abstract?: string;
  /** paper: `Retracted`, `Publisher Correction` or the like; absent where nothing became of it */
  readonly amended?: string;
}

/** One paper of an edition, where a reader may vote on it. */
export interface VotedPaper extends PagePaper {
  /** paper: the page of their vote, which asks who is not signed in to do that first */
  readonly vote: string;
  /** paper: the page to keep it for later */
  readonly keep: string;
}

/** One line of a list of editions. */
export interface EditionEntry {
  /** edition: `Wednesday, 7 May 2025` */
  readonly date: string;
  /** edition: `second edition of the day, 14:05`; absent for the first of a day */
  readonly turn?: string;
  /** edition: papers after merging duplicates */
  readonly paperCount: number;
  /** edition: address of its page */
  readonly link: string;
  /** edition: true for the bundled sample */
  readonly isSample: boolean;
}

/** Somewhere to go. */
export interface Way {
  readonly label: string;
  readonly link: string;
  readonly isCurrent?: boolean;
}

/** `/`: today's paper. */
export interface HomePage {
  /** site */
  readonly siteName: string;
  /** site: SITE_TAGLINE */
  readonly tagline: string;
  /** site: the part `subscribe` as HTML */
  readonly subscribePart: string;
  /** edition: the newest that readers may see; absent before the first */
  readonly latest?: EditionEntry & {
    /** paper: what stands first */
    readonly lead: PagePaper;
    /** paper: at most three beside it */
    readonly second: readonly PagePaper[];
    /** paper: at most six below them */
    readonly third: readonly PagePaper[];
    /** edition: each with a page of its own */
    readonly groups: readonly (Way & { readonly paperCount: number })[];
  };
  /** paper: of the last editions, the hottest first */
  readonly rising: readonly (PagePaper & {
    /** paper: the numbers that it rises by */
    readonly numbers: string;
    /** edition: its own */
    readonly edition: Way;
  })[];
  /** paper: what at least five readers voted for or kept this week, the most read first */
  readonly read: readonly (PagePaper & {
    /** paper: how many readers */
    readonly readers: number;
    /** edition: its own */
    readonly edition: Way;
  })[];
  /** edition: those before the newest, a few */
  readonly earlier: readonly EditionEntry[];
  /** site: when there will be something to read, in a sentence; absent where there is */
  readonly awaited?: string;
}

/** A group of an edition with all its papers. */
export interface PageGroup {
  /** edition */
  readonly label: string;
  /** edition: its own page */
  readonly link: string;
  /** edition: one sentence on the group; absent where there is none */
  readonly overview?: string;
  /** paper: all */
  readonly papers: readonly VotedPaper[];
  /** paper: those that stand open */
  readonly open: readonly VotedPaper[];
  /** paper: those that are folded; empty where all stand open */
  readonly folded: readonly VotedPaper[];
}

/** `/editions/:name`: the whole edition by groups. */
export interface EditionPage {
  /** edition: `Wednesday, 7 May 2025` */
  readonly date: string;
  /** edition: `second edition of the day, 14:05`; absent for the first of a day */
  readonly turn?: string;
  /** edition */
  readonly paperCount: number;
  /** edition: how dense it may be read */
  readonly views: readonly Way[];
  /** edition: true where only titles are asked for */
  readonly isTitles: boolean;
  /** paper: what the editors picked, in their order; empty where nothing */
  readonly picked: readonly VotedPaper[];
  /** edition: the biggest first, `everything else` last */
  readonly groups: readonly PageGroup[];
  /** edition: the month in the archive */
  readonly month: Way;
  /** edition: the one before, if any */
  readonly earlier?: EditionEntry;
  /** edition: the one after, if any */
  readonly later?: EditionEntry;
  /** site: the part `subscribe` as HTML */
  readonly subscribePart: string;
}

/** `/editions/:name/groups/:number`: one group of an edition. */
export interface GroupPage {
  /** edition */
  readonly label: string;
  /** edition: one sentence on the group; absent where there is none */
  readonly overview?: string;
  /** edition: the whole of it, by its date */
  readonly edition: Way;
  /** paper */
  readonly papers: readonly VotedPaper[];
  /** edition: all groups */
  readonly groups: readonly (Way & { readonly paperCount: number })[];
  /** site: the part `subscribe` as HTML */
  readonly subscribePart: string;
}

/** `/editions`: a month of editions. */
export interface ArchivePage {
  /** edition: `May 2025`; empty before the first edition */
  readonly month: string;
  /** edition: its weeks, Monday first */
  readonly weeks: readonly {
    /** edition: ISO's number */
    readonly number: number;
    readonly days: readonly {
      /** edition: of the month; empty where the day is of another */
      readonly day: string;
      /** edition: of that day, the first first, each by its number in the day and in full */
      readonly editions: readonly (Way & { readonly says: string })[];
    }[];
  }[];
  /** edition: of the month, newest first */
  readonly editions: readonly EditionEntry[];
  /** edition: every year that has one, newest first, with its months */
  readonly years: readonly { readonly year: string; readonly months: readonly Way[] }[];
  /** edition: the month before that has one, if any */
  readonly earlier?: Way;
  /** edition: the month after that has one, if any */
  readonly later?: Way;
  /** site: when there will be something to read, in a sentence; absent where there is */
  readonly awaited?: string;
}

/** `/subscribe`: the whole form. */
export interface SubscribePage {
  /** site */
  readonly siteName: string;
  /** subscriber: the part `papers` as HTML */
  readonly papersPart: string;
  /** subscriber: the part `times` as HTML */
  readonly timesPart: string;
  /** subscriber: the part `digests` as HTML, of the newest edition; absent until asked for */
  readonly digestsPart?: string;
  /** subscriber: the same of those before it; may be absent */
  readonly earlierPart?: string;
  /** subscriber: as typed */
  readonly address: string;
  /** subscriber: what was wrong with the last try, one sentence each */
  readonly errors: readonly string[];
  /** site: what whoever subscribes agrees to */
  readonly consentText: string;
  /** subscriber: where one who is subscribed makes the search a topic; absent without one */
  readonly follow?: string;
  /** site: what whoever ticks the box beside it agrees to besides */
  readonly announcementsText: string;
  /** subscriber: true where it is ticked */
  readonly wantsAnnouncements: boolean;
}

/** Each of these pages by the name of its template. */
export interface FrontPageViews {
  home: HomePage;
  edition: EditionPage;
  group: GroupPage;
  editions: ArchivePage;
  subscribe: SubscribePage;
}

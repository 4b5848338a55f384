/** What the pages of circles show; as in pages.ts each field says whose variable it is. */

/** A circle in a reader's list. */
export interface CircleLine {
  /** subscriber */
  readonly name: string;
  /** subscriber: its page */
  readonly link: string;
  /** subscriber: `8 members; you are Ada there` */
  readonly said: string;
}

/** `/circles`: those that a reader is in, and a form to open one. */
export interface CirclesPage {
  /** subscriber */
  readonly circles: readonly CircleLine[];
  /** subscriber: as typed */
  readonly name: string;
  /** subscriber: as typed */
  readonly as: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber */
  readonly maskedAddress: string;
  /** site: so many members at most */
  readonly mostMembers: number;
}

/** `/join/:token`: asks for the one press that joins. */
export interface JoinPage {
  /** site */
  readonly siteName: string;
  /** subscriber: of the circle */
  readonly circle: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber: as typed */
  readonly as: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: where one signs in; absent for who is */
  readonly signIn?: string;
  /** subscriber: absent before they sign in */
  readonly asked?: {
    /** subscriber */
    readonly formToken: string;
    /** subscriber */
    readonly maskedAddress: string;
  };
}

/** What a member said of a paper. */
export interface NoteView {
  /** subscriber */
  readonly id: number;
  /** subscriber: who */
  readonly by: string;
  /** subscriber: may be empty */
  readonly text: string;
  /** subscriber: the meeting over the paper that it tells of; absent where it tells of none */
  readonly meets?: string;
  /** subscriber: true where it says that the meeting is off */
  readonly isOff: boolean;
  /** subscriber: `7 May 2025` */
  readonly date: string;
  /** subscriber: theirs to take back */
  readonly isOwn: boolean;
  /** subscriber: true after they reported it */
  readonly isReported: boolean;
  /** subscriber: for the owner, how many reported it; absent where nobody did */
  readonly reports?: number;
  /** subscriber: who can be muted; absent for who may not or did */
  readonly mute?: number;
}

/** A paper of a circle. */
export interface CirclePaperView {
  /** subscriber: among those of the circle */
  readonly id: number;
  /** paper: or its id, before its source told of it */
  readonly title: string;
  /** paper: its page here, else elsewhere; absent where none is known */
  readonly link?: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** subscriber: the earliest first */
  readonly notes: readonly NoteView[];
  /** subscriber: when they met over it, or will: `Meeting: Thursday, 12 March 2026, 14:00` */
  readonly meetings: readonly string[];
}

/** A member in the list of a circle. */
export interface MemberView {
  /** subscriber */
  readonly id: number;
  /** subscriber */
  readonly name: string;
  /** subscriber: `the owner`, `since 7 May 2025` */
  readonly said: string;
  /** subscriber: true for whoever looks */
  readonly isSelf: boolean;
  /** subscriber */
  readonly isMuted: boolean;
}

/** `/circles/:id`: a circle, for one of its members. */
export interface CirclePage {
  /** subscriber */
  readonly name: string;
  /** subscriber: where its forms post to */
  readonly here: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber: how many, and who they are there */
  readonly said: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: since when nothing is said there any more; absent where it is open */
  readonly closed?: string;
  /** subscriber: true where a restore cannot know whether they are still in */
  readonly isAside: boolean;
  /** subscriber */
  readonly isOwner: boolean;
  /** subscriber: absent where none is set */
  readonly next?: {
    /** paper */
    readonly title: string;
    /** subscriber */
    readonly when: string;
    /** subscriber: `Set by Ben.`; absent where they are gone */
    readonly said?: string;
    /** subscriber: as a file */
    readonly calendar: string;
  };
  /** subscriber: the page of this week */
  readonly week: string;
  /** subscriber: the name of their zone */
  readonly zone: string;
  /** subscriber: links that need no signing in; absent before they are made */
  readonly programs?: readonly { readonly label: string; readonly link: string }[];
  /** subscriber: that which was last said first */
  readonly papers: readonly CirclePaperView[];
  /** subscriber: as typed: an id, and what is said of it */
  readonly typed: string;
  /** subscriber */
  readonly line: string;
  /** subscriber: the longest first */
  readonly members: readonly MemberView[];
  /** subscriber: for the owner, the link to join by; absent where there is none */
  readonly invitation?: { readonly link: string; readonly said: string };
  /** site: so many lines a reader in a day */
  readonly notesADay: number;
  /** site: so many characters a line */
  readonly longestLine: number;
}

/** `/circles/for/:paper`: marks a paper for a circle. */
export interface MarkPage {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: its page here */
  readonly link: string;
  /** subscriber: where the form posts to */
  readonly action: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber: those that they may choose from; none where they are in none */
  readonly circles: readonly {
    readonly id: number;
    readonly name: string;
    readonly isChosen: boolean;
  }[];
  /** subscriber: as typed */
  readonly line: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: the circle that has it now; absent before */
  readonly done?: { readonly name: string; readonly link: string };
  /** site: so many lines a reader in a day */
  readonly notesADay: number;
  /** site: so many characters a line */
  readonly longestLine: number;
}

/** `/circles/:id/weeks/:week`, `/circle/:token`: what a circle said in a week. */
export interface CircleWeekPage {
  /** subscriber */
  readonly heading: string;
  /** subscriber: that which was last said first */
  readonly papers: readonly CirclePaperView[];
  /** subscriber: absent where the circle was not open yet */
  readonly earlier?: string;
  /** subscriber: absent where it is to come */
  readonly later?: string;
}

/** The pages of circles by the names of their templates. */
export interface CirclePageViews {
  circles: CirclesPage;
  circle: CirclePage;
  'circle-join': JoinPage;
  'circle-mark': MarkPage;
  'circle-week': CircleWeekPage;
}

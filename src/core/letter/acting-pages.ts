/** What the pages of a reader's session show; as in pages.ts each field says whose variable it is. */

/** `/sign-in`: a form that mails a link to act on the web. */
export interface SignInPage {
  /** subscriber: as typed */
  readonly address: string;
  /** subscriber: where they go on */
  readonly next: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber: true after it was sent, whatever the address */
  readonly isDone: boolean;
}

/** `/session/:token`: asks for the one press that signs in. */
export interface SessionPage {
  /** site */
  readonly siteName: string;
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber: where the form posts to */
  readonly action: string;
}

/** `/votes/:paper`: a reader's vote on a paper. */
export interface WebVotePage {
  /** paper */
  readonly title: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: its page here */
  readonly link: string;
  /** paper: where the form posts to */
  readonly action: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber: what they asked for */
  readonly isMore: boolean;
  /** subscriber */
  readonly isLess: boolean;
  /** subscriber: true where they did not vote yet */
  readonly isAsked: boolean;
  /** subscriber: true where they meant to press "less" before they signed in */
  readonly isLessFirst: boolean;
}

/** `/follow`: makes what was searched for a topic. */
export interface FollowPage {
  /** subscriber */
  readonly topic: string;
  /** subscriber */
  readonly formToken: string;
  /** subscriber: why it cannot be one */
  readonly error?: string;
  /** subscriber: true where it is one of theirs */
  readonly isDone: boolean;
}

/** A proposed paper as all see it. */
export interface ProposalView {
  /** paper */
  readonly id: number;
  /** paper */
  readonly title: string;
  /** paper: http(s) address; absent where unknown */
  readonly link?: string;
  /** paper: shortened list; absent where unknown */
  readonly authors?: string;
  /** paper: its beginning; absent where there is none */
  readonly abstract?: string;
  /** paper: `7 May 2025`; absent where unknown */
  readonly date?: string;
  /** subscriber: who proposed it, where they wished to be named */
  readonly named?: string;
  /** paper: readers who want it, beside the one who proposed it */
  readonly votes: number;
}

/** A reader's own proposal in their list. */
export interface OwnProposalLine {
  /** paper */
  readonly id: number;
  /** paper: or its id, before its source told of it */
  readonly title: string;
  /** paper: its page here; absent where it has none */
  readonly link?: string;
  /** subscriber: what became of it, in a sentence */
  readonly said: string;
  /** subscriber */
  readonly canWithdraw: boolean;
}

/** `/propose`: a form to propose a paper, and what became of those before. */
export interface ProposePage {
  /** subscriber: as typed */
  readonly paper: string;
  /** subscriber: as typed */
  readonly named: string;
  /** subscriber: what was wrong with the last try */
  readonly error?: string;
  /** subscriber */
  readonly maskedAddress: string;
  /** subscriber */
  readonly formToken: string;
  /** site: so many in a day */
  readonly most: number;
  /** site: so many days old at most */
  readonly oldest: number;
  /** site: so many readers take one into the draft */
  readonly readers: number;
  /** subscriber: their own, the newest first */
  readonly own: readonly OwnProposalLine[];
}

/** `/propose/:id`: one proposed paper, for whoever is signed in. */
export interface ProposalPage extends ProposalView {
  /** subscriber */
  readonly formToken: string;
  /** site: the operator's mailbox */
  readonly contact: string;
  /** paper */
  readonly isShown: boolean;
  /** paper */
  readonly isTaken: boolean;
  /** subscriber */
  readonly isOwn: boolean;
  /** subscriber */
  readonly hasVoted: boolean;
  /** subscriber: true after they reported it */
  readonly isReported: boolean;
}

/** `/proposals`: what readers propose, the same for everyone. */
export interface ProposalsPage {
  /** paper: the newest first */
  readonly proposals: readonly ProposalView[];
  /** paper: those that were taken last */
  readonly taken: readonly ProposalView[];
  /** site: so many readers take one into the draft */
  readonly readers: number;
  /** site: so many days old at most */
  readonly oldest: number;
  /** site: the operator's mailbox */
  readonly contact: string;
}

/** The pages of a session by the names of their templates. */
export interface ActingPageViews {
  'sign-in': SignInPage;
  session: SessionPage;
  'web-vote': WebVotePage;
  follow: FollowPage;
  propose: ProposePage;
  proposal: ProposalPage;
  proposals: ProposalsPage;
}

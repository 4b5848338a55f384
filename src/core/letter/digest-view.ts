import type { ItemKind } from './item.ts';

/** Everything the templates may show of one digest. Each field says whose variable it is: edition, paper or subscriber. */
export interface DigestView {
  /** edition: as the pages name it, e.g. `2025-05-07` */
  readonly editionName: string;
  /** edition: for people, e.g. `Wednesday, 7 May 2025` */
  readonly editionDate: string;
  /** edition: papers of the edition(s) after merging duplicates; 0 where it is of none */
  readonly paperCount: number;
  /** subscriber: what kind of day it is, e.g. `Today: retrieval, GNNs; 12 of 84 papers chosen; 3 minutes.` */
  readonly day: string;
  /** edition: true for the bundled sample, which is labelled as such everywhere */
  readonly isSample: boolean;
  /** edition: what the covering window cut off or merged, or what this copy corrects; absent where nothing */
  readonly note?: string;
  /** edition: true for a copy that corrects an earlier one */
  readonly isCorrection?: boolean;
  /** edition: true for a copy that only an operator gets, to look at */
  readonly isTest?: boolean;
  /** subscriber: papers beside the editions, in a group for each way that they came; absent where none, and in the web view */
  readonly items?: readonly ItemGroupView[];
  /** subscriber: chosen papers, best first */
  readonly chosen: readonly ChosenView[];
  /** paper: what the editors picked beside them; absent where nothing */
  readonly picked?: readonly ChosenView[];
  /** paper: of earlier editions, with the votes that they gained; absent where none */
  readonly rising?: readonly PaperView[];
  /** paper: what they were sent before and was corrected or retracted since; absent where none, and in the web view */
  readonly amended?: readonly AmendedView[];
  /** subscriber: what they kept last week, once a week; absent where not wished, and in the web view */
  readonly kept?: KeptView;
  /** edition: the rest of the day in groups, papers chosen for this subscriber left out */
  readonly groups: readonly GroupView[];
  /** subscriber: papers that did not fit into the mail */
  readonly moreCount: number;
  /** subscriber: why the mail is as long as it is, e.g. `84 papers today, 9 for you`; absent in the web view */
  readonly extent?: string;
}

/** One paper as pages and mails show it. */
export interface PaperView {
  /** paper */
  readonly title: string;
  /** paper: `Ada Lovelace, Alan Turing and 3 more`; absent where unknown */
  readonly authors?: string;
  /** paper: http(s) address; absent where unknown */
  readonly link?: string;
  /** paper: one or two sentences; absent where there is no abstract */
  readonly summary?: string;
  /** subscriber: why it is here, e.g. `You follow reward models.`; absent in the web view */
  readonly reason?: string;
}

/** One chosen paper. */
export interface ChosenView extends PaperView {
  /** paper: the end of its vote link */
  readonly id: number;
  /** subscriber: true for the one place outside their habits, which says so above the title */
  readonly isOutside?: boolean;
  /** paper: true for what the editors picked, which says so above the title */
  readonly isPicked?: boolean;
  /** paper: the end of its page's address, behind `links.home`; absent where it has none yet */
  readonly page?: string;
}

/** Papers that came to one reader alone in one way. */
export interface ItemGroupView {
  /** subscriber: `alert`, `citation`, `note` */
  readonly kind: ItemKind;
  /** subscriber: `From your alerts` */
  readonly label: string;
  /** subscriber */
  readonly papers: readonly ItemView[];
  /** subscriber: how many more stand on their page alone */
  readonly moreCount: number;
}

/** One of them. */
export interface ItemView extends PaperView {
  /** paper: the end of its vote link; absent where it is no paper of an edition */
  readonly id?: number;
  /** paper: the end of its page's address, behind `links.home`; absent where it has none */
  readonly page?: string;
}

/** One paper that was corrected or retracted after the reader got it. */
export interface AmendedView {
  /** paper */
  readonly title: string;
  /** paper: `Publisher Correction`, `Retracted` */
  readonly said: string;
  /** paper: where it is said; absent where unknown */
  readonly link?: string;
}

/** What the reader kept in a week. */
export interface KeptView {
  /** paper: the first ones */
  readonly papers: readonly { readonly title: string; readonly link?: string }[];
  /** subscriber: how many more stand on their page */
  readonly moreCount: number;
}

/** Papers that are about the same thing. */
export interface GroupView {
  /** edition */
  readonly label: string;
  /** edition: one sentence on the group; absent where papers of it stand above or are hidden, since it counts them */
  readonly overview?: string;
  /** paper: the first few, title and link */
  readonly papers: readonly { readonly title: string; readonly link?: string }[];
  /** edition: how many further papers the group has beyond those listed */
  readonly moreCount: number;
  /** edition: the end of its address, behind `links.home`; absent where the edition has no page */
  readonly path?: string;
}

/** Links that stand in a digest; those that act for the reader are absent in the web view. */
export interface DigestLinks {
  readonly home: string;
  readonly edition: string;
  /** The same digest as a page. */
  readonly view?: string;
  readonly preferences?: string;
  readonly unsubscribe?: string;
  /** Where others subscribe; absent where that is `home`, which on a site for members only is the reader's own. */
  readonly subscribe?: string;
  /** Where a paper's votes begin: `/` and the paper's id come after it. */
  readonly vote?: string;
  /** Where keeping a paper begins: `/` and the paper's id come after it. */
  readonly keep?: string;
  /** Where a paper is marked for a circle: `/` and its id come after it; absent for who is in none. */
  readonly circle?: string;
}

/** The sender's own words, from the configuration. */
export interface SenderView {
  readonly siteName: string;
  readonly postalAddress: string;
  /** Mailbox of the operator, for questions. */
  readonly contact: string;
  /** Addresses of the pages that law asks for; absent where they are not set. */
  readonly imprint?: string;
  readonly privacy?: string;
}

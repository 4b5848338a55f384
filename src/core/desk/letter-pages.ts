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

/** What stands around every page of the desk. */
export interface DeskFrame {
  /** Who is signed in. */
  readonly operator: string;
  /** What every form carries back. */
  readonly formToken: string;
  readonly links: readonly {
    readonly label: string;
    readonly link: string;
    readonly isCurrent: boolean;
  }[];
}

/** A number under its words, in the colour of its part of a drawing. */
export interface CountLine {
  readonly label: string;
  readonly count: number;
  readonly tone: string;
  /** The list of them. */
  readonly link?: string;
  /** The last words of a server to one of them. */
  readonly reply?: string;
}

/** A link that is a button, or a form of one button. */
export interface DeskButton {
  readonly label: string;
  /** Where a link leads; absent where it is a form. */
  readonly link?: string;
  /** Where a form posts to, and what. */
  readonly action?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export interface DeskChoice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

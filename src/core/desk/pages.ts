/**
 * What each page of the operator's desk shows: the data of `templates/pages/desk/*.hbs`. All of
 * it is for operators; times come as text in UTC.
 */

/** What stands around every page of the desk. */
export interface DeskFrame {
  /** Who is signed in. */
  readonly operator: string;
  /** What every form carries back. */
  readonly formToken: string;
  readonly links: readonly { readonly label: string; readonly link: string }[];
}

/** `/admin/sign-in`: a name and a password, or how to make the first operator. */
export interface SignInPage {
  readonly hasOperators: boolean;
  /** As typed. */
  readonly name: string;
  /** Where to go on afterwards. */
  readonly next: string;
  readonly error?: string;
}

/** `/admin/sessions`: who is signed in where. */
export interface SessionsPage {
  readonly formToken: string;
  /** True for who may end those of others. */
  readonly mayEnd: boolean;
  readonly sessions: readonly {
    readonly id: number;
    readonly operator: string;
    readonly since: string;
    readonly seen: string;
    readonly isHere: boolean;
  }[];
}

/** `/admin/subscribers`: who reads. */
export interface SubscribersPage {
  /** Oldest first. */
  readonly readers: readonly {
    readonly link: string;
    readonly address: string;
    readonly state: string;
  }[];
}

/** `/admin/subscribers/:id`: why one reader did or did not get mail. */
export interface SubscriberPage {
  readonly address: string;
  readonly state: string;
  /** The date asked for, or empty. */
  readonly asked: string;
  /** Newest first, what `paperround why` says of each date. */
  readonly days: readonly { readonly date: string; readonly lines: readonly string[] }[];
}

/** Each page of the desk by the name of its template. */
export interface DeskPageViews {
  'desk/sign-in': SignInPage;
  'desk/sessions': SessionsPage;
  'desk/subscribers': SubscribersPage;
  'desk/subscriber': SubscriberPage;
}

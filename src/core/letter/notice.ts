import type { Right } from '../reader/keys.ts';

/** What is frozen of a notice: a plain letter with at most one button and one more link. */
export interface NoticeContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Its link is signed anew at each rendering, so that no token lies in the database. */
  readonly button?: {
    readonly label: string;
    readonly right: Right;
    readonly row: number;
    /** A page below the one that the link opens. */
    readonly path?: string;
  };
  /** Something to read on the site, by its path. */
  readonly more?: { readonly label: string; readonly path: string };
  /** True for mail to a subscriber as such: it says how to leave. A confirmation has nothing to leave. */
  readonly isSubscribed: boolean;
}

/** Tells a notice from what else is frozen. */
export function isNotice(content: object): content is NoticeContent {
  return 'paragraphs' in content;
}

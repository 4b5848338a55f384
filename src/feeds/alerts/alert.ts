import type { PaperKind } from '../../core/paper/kinds.ts';
import type { PaperIds } from '../../core/paper/paper.ts';

/** One paper as a mail names it; what the mail does not say is left out. */
export interface NamedPaper {
  readonly title: string;
  /** In reading order, as the mail spells them. */
  readonly authors: readonly string[];
  /** The mail names only some of them. */
  readonly hasMoreAuthors: boolean;
  readonly venue?: string;
  readonly year?: number;
  readonly ids: PaperIds;
  /** Google Scholar's number of the paper, 64 bits without a sign, in decimal. */
  readonly scholar?: string;
  /** Where it leads, where the link says so itself. */
  readonly link?: string;
  /** What the mail says of it, as text. */
  readonly says?: string;
  /** The works of the reader, or that they follow, which it cites. */
  readonly cites: readonly string[];
  readonly section?: string;
}

/** What stands in a mail as papers do and is none. */
export interface NoPaper {
  readonly title: string;
  readonly kind: PaperKind;
  readonly why: string;
}

/** Kinds of Google Scholar's alerts, from its links' `folt`. */
export type ScholarKind = 'articles' | 'citations' | 'related' | 'query' | 'other';

/** A mail that was understood. */
export interface Alert {
  /** The id of a row of `ALERT_KINDS`, or `unknown` where only ids and links told. */
  readonly kind: string;
  /** Who sends it, as readers know it; absent where that is not known. */
  readonly service?: string;
  readonly scholar?: ScholarKind;
  /** What it is an alert of, in the reader's words: `reward models`. */
  readonly about: string;
  /** The same for every mail of one alert. */
  readonly key: string;
  readonly papers: readonly NamedPaper[];
  readonly others: readonly NoPaper[];
  /** How many more there are, where the mail says that it names only some. */
  readonly more?: number;
}

/** A mail as an alert's reader needs it. */
export interface AlertMail {
  readonly from: string;
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

/**
 * Parts that several pages share: the data of `templates/pages/parts/*.hbs`. Each field
 * says whose variable it is, as in pages.ts.
 */
import type { ImportPart } from '../desk/subscriber-pages.ts';
import type { ProgressPart } from '../desk/today-pages.ts';
import type { PagePaper } from './front-pages.ts';
import type { Choice } from './pages.ts';
import type { HeadPart } from './paper-pages.ts';

/** What to choose papers by. Field names of the form: fields, topics, exclude, authors, crossLists, surprise. */
export interface PapersPart {
  /** subscriber: ready-made fields, under what they belong to */
  readonly areas: readonly { readonly name: string; readonly fields: readonly Choice[] }[];
  /** subscriber: one topic per line */
  readonly topics: string;
  /** subscriber: what only the preference page asks; absent elsewhere */
  readonly more?: {
    /** subscriber: one word or phrase per line */
    readonly exclude: string;
    /** subscriber: what each of these words would have kept away; empty without a word */
    readonly hides: readonly HidingWord[];
    /** subscriber: one name per line */
    readonly authors: string;
    /** subscriber */
    readonly crossLists: boolean;
    /** subscriber */
    readonly surprise: boolean;
  };
}

/** A word that is never shown, and what it would have hidden of the last editions. */
export interface HidingWord {
  /** subscriber */
  readonly word: string;
  /** subscriber: so many papers */
  readonly papers: number;
  /** subscriber: the first of them */
  readonly titles: readonly string[];
}

/** An address field with its button, the same for all. Field names: address, website. */
export interface SubscribePart {
  /** site: what one gets, in a sentence */
  readonly heading: string;
  /** site: what whoever subscribes agrees to */
  readonly consentText: string;
}

/** When to come and with how much. Field names: days, hour, zone, count, language, pausedUntil, announcements, quietNote, itemsOnly. */
export interface TimesPart {
  /** subscriber: the seven days, Monday first */
  readonly days: readonly Choice[];
  /** subscriber: the quarters of the day, `07:00` */
  readonly hours: readonly Choice[];
  /** subscriber: IANA names, each with the names under which a browser may report it */
  readonly zones: readonly (Choice & { readonly alsoCalled: string })[];
  /** subscriber: papers per mail */
  readonly counts: readonly Choice[];
  /** subscriber: how old the edition is at that hour, in a sentence */
  readonly freshness: string;
  /** subscriber: of mails and pages, the site's own first; absent where it is not asked */
  readonly languages?: readonly Choice[];
  /** subscriber: what only the preference page asks; absent elsewhere */
  readonly more?: {
    /** subscriber: a date, or empty */
    readonly pausedUntil: string;
    /** subscriber */
    readonly quietNote: boolean;
    /** site: absent where nothing is named to readers */
    readonly items?: {
      /** subscriber: whether they get nothing else */
      readonly only: boolean;
    };
    /** subscriber: none, those about the service, all */
    readonly announcements: readonly Choice[];
  };
}

/** What a reader would have got of editions that are out. */
export interface DigestsPart {
  /** subscriber: newest first */
  readonly digests: readonly PreviewedDigestView[];
}

/** A digest that nobody was sent. */
export interface PreviewedDigestView {
  /** edition: `Wednesday, 7 May 2025` */
  readonly date: string;
  /** edition: address of its page */
  readonly link: string;
  /** edition */
  readonly paperCount: number;
  /** subscriber: how many of them stand here, e.g. `3 of 84 papers shown` */
  readonly shownOf: string;
  /** subscriber: the best of it, best first; empty on a day without a mail */
  readonly chosen: readonly ChosenPaper[];
  /** subscriber: how many more it would have had */
  readonly moreCount: number;
}

/** A chosen paper with its reason. */
export interface ChosenPaper extends PagePaper {
  /** subscriber: why it is here; absent where its label says it all */
  readonly reason?: string;
  /** subscriber: true for the one place outside their habits */
  readonly isOutside?: boolean;
  /** subscriber: what a vote changed, e.g. `up 3 places`; absent where nothing */
  readonly moved?: string;
}

/** Each part by the name of its template, with what it shows. */
export interface PartViews {
  head: HeadPart;
  papers: PapersPart;
  times: TimesPart;
  subscribe: SubscribePart;
  digests: DigestsPart;
  progress: ProgressPart;
  import: ImportPart;
}

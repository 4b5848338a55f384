import type { MeetingTime } from '../circles/meeting.ts';
import { type Author, foldTitle, type Paper } from '../paper/paper.ts';

/** What brings a paper to one reader beside the editions, as it stands in a letter: many come by alerts, and few are marked for somebody. */
export const ITEM_KINDS = ['note', 'citation', 'alert'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** An alert of the reader's named a paper. */
export interface AlertReason {
  readonly code: 'alert';
  /** Who sends the alert, as readers know it: `Google Scholar`; absent where it is not known. */
  readonly from?: string;
  /** What it is an alert of, in the reader's words: `reward models`; absent where the mail does not say. */
  readonly about?: string;
}

/** A paper cites a work of the reader's. */
export interface CitationReason {
  readonly code: 'cites';
  readonly title: string;
}

/** A work of the reader's was retracted; it stands among what cites them. */
export interface RetractedReason {
  readonly code: 'retracted';
  readonly title: string;
  /** Who says so: `OpenAlex`. */
  readonly by: string;
}

/** What a member of a circle said of a paper; its text may be empty. */
export interface SaidNote {
  /** The id that digests freeze. */
  readonly note: string;
  readonly circle: string;
  readonly by: string;
  readonly text: string;
  /** Present where it says that the circle meets over the paper. */
  readonly meeting?: (MeetingTime & { readonly isCancelled: boolean }) | undefined;
}

/** Somebody marked a paper for a circle of the reader's; who, and what they wrote, is never frozen. */
export interface NoteReason {
  readonly code: 'note';
  readonly note: string;
  /** What it says now, once it was looked up. */
  readonly said?: SaidNote;
}

/** Why an item is there, as it is frozen: codes with their values. */
export type SaidReason = AlertReason | CitationReason | RetractedReason | NoteReason;

/** The same with what tells it from others: an alert of which several mails come, a cited work. */
export type ItemReason = SaidReason & { readonly key: string };

/**
 * A paper as what brings it to a reader names it: shown to this reader alone, and only where no
 * public source says more.
 */
export type NamedPaper = Paper & {
  /** Where it appeared, as its source writes it; cleaned. */
  readonly venue?: string;
  /** What is said of it where that is no abstract; cleaned. */
  readonly says?: string;
};

/** A paper for one reader, and why. Of two papers with one name in `guid`, see `nameItem`, both are one. */
export interface NewItem {
  readonly kind: ItemKind;
  readonly paper: NamedPaper;
  readonly reason: ItemReason;
}

/** The same as it is stored: JSON holds a date as its text. */
export type ToldPaper = Omit<NamedPaper, 'publishedAt'> & { readonly publishedAt?: string };

/** No paper has more: who forwards a hundred alerts that name it sees the first. */
const MOST_REASONS = 50;

/** Known reasons with one more; the same array where it is among them. */
export function addReason(known: readonly ItemReason[], reason: ItemReason): readonly ItemReason[] {
  const isKnown = known.some(({ code, key }) => code === reason.code && key === reason.key);
  return isKnown || known.length >= MOST_REASONS ? known : [...known, reason];
}

/**
 * What names a work among the items of a reader: its strongest key. A title alone names no paper,
 * since several have it; beside its first author it does.
 */
export function nameItemWork(keys: readonly string[], authors: readonly Author[]): string {
  const [strongest = ''] = keys;
  if (!strongest.startsWith('title:')) return strongest;
  const [first] = authors;
  return first ? `${strongest} ${foldTitle(first.name)}` : strongest;
}

import { foldTitle } from '../paper/paper.ts';
import { cleanText } from '../text/text.ts';

// Bounds of what one reader may bring to others. Each is said where it is felt.

/** So many readers read together; more is a mailing list. */
export const MOST_MEMBERS = 300;
/** So many circles one reader is in. */
export const MOST_CIRCLES = 20;
/** So many one reader opens in a day. */
export const OPENED_A_DAY = 3;
/** So many lines one reader writes in a day, over all circles. */
export const NOTES_A_DAY = 10;
/** So many lines a circle gets in a day: each of its members has them in one mail. */
export const NOTES_OF_CIRCLE_A_DAY = 60;
/** In characters. */
export const LONGEST_LINE = 500;
const LONGEST_NAME = 60;
/** Nobody types so much by hand: it is not read any further. */
const LONGEST_TYPED = 8 * LONGEST_LINE;

const DAY_MS = 24 * 3_600_000;
/** An invitation ends after so long, or after so many joined by it. */
const INVITATION_MS = 14 * DAY_MS;
const MOST_USES = 50;
/** How long an invitation made at a moment lets in, and how many. */
export function invitationFrom(at: Date, mostUses = MOST_USES) {
  return { at, expiresAt: new Date(at.getTime() + INVITATION_MS), mostUses };
}

/** A circle that nobody is in any more waits so long for somebody; its owner, who takes no mail, too. */
export const WAITS_MS = 14 * DAY_MS;
/** A circle that was closed can be read for so long. */
export const READABLE_MS = 14 * DAY_MS;

type Named = { readonly name: string } | { readonly fault: string };

/** Reads the name of a circle or of a member: some words, which lead nowhere. */
export function readName(typed: string): Named {
  const long = { fault: `A name has at most ${LONGEST_NAME} letters.` };
  if (typed.length > LONGEST_TYPED) return long;
  const name = cleanText(typed);
  if ([...name].length > LONGEST_NAME) return long;
  if (foldName(name) === '') return { fault: 'A name has at least one letter.' };
  return /[@/]|www\.|\w\.\w/i.test(name)
    ? { fault: 'A name is words: no address, and no link.' }
    : { name };
}

/** What two members of one circle may not have alike: the letters and digits of their names. */
export function foldName(name: string): string {
  return foldTitle(name);
}

/** Reads what is said of a paper: one line, which may be empty. */
export function readLine(typed: string): { readonly text: string } | { readonly fault: string } {
  const long = { fault: `A line has at most ${LONGEST_LINE} characters.` };
  if (typed.length > LONGEST_TYPED) return long;
  const text = cleanText(typed);
  return [...text].length > LONGEST_LINE ? long : { text };
}

/** A member as the rules see them. */
export interface Standing {
  readonly isOwner: boolean;
  /** False for who left, or was taken out. */
  readonly isIn: boolean;
}

/** Why somebody may not do what only the owner may; undefined where they may. */
export function refuseOwning({ isOwner }: Standing): string | undefined {
  return isOwner ? undefined : 'Only the owner of a circle can do that.';
}

/** What is known of an invitation when somebody opens it. */
export interface Invitation {
  readonly expiresAt: Date;
  readonly uses: number;
  readonly mostUses: number;
}

/** Whether one can join by an invitation now. */
export function isOpen({ expiresAt, uses, mostUses }: Invitation, now: Date): boolean {
  return expiresAt > now && uses < mostUses;
}

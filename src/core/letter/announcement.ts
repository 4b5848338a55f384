/**
 * What operators write to readers: a text in Markdown under a subject, to all active readers or to
 * some. Its words are kept once, beside the ledger; a delivery of it is frozen as its number.
 */

/** Whom an announcement is for; all active readers where nothing is said. */
export interface Audience {
  /** Who reads a field, by its id. */
  readonly field?: string | undefined;
  /** Whose address has these letters in it, such as `@uni.example`. */
  readonly address?: string | undefined;
}

/** What an operator writes. */
export interface AnnouncementText {
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  /** True for words about the service itself, which need no consent of their own. */
  readonly isService: boolean;
}

/** What is frozen of a delivery of it. */
export interface AnnouncementContent {
  readonly announcement: number;
}

export type AnnouncementState = 'draft' | 'discarded' | 'sending' | 'sent' | 'cancelled';

/** What of an announcement and its deliveries says how far it is. */
export interface AnnouncementFacts {
  readonly releasedAt: Date | null;
  readonly discardedAt: Date | null;
  readonly isCancelled: boolean;
  /** Deliveries that are ready, deferred or on the wire. */
  readonly open: number;
}

export const LONGEST_SUBJECT = 150;
/** In characters: far below the size at which programs cut a mail off. */
export const LONGEST_BODY = 20_000;

/** Tells an announcement from what else is frozen. */
export function isAnnouncement(content: object): content is AnnouncementContent {
  return 'announcement' in content;
}

/** How far it is. */
export function stateOf(facts: AnnouncementFacts): AnnouncementState {
  if (facts.discardedAt) return 'discarded';
  if (!facts.releasedAt) return 'draft';
  if (facts.isCancelled) return 'cancelled';
  return facts.open > 0 ? 'sending' : 'sent';
}

/** Its name where it is paused, resumed or cancelled: `announcement-7`. */
export function nameAnnouncement(id: number): string {
  return `announcement-${id}`;
}

/** The id in such a name; undefined where it is none. */
export function parseAnnouncementName(name: string): number | undefined {
  const [, id] = /^announcement-([1-9]\d{0,14})$/.exec(name) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Whom it is for, in words: `all active readers who read Robotics`. */
export function tellAudience(
  { field, address }: Audience,
  isService: boolean,
  nameField: (id: string) => string,
): string {
  const who = isService
    ? 'active readers who take announcements'
    : 'active readers who asked for other announcements';
  return [
    who,
    ...(field ? [`read ${nameField(field)}`] : []),
    ...(address ? [`have "${address}" in their address`] : []),
  ].join(field || address ? ' and ' : '');
}

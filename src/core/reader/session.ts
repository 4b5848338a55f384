/** How long a reader's session lasts. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** Where a reader goes on who asked to sign in at no place. */
export const FIRST_PLACE = '/propose';

/** What a page of a session is about: a paper to vote for, what was proposed, or a topic. */
const PLACE =
  /^\/(?:votes\/\d{1,15}(?:\?way=(?:more|less))?|propose(?:\/\d{1,15})?|follow\?topic=[\w%+.*-]{1,800})$/;

/** A page of a session to go on to, and no other place. */
export function readPlace(next: unknown): string {
  return typeof next === 'string' && PLACE.test(next) ? next : FIRST_PLACE;
}

import { allLanguages } from '../words/languages.ts';

/** How long a reader's session lasts. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** Where a reader goes on who asked to sign in at no place. */
export const FIRST_PLACE = '/propose';

/** What a page of a session is about, in any language: a paper to vote for or keep, what was proposed, a topic, a circle. */
const PLACE = new RegExp(
  `^(?:/(?:${allLanguages.join('|')}))?/(?:${[
    String.raw`votes/\d{1,15}(?:\?way=(?:more|less))?`,
    String.raw`propose(?:/\d{1,15})?`,
    String.raw`follow\?topic=[\w%+.*-]{1,800}`,
    String.raw`my-papers(?:/\d{1,15})?`,
    String.raw`circles(?:/(?:for/)?\d{1,15}(?:/weeks/\d{4}-W\d\d)?)?`,
    String.raw`join/[\w.-]{1,80}`,
  ].join('|')})$`,
);

/** A page of a session to go on to, and no other place than that or the first. */
export function readPlace(next: unknown, first: string = FIRST_PLACE): string {
  return typeof next === 'string' && PLACE.test(next) ? next : first;
}

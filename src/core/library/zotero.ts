import { momentOf } from '../text/words.ts';
import type { Words } from '../words/words.ts';

/** What is known of Zotero's web API: the only place that says it. Source: its documentation, version 3. */
export const ZOTERO = {
  base: 'https://api.zotero.org',
  setting: 'ZOTERO_URL',
  /** It says no number, but asks for few requests at once and for heed to Backoff and Retry-After. */
  spacingMs: 1000,
  /** More than five wrong keys in five minutes shut out an address, and every key that comes from it. */
  refusedRestMs: 75_000,
  pageSize: 100,
  /** A library of ours holds 2,000 papers; beside them may stand web pages, notes and files. */
  mostPages: 40,
} as const;

/** A library at Zotero as its API names it: `users/475425`, `groups/2482`. */
export type ZoteroPlace = `${'users' | 'groups'}/${number}`;

const HOW =
  'Type users/ and your user ID, which Zotero shows under Settings, Security, Applications; or the address of a group, such as https://www.zotero.org/groups/2482.';

/**
 * Reads a library as people type it (`users/475425`, a user ID alone, or the address of a group's or
 * user's page) with its key where one is given; or says in a sentence what else to type.
 */
export function readZoteroWish(
  library: string,
  typedKey: string,
): { readonly place: ZoteroPlace; readonly key?: string } | { readonly fault: string } {
  const text = library.trim();
  const [, kind = 'users', number] = PLACE.exec(text) ?? [];
  if (number === undefined || Number(number) === 0) {
    const isPage = /zotero\.org\/[^/]+/i.test(text);
    const what = isPage
      ? 'That address names no number, which Zotero needs.'
      : 'That is no library.';
    return { fault: `${what} ${HOW}` };
  }
  const key = typedKey.trim();
  if (key !== '' && !/^[A-Za-z0-9]{16,64}$/.test(key)) {
    return { fault: 'That is no key: Zotero gives 24 letters and digits.' };
  }
  const place: ZoteroPlace = `${/groups/i.test(kind) ? 'groups' : 'users'}/${Number(number)}`;
  return { place, ...(key !== '' && { key }) };
}

const PLACE =
  /^(?:(?:https?:\/\/)?(?:www\.|api\.)?zotero\.org\/(?=users|groups))?(?:(users|groups)\/)?(\d{1,12})(?:[/?#].*)?$/i;

/** The page of a library for people. */
export function zoteroPage(place: string): string {
  return `https://www.zotero.org/${place}`;
}

/** Why a library could not be read. */
export const zoteroProblems = [
  'private',
  'key',
  'gone',
  'busy',
  'unreachable',
  'malformed',
  'sealed',
] as const;

export type ZoteroProblem = (typeof zoteroProblems)[number];

/** How reading a library goes, in a sentence or two for its reader and for operators. */
export function tellReading(
  library: {
    readonly readAt: Date | null;
    readonly nextAt: Date | null;
    readonly problem: ZoteroProblem | null;
    readonly leftOut: number;
  },
  papers: number,
  words: Words,
): string {
  const { readAt, nextAt, problem, leftOut } = library;
  const said = (at: Date) => ({ count: papers, leftOut, at: momentOf(at) });
  const read = readAt
    ? words.say(leftOut > 0 ? 'zotero.readFull' : 'zotero.read', said(readAt))
    : words.say('zotero.notRead');
  if (problem === null) return read;
  const again = nextAt
    ? words.say('zotero.again', { at: momentOf(nextAt) })
    : words.say('zotero.never');
  return words.say('zotero.failed', { read, problem: words.say(`zotero.${problem}`), again });
}

/** What came of asking: an HTTP status, or what kind of fault there was. */
export function judgeZotero(
  failure: { readonly status?: number | undefined; readonly code: string },
  hasKey: boolean,
): ZoteroProblem {
  const { status, code } = failure;
  if (status === 401 || status === 403) return hasKey ? 'key' : 'private';
  if (status === 404 || status === 410) return 'gone';
  if (code === 'busy') return 'busy';
  return code === 'malformed' || code === 'too-large' ? 'malformed' : 'unreachable';
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No answer keeps us away for longer. */
const LONGEST_WAIT_MS = 7 * DAY_MS;
/** What only the reader can mend is tried once a day, so many times. */
const GIVE_UP_AFTER = 14;
const NEEDS_READER: readonly ZoteroProblem[] = ['private', 'key', 'gone', 'sealed'];

/** When a library is read next: a day after it was read; undefined once only its reader can help. */
export function nextReading(
  at: Date,
  failed?: { readonly problem: ZoteroProblem; readonly failures: number; readonly waitMs?: number },
): Date | undefined {
  if (!failed) return new Date(at.getTime() + DAY_MS);
  const { problem, failures, waitMs = 0 } = failed;
  const isTheirs = NEEDS_READER.includes(problem);
  if (isTheirs && failures > GIVE_UP_AFTER) return undefined;
  const backOff = isTheirs ? DAY_MS : HOUR_MS * 2 ** Math.min(5, failures - 1);
  return new Date(
    at.getTime() + Math.max(Math.min(waitMs, LONGEST_WAIT_MS), Math.min(DAY_MS, backOff)),
  );
}

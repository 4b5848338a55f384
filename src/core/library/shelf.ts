/** A reader's shelf: the collection at Zotero into which their kept papers go. */
import { momentOf } from '../text/words.ts';
import type { Words } from '../words/words.ts';
import type { ZoteroProblem } from './zotero.ts';

/** Why nothing goes to a shelf now. */
export type ShelfProblem = Exclude<ZoteroProblem, 'private'> | 'denied';

/** What became of one paper: it is there, its reader removed it there, or Zotero does not take it. */
export type ShelvedState = 'done' | 'left' | 'failed';

/** What of a paper Zotero answered to. */
export type ItemAnswer =
  | { readonly kind: 'done' | 'again' | 'homeless' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Alphabet of Zotero's keys: without digits and letters that look alike. */
const ALPHABET = '23456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
const KEY_LENGTH = 8;

/** A key of an item or a collection, made of bytes that say nothing. Needs eight of them. */
export function makeZoteroKey(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, KEY_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join(
    '',
  );
}

/**
 * What is to be made of Zotero's answer to one item that was to be made anew. That it is there
 * already (412) is what we want: we, or its reader since, wrote it. Source: dataserver, and its tests.
 */
export function judgeItem(failed?: {
  readonly code: number;
  readonly message: string;
}): ItemAnswer {
  if (!failed) return { kind: 'done' };
  const { code, message } = failed;
  if (code === 412) return { kind: 'done' };
  if (code === 409 && /collection/i.test(message)) return { kind: 'homeless' };
  if (code >= 500 || code === 429) return { kind: 'again' };
  return { kind: 'failed', reason: message || `HTTP ${code}` };
}

/** What came of asking: an HTTP status, or what kind of fault there was. */
export function judgeShelving({
  status,
  code,
}: {
  readonly status?: number | undefined;
  readonly code: string;
}): ShelfProblem {
  if (status === 401) return 'key';
  if (status === 403) return 'denied';
  if (status === 404 || status === 410) return 'gone';
  if (code === 'busy') return 'busy';
  return code === 'malformed' || code === 'too-large' ? 'malformed' : 'unreachable';
}

const MINUTE_MS = 60_000;
const LONGEST_MS = 6 * 60 * MINUTE_MS;
const NEEDS_READER: readonly ShelfProblem[] = ['key', 'denied', 'gone', 'sealed'];

/** When it is tried again after a fault; null where only its reader can help. */
export function nextShelving(
  at: Date,
  failed: { readonly problem: ShelfProblem; readonly failures: number; readonly waitMs?: number },
): Date | null {
  const { problem, failures, waitMs = 0 } = failed;
  if (NEEDS_READER.includes(problem)) return null;
  const backOff = Math.min(LONGEST_MS, MINUTE_MS * 2 ** Math.min(9, failures - 1));
  return new Date(at.getTime() + Math.max(waitMs, backOff));
}

/** How it goes with a shelf, in a sentence or two for its reader. */
export function tellShelf(
  shelf: {
    readonly problem: ShelfProblem | null;
    readonly nextAt: Date | null;
    readonly pushedAt: Date | null;
    readonly hasCollection: boolean;
  },
  counts: { readonly done: number; readonly left: number; readonly waiting: number },
  words: Words,
): string {
  const { problem, nextAt, pushedAt, hasCollection } = shelf;
  const { done, left, waiting } = counts;
  return [
    done > 0 ? words.say('shelf.done', { count: done }) : '',
    left > 0 ? words.say('shelf.left', { count: left }) : '',
    waiting > 0 ? words.say('shelf.waiting', { count: waiting }) : '',
    pushedAt ? words.say('shelf.last', { at: momentOf(pushedAt) }) : '',
    hasCollection ? '' : words.say('shelf.homeless'),
    problem
      ? words.say('shelf.failed', {
          problem: words.say(`shelf.${problem}`),
          again: nextAt
            ? words.say('zotero.again', { at: momentOf(nextAt) })
            : words.say('shelf.never'),
        })
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

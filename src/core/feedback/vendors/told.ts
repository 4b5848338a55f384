import { FULL } from '../../letter/answers.ts';
import { judgeBounce } from '../bounce.ts';
import type { FeedbackEvent } from '../events.ts';

/** One thing that a vendor tells of a message, in the words of `POST /hooks/feedback`. */
export type Told = Exclude<FeedbackEvent, { raw: string }>;

/** What a request of a vendor came to: its events, under a key by which the same is known when it comes again. */
export interface Reading {
  readonly key: string;
  readonly events: readonly Told[];
}

/** Whom a failure is about, as the vendor sees it: nobody is there, not now, or us. */
export type Failure = 'hard' | 'soft' | 'policy';

/** What a vendor names a message by. */
export interface Names {
  /** Our own id, which it hands back. */
  readonly reference?: unknown;
  readonly messageId?: unknown;
}

const LONGEST_TEXT = 2_000;
const ENHANCED = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
/** A code that leaves it to the words. */
const VAGUE = '5.0.0';
/** A basic code that says "not now", where no other stands before it. */
const PASSING = /^\W*(?:smtp;\s*)?4\d\d\b/i;
const otherwise: Readonly<Record<Failure, string>> = {
  hard: '5.1.1',
  soft: '4.0.0',
  policy: '5.7.0',
};

/** A bounce; the server's own code counts where it says as much as the vendor does. */
export function tellBounce(
  failure: Failure,
  names: Names,
  said: { readonly status?: unknown; readonly text?: unknown },
): Told[] {
  const text = typeof said.text === 'string' ? said.text.slice(0, LONGEST_TEXT) : '';
  const status = typeof said.status === 'string' ? said.status : '';
  const found = ENHANCED.exec(status)?.[1] ?? ENHANCED.exec(text)?.[1];
  const isPassing = found?.startsWith('4') ?? PASSING.test(text);
  // What was tried for long and given up, vendors call permanent: of nobody it says that they are gone.
  const meant = failure === 'hard' && isPassing ? 'soft' : failure;
  return tell({ type: 'bounce', enhancedCode: codeOf(meant, found, text), text }, names);
}

function codeOf(failure: Failure, found: string | undefined, text: string): string {
  if (found === undefined || /\.0\.0$/.test(found)) {
    return failure === 'hard' && saysOtherwise(text) ? VAGUE : otherwise[failure];
  }
  // What is still tried says of nobody that they are gone.
  if (failure === 'soft') return found.replace(/^\d/, '4');
  if (failure === 'policy') return /^5\.[67]\./.test(found) ? found : otherwise.policy;
  return found.replace(/^\d/, '5');
}

/** Whether a server's words behind a vendor's "hard" are of us, of a shut mailbox or of a full one. */
function saysOtherwise(text: string): boolean {
  const kind = judgeBounce({ code: 550, enhancedCode: VAGUE, text });
  return kind === 'policy' || kind === 'disabled' || FULL.test(text);
}

/** A complaint, a wish to leave, or that the message was handed over. */
export function tellOf(type: 'complaint' | 'unsubscribe' | 'delivered', names: Names): Told[] {
  return tell({ type }, names);
}

/** Nothing where the message has no name that we could know. */
function tell(event: Omit<Told, 'reference' | 'messageId'>, names: Names): Told[] {
  const reference = shortText(names.reference, 200);
  const messageId = shortText(names.messageId, 998);
  if (reference === undefined && messageId === undefined) return [];
  return [
    {
      ...event,
      ...(reference === undefined ? {} : { reference }),
      ...(messageId === undefined ? {} : { messageId }),
    },
  ];
}

function shortText(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined;
}

/** A member of what may be anything. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** A member by its name in any case: relays write names of headers in a case of their own. */
export function memberLike(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return own === undefined ? undefined : memberOf(value, own);
}

/** The items of what may be a list, or one thing. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A text, or nothing. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

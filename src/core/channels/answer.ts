/** What a service answered, or that it did not. */
export interface ServiceAnswer {
  /** Absent where no answer came. */
  readonly status?: number | undefined;
  /** The beginning of the answer's text as it came. */
  readonly text?: string | undefined;
  /** By its `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
  /** No byte of the post went out. */
  readonly isUnsent?: boolean | undefined;
  /** What happened, in words. */
  readonly words: string;
}

/** What an answer means for a post. */
export type PostVerdict =
  | { readonly kind: 'accepted'; readonly words: string }
  /** Nothing was said of the post yet: it comes again after a time. */
  | { readonly kind: 'later'; readonly words: string; readonly waitMs?: number }
  /** A no that will stay one; `isGone` where nothing posted there will ever stand. */
  | { readonly kind: 'refused'; readonly words: string; readonly isGone: boolean }
  /** Bytes went out, and nobody knows whether it stands. */
  | { readonly kind: 'in_doubt'; readonly words: string };

/** How one service answers. */
export interface Manners {
  /** Whether a 2xx says that the message stands. */
  readonly accepts: (text: string) => boolean;
  /** What such an answer leaves open, where it does. */
  readonly leavesOpen?: string;
  /** Answers after which nothing is posted there any more: a status with what its text holds. */
  readonly gone: readonly { readonly status: number; readonly says?: RegExp }[];
  /** How long a body asks us to stay away, in milliseconds; `Retry-After` is read of all. */
  readonly waitIn?: (text: string) => number | undefined;
  /** True where a 5xx is no more than a no: the same message is known there by its name. */
  readonly isSafe?: boolean;
}

const MINUTE_MS = 60_000;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;
const REQUEST_TIMEOUT = 408;
const TOO_MANY = 429;

/**
 * Decides by what was read: a yes counts where it says what this service's yes says; any other, and
 * an error of the server's, leave it in doubt, since a message may stand behind both.
 */
export function judgeAnswer(answer: ServiceAnswer, manners: Manners): PostVerdict {
  const { status, text = '', words } = answer;
  if (status === undefined) return { kind: answer.isUnsent ? 'later' : 'in_doubt', words };
  if (status >= 200 && status < 300) return judgeYes(text, words, manners);
  if (status === TOO_MANY) return { kind: 'later', words, waitMs: waitOf(answer, manners) };
  if (status >= 500 && manners.isSafe) {
    return { kind: 'later', words, waitMs: Math.max(MINUTE_MS, waitOf(answer, manners)) };
  }
  if (status >= 500 || status === REQUEST_TIMEOUT || status < 200) {
    return { kind: 'in_doubt', words: `${words}: a message may stand behind it` };
  }
  const isGone = manners.gone.some(
    (one) => one.status === status && (one.says === undefined || one.says.test(text)),
  );
  return { kind: 'refused', words, isGone };
}

function judgeYes(text: string, words: string, { accepts, leavesOpen }: Manners): PostVerdict {
  if (!accepts(text)) {
    return { kind: 'in_doubt', words: `${words}, without what it says when a message stands` };
  }
  return { kind: 'accepted', words: leavesOpen ? `${words}: ${leavesOpen}` : words };
}

function waitOf({ text = '', retryAfterMs }: ServiceAnswer, { waitIn }: Manners): number {
  const asked = retryAfterMs ?? waitIn?.(text) ?? MINUTE_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.ceil(asked)));
}

/** One field of a JSON answer; undefined where it is none, or none is there. */
export function fieldOf(text: string, name: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? Reflect.get(read, name) : undefined;
  } catch {
    return undefined;
  }
}

/** A number of a JSON answer in so many milliseconds a piece. */
export function waitField(text: string, name: string, unitMs: number): number | undefined {
  const value = fieldOf(text, name);
  return typeof value === 'number' && value >= 0 ? value * unitMs : undefined;
}

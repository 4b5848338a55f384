import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request as send } from 'undici';
import { FeedError } from '../core/feed/feed.ts';
import { type AnswerHeaders, dropBody, header, headerOf, readBody } from './body.ts';
import { checkHost } from './connect.ts';
import { type CookiesOfFetch, openCookies } from './cookies.ts';
import { toFeedError } from './fetch-error.ts';

export interface FetchRequest {
  readonly url: string;
  readonly accept?: string;
  /** Validators of the last answer, for a conditional request (RFC 9110 section 13). */
  readonly etag?: string;
  readonly lastModified?: string;
  /** A status that is no success but whose body is wanted: arXiv explains itself in a 400. */
  readonly alsoStatus?: number;
  /** Further fields, which may hold a secret: no other host gets them by a redirect. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON to post; no redirect is followed then. */
  readonly post?: string;
  /** Not asked a second time, whatever comes of it: it writes, or somebody waits for it. */
  readonly isOnce?: boolean;
  /** A turn that comes later is not waited for. */
  readonly mostWaitMs?: number;
  /** For how long nobody is asked there after an answer, beside what that says itself. */
  readonly restAfter?: (answer: Pick<FetchedBytes, 'status' | 'bytes'>) => number;
}

export interface FetchLimits {
  /** For one answer from the request to its last byte. */
  readonly timeoutMs: number;
  /** Between two pieces of an answer. */
  readonly chunkTimeoutMs: number;
  /** Of the body, both as sent and decoded. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one. */
  readonly backoffMs: number;
  /** A Retry-After beyond this ends the attempts. */
  readonly maxWaitMs: number;
}

export interface FetchRules extends FetchLimits {
  readonly userAgent: string;
  readonly allowPrivate: boolean;
  /** Awaited before every request, so that the caller may space them; see `Turn`. */
  readonly turn: (host: string, mostWaitMs?: number) => Promise<Turn | undefined>;
  readonly dispatcher: Dispatcher;
}

/**
 * The turn to speak to a host, where its requests go one by one: given back after the answer, with
 * how long that asked us to stay away.
 */
export type Turn = (restMs: number) => Promise<unknown>;

export interface FetchedBytes {
  readonly status: number;
  /** A 304: nothing new since the validators given; `bytes` is empty. */
  readonly isUnchanged: boolean;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly headers: AnswerHeaders;
}

const RETRIED_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);
const RETRIED_CODE = new Set(['network', 'timeout', 'status', 'busy']);

/**
 * Fetches one http(s) address within the rules: each redirect is checked like the first
 * address, an answer that says "later" is asked again no earlier than it says. Throws
 * FeedError for everything else that is no success.
 */
export async function fetchBytes(
  request: FetchRequest,
  rules: FetchRules,
  signal?: AbortSignal,
): Promise<FetchedBytes> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchOnce(request, rules, signal);
    } catch (cause) {
      const error = toFeedError(cause, request.url, signal);
      const waitMs = request.isOnce ? undefined : retryDelay(error, attempt, rules);
      if (waitMs === undefined) throw error;
      await sleep(waitMs, undefined, signal && { signal }).catch((stopped: unknown) => {
        throw toFeedError(stopped, request.url, signal);
      });
    }
  }
}

function retryDelay(error: FeedError, attempt: number, rules: FetchRules): number | undefined {
  if (attempt >= rules.attempts || !RETRIED_CODE.has(error.code)) return undefined;
  if (error.status !== undefined && !RETRIED_STATUS.has(error.status)) return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (asked > rules.maxWaitMs) return undefined;
  return Math.max(asked, rules.backoffMs * 2 ** (attempt - 1));
}

async function fetchOnce(
  request: FetchRequest,
  rules: FetchRules,
  signal?: AbortSignal,
): Promise<FetchedBytes> {
  const cookies = openCookies();
  let url = parseHttpUrl(request.url);
  for (let hop = 0; hop <= rules.maxRedirects; hop += 1) {
    const answer = await fetchHop(url, request, { ...rules, signal, cookies });
    if (!(answer instanceof URL)) return answer;
    url = answer;
  }
  throw new FeedError(
    'too-many-redirects',
    `The address redirects more than ${rules.maxRedirects} times.`,
  );
}

interface HopRules extends FetchRules {
  readonly signal: AbortSignal | undefined;
  readonly cookies: CookiesOfFetch;
}

/** One request in its turn; the address to go on to where the answer is a redirect. */
async function fetchHop(
  url: URL,
  request: FetchRequest,
  rules: HopRules,
): Promise<FetchedBytes | URL> {
  if (!rules.allowPrivate) checkHost(url);
  const endTurn = await rules.turn(url.hostname, request.mostWaitMs);
  let restMs = 0;
  try {
    const answer = await ask(url, request, { ...rules, reset: endTurn !== undefined });
    if (!(answer instanceof URL)) {
      restMs = Math.max(readBackoff(answer.headers), request.restAfter?.(answer) ?? 0);
    }
    return answer;
  } catch (error) {
    if (error instanceof FeedError) restMs = error.retryAfterMs ?? 0;
    throw error;
  } finally {
    await endTurn?.(restMs);
  }
}

/** Zotero's own field, in seconds, which any answer may have. */
function readBackoff(headers: AnswerHeaders): number {
  const text = headerOf(headers, 'backoff') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) * 1000 : 0;
}

/** With `reset`, the connection ends with the answer: where turns count, so do connections. */
async function ask(
  url: URL,
  request: FetchRequest,
  rules: HopRules & { readonly reset: boolean },
): Promise<FetchedBytes | URL> {
  const timeout = AbortSignal.timeout(rules.timeoutMs);
  const signal = rules.signal ? AbortSignal.any([rules.signal, timeout]) : timeout;
  const answer = await send(url, {
    dispatcher: rules.dispatcher,
    reset: rules.reset,
    ...(request.post !== undefined && { method: 'POST' as const, body: request.post }),
    headers: { ...requestHeaders(url, request, rules), ...rules.cookies.headerFor(url) },
    headersTimeout: rules.chunkTimeoutMs,
    bodyTimeout: rules.chunkTimeoutMs,
    signal,
  });
  const { statusCode: status } = answer;
  rules.cookies.keep(url, answer.headers['set-cookie']);
  const location = header(answer, 'location');
  const isMoved = status >= 300 && status < 400 && location !== undefined;
  if (isMoved && request.post === undefined) {
    await answer.body.dump({ limit: 4096, signal });
    return parseHttpUrl(location, url);
  }
  const isUnchanged = status === 304;
  if (!isUnchanged && (status < 200 || status > 299) && status !== request.alsoStatus) {
    await answer.body.dump({ limit: 4096, signal });
    throw statusError(answer, url);
  }
  const bytes = isUnchanged
    ? await dropBody(answer)
    : await readBody(answer, rules.maxBytes, signal);
  const etag = header(answer, 'etag');
  const lastModified = header(answer, 'last-modified');
  return {
    status,
    isUnchanged,
    bytes,
    contentType: header(answer, 'content-type') ?? '',
    headers: answer.headers,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

function requestHeaders(
  url: URL,
  request: FetchRequest,
  { userAgent }: FetchRules,
): Record<string, string> {
  const isFirstHost = url.origin === new URL(request.url).origin;
  return {
    ...(isFirstHost && request.headers),
    'user-agent': userAgent,
    accept: request.accept ?? '*/*',
    'accept-encoding': 'gzip, br',
    ...(request.etag !== undefined && { 'if-none-match': request.etag }),
    ...(request.lastModified !== undefined && { 'if-modified-since': request.lastModified }),
    ...(request.post !== undefined && { 'content-type': 'application/json' }),
  };
}

function parseHttpUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new FeedError('bad-address', `"${text.slice(0, 200)}" is not an http or https address.`);
}

function statusError(answer: Dispatcher.ResponseData, url: URL): FeedError {
  const { statusCode: status } = answer;
  const retryAfterMs = parseRetryAfter(header(answer, 'retry-after'));
  const isBusy = status === 429 || status === 503;
  const message = isBusy
    ? `${url.hostname} asks us to come back later (HTTP ${status}).`
    : `${url.hostname} answered with HTTP ${status}.`;
  return new FeedError(isBusy ? 'busy' : 'status', message, {
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Source: RFC 9110 section 10.2.3; seconds or a date. */
function parseRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type Agent, type Dispatcher, request } from 'undici';
import { createDialer, findPrivateHost } from '../dial/dial.ts';

/** A request to an address elsewhere: a plain GET, or a POST of JSON. */
export interface Posting {
  readonly url: string;
  readonly post?: {
    readonly body: string;
    /** Signed as Standard Webhooks says, by each of the secrets; the same id at every try of one message. */
    readonly signed: { readonly id: string; readonly secrets: readonly string[] };
  };
  /** Whether it may stand in a private network: true for what the configuration itself names. */
  readonly mayBePrivate: boolean;
}

/** What came of it, in words without the address. */
export interface PostAnswer {
  readonly isTaken: boolean;
  readonly words: string;
  /** Absent where no answer came. */
  readonly status?: number;
  /** How long the answer asks us to stay away. */
  readonly retryAfterMs?: number;
  /** The beginning of the answer's text, in one line. */
  readonly said?: string;
}

/** The one way to say something to an address elsewhere. */
export interface Poster {
  /** Sends one request; never rejects. Taken is what was answered by 2xx in time; a redirect is not followed. */
  post(posting: Posting): Promise<PostAnswer>;
  close(): Promise<void>;
}

export interface PosterOptions {
  /** For one request as a whole: Standard Webhooks advises 15 to 30 s. */
  readonly timeoutMs?: number;
  /** How names are resolved; the system's resolver by default. */
  readonly lookup?: LookupFunction;
}

const TIMEOUT_MS = 15_000;
/** More of an answer is not read. */
const MOST_BYTES = 64 * 1024;
const MOST_SAID = 200;
const PRIVATE = 'ERR_PRIVATE_ADDRESS';
const AGENT_NAME = { 'user-agent': 'paperround' };

/** Opens nothing before the first request. */
export function createPoster({ timeoutMs = TIMEOUT_MS, lookup }: PosterOptions = {}): Poster {
  const limits = { connections: 2, connectTimeoutMs: timeoutMs, maxBytes: MOST_BYTES, lookup };
  const guarded = createDialer({ ...limits, refuse: refusal });
  const open = createDialer({ ...limits, refuse: undefined });
  return {
    async post(posting) {
      try {
        const url = new URL(posting.url);
        if (!posting.mayBePrivate && findPrivateHost(url)) throw refusal();
        return await ask(url, posting, { agent: posting.mayBePrivate ? open : guarded, timeoutMs });
      } catch (error) {
        return { isTaken: false, words: tellError(error, timeoutMs) };
      }
    },
    // What is under way is broken off: its turn comes again.
    async close() {
      await Promise.all([guarded.destroy(), open.destroy()]);
    },
  };
}

async function ask(
  url: URL,
  posting: Posting,
  { agent, timeoutMs }: { agent: Agent; timeoutMs: number },
): Promise<PostAnswer> {
  const {
    statusCode: status,
    headers,
    body,
  } = await request(url, {
    ...methodOf(posting),
    dispatcher: agent,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const said = await readBeginning(body);
  const retryAfterMs = parseRetryAfter(headers['retry-after']);
  const isRedirect = status >= 300 && status < 400;
  return {
    isTaken: status >= 200 && status < 300,
    words: `HTTP ${status}${isRedirect ? ', and redirects are not followed' : ''}`,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(said ? { said } : {}),
  };
}

function methodOf({ post }: Posting) {
  if (!post) return { method: 'GET' as const, headers: AGENT_NAME };
  const { id, secrets } = post.signed;
  // Receivers hold the time of signing against their own clocks.
  const at = new Date();
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, post.body));
  return {
    method: 'POST' as const,
    body: post.body,
    headers: {
      ...AGENT_NAME,
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  };
}

/** An answer that breaks off or never ends was an answer all the same: its status counts. */
async function readBeginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= MOST_BYTES) break;
    }
  } catch {
    // What came before it broke off is told.
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_SAID);
}

/** Source: RFC 9110 section 10.2.3; seconds or a date. */
function parseRetryAfter(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function refusal(): Error {
  return Object.assign(new Error('a private address'), { code: PRIVATE });
}

/** The address may be a secret: an error is told by its code alone. */
function tellError(error: unknown, timeoutMs: number): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  if (name === 'HTTPParserError') return 'its answer is no HTTP';
  if (code === PRIVATE) return 'it is no address of the public internet';
  return typeof code === 'string' ? code : 'it could not be asked';
}

import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type Agent, type Dispatcher, request } from 'undici';
import { createDialer, findPrivateHost } from '../dial/dial.ts';

/** A request to an address elsewhere: a plain GET, or one with a body. */
export interface Posting {
  readonly url: string;
  readonly post?: {
    readonly body: string;
    /** Signed as Standard Webhooks says, by each of the secrets; the same id at every try of one message. */
    readonly signed?: { readonly id: string; readonly secrets: readonly string[] };
    /** POST where it is absent. */
    readonly method?: 'PUT';
    /** JSON where it is absent. */
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
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
  /** As much of it as is read, as it came. */
  readonly text?: string;
  /** True where no byte of the request went out. */
  readonly isUnsent?: true;
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
/** A connection that does not come about in this part of the time is told from an answer that does not come. */
const TO_CONNECT = 2 / 3;
/** Failures of the connection, before anything is written on it; Node's, OpenSSL's and undici's. */
const BEFORE_BYTES =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ERR_PRIVATE_ADDRESS|ERR_INVALID_URL|ERR_TLS_\w+|ERR_SSL_WRONG_VERSION_NUMBER|CERT_\w+|\w*_CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

/** Opens nothing before the first request. */
export function createPoster({ timeoutMs = TIMEOUT_MS, lookup }: PosterOptions = {}): Poster {
  const connectTimeoutMs = timeoutMs * TO_CONNECT;
  const limits = { connections: 2, connectTimeoutMs, maxBytes: MOST_BYTES, lookup };
  const guarded = createDialer({ ...limits, refuse: refusal });
  const open = createDialer({ ...limits, refuse: undefined });
  return {
    async post(posting) {
      try {
        const url = new URL(posting.url);
        if (!posting.mayBePrivate && findPrivateHost(url)) throw refusal();
        return await ask(url, posting, { agent: posting.mayBePrivate ? open : guarded, timeoutMs });
      } catch (error) {
        const words = tellError(error, timeoutMs);
        return { isTaken: false, words, ...(isBeforeBytes(error) ? { isUnsent: true } : {}) };
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
  const text = await readBeginning(body);
  const said = inOneLine(text);
  const retryAfterMs = parseRetryAfter(headers['retry-after']);
  const isRedirect = status >= 300 && status < 400;
  return {
    isTaken: status >= 200 && status < 300,
    words: `HTTP ${status}${isRedirect ? ', and redirects are not followed' : ''}`,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(said ? { said, text } : {}),
  };
}

function methodOf({ post }: Posting) {
  if (!post) return { method: 'GET' as const, headers: AGENT_NAME };
  const { method = 'POST', body, contentType = 'application/json' } = post;
  const headers = { ...AGENT_NAME, ...post.headers, 'content-type': contentType };
  return { method, body, headers: { ...headers, ...(post.signed ? sign(body, post.signed) : {}) } };
}

function sign(body: string, { id, secrets }: { id: string; secrets: readonly string[] }) {
  // Receivers hold the time of signing against their own clocks.
  const at = new Date();
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
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
  return Buffer.concat(chunks).toString('utf8');
}

function inOneLine(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_SAID);
}

/** Source: RFC 9110 section 10.2.3; seconds or a date. Zulip gives parts of a second. */
function parseRetryAfter(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const ms = /^\d{1,9}(\.\d+)?$/.test(text.trim())
    ? Number(text) * 1000
    : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function refusal(): Error {
  return Object.assign(new Error('a private address'), { code: PRIVATE });
}

function isBeforeBytes(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  // A host may become unreachable in the midst of a request, too.
  return syscall !== 'read' && syscall !== 'write' && BEFORE_BYTES.test(String(code));
}

/** The address may be a secret: an error is told by its code alone. */
function tellError(error: unknown, timeoutMs: number): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  if (name === 'HTTPParserError') return 'its answer is no HTTP';
  if (code === PRIVATE) return 'it is no address of the public internet';
  return typeof code === 'string' ? code : 'it could not be asked';
}

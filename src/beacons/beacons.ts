import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';

/** A request to be sent: a plain GET, or a signed POST. */
export interface BeaconRequest {
  readonly url: string;
  /** Signed as Standard Webhooks says; the same id at every try of one message. */
  readonly post?: { readonly id: string; readonly body: string; readonly secret: string };
}

/** What came of it, in words without the address. */
export interface BeaconAnswer {
  readonly isTaken: boolean;
  readonly words: string;
}

/** The one way to say something to an address elsewhere. */
export interface Beacons {
  /** Sends one request; never rejects. Taken is what was answered by 2xx in time; a redirect is not followed. */
  send(beacon: BeaconRequest): Promise<BeaconAnswer>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
/** Of an answer nothing is read but its status. */
const MOST_BYTES = 64 * 1024;

/** Opens nothing before the first beacon; `timeoutMs` is for one request as a whole. */
export function createBeacons({ timeoutMs = TIMEOUT_MS } = {}): Beacons {
  const agent = new Agent({ connections: 2, maxResponseSize: MOST_BYTES, pipelining: 0 });
  return {
    async send(beacon) {
      try {
        const { statusCode, body } = await request(beacon.url, {
          ...methodOf(beacon),
          dispatcher: agent,
          signal: AbortSignal.timeout(timeoutMs),
        });
        await body.dump({ limit: MOST_BYTES }).catch(() => undefined);
        const isTaken = statusCode >= 200 && statusCode < 300;
        const isRedirect = statusCode >= 300 && statusCode < 400;
        const words = `HTTP ${statusCode}${isRedirect ? ', and redirects are not followed' : ''}`;
        return { isTaken, words };
      } catch (error) {
        return { isTaken: false, words: tellError(error, timeoutMs) };
      }
    },
    // What is under way is broken off: its turn comes again.
    close: () => agent.destroy(),
  };
}

function methodOf({ post }: BeaconRequest) {
  const agentName = { 'user-agent': 'paperround' };
  if (!post) return { method: 'GET' as const, headers: agentName };
  const { id, body, secret } = post;
  // Receivers hold the time of signing against their own clocks.
  const at = new Date();
  return {
    method: 'POST' as const,
    body,
    headers: {
      ...agentName,
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}

/** The address may be a secret: an error is told by its code alone. */
function tellError(error: unknown, timeoutMs: number): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return typeof code === 'string' ? code : 'it could not be asked';
}

import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import type { RecipientVerdict } from '../core/feedback/recipient.ts';

/** A mail as a way in has it. */
export interface ArrivedMail {
  readonly source: 'smtp' | 'spool';
  /** The same mail once more has the same key. */
  readonly key: string;
  /** Empty for the null sender; null where it is not known. */
  readonly mailFrom: string | null;
  readonly rcptTo: readonly string[];
  /** The IP address that handed it over; null where that is not known. */
  readonly client: string | null;
  readonly raw: Uint8Array;
}

/** Resolves once the mail cannot be lost any more; whether it is new does not matter to a way in. */
export type Take = (mail: ArrivedMail) => Promise<unknown>;

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** What is larger is no report; RFC 1870 tells the other side before it sends it. */
export const LARGEST_INBOUND = 5 * 1024 * 1024;
const MOST_CLIENTS = 50;
/** RFC 5321, 4.5.3.1.8 asks for a hundred. */
const MOST_RECIPIENTS = 100;
const IDLE_MS = 60_000;
const SESSION_MS = 10 * 60_000;

const refusals: Record<Exclude<RecipientVerdict, 'ours'>, string> = {
  relay: '5.7.1 This server takes mail for its own domain only',
  unknown: '5.1.1 No such mailbox here',
};

/**
 * Listens for mail that comes back. It takes what is for our domain and relays nothing, has no
 * sign-in, and answers 250 only when `take` has resolved; where that fails it is 451, and the
 * other side keeps the mail and comes again.
 */
export async function openListener(options: {
  readonly host: string;
  readonly port: number;
  readonly judge: (address: string) => Promise<RecipientVerdict>;
  readonly take: Take;
  readonly onError: (error: Error) => void;
}): Promise<Listener> {
  const { host, port, judge, take, onError } = options;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: LARGEST_INBOUND,
    maxClients: MOST_CLIENTS,
    maxRecipients: MOST_RECIPIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: 2_000,
    logger: false,
    onRcptTo({ address }, _session, callback) {
      judge(address).then(
        (verdict) => callback(verdict === 'ours' ? null : refusal(550, refusals[verdict])),
        (error: Error) => {
          onError(error);
          callback(later());
        },
      );
    },
    onData(stream, { envelope, remoteAddress }, callback) {
      const { mailFrom, rcptTo } = envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      const to = rcptTo.map(({ address }) => address);
      takeData(stream, { from, to, client: remoteAddress }, take).then(
        () => callback(null, '2.0.0 Taken'),
        (error: Error) => {
          if (!('responseCode' in error)) onError(error);
          callback('responseCode' in error ? error : later());
        },
      );
    },
  });
  server.on('error', onError);
  const endSlow = closeSlow(server);
  const boundPort = await listen(server, host, port);
  return {
    port: boundPort,
    close() {
      endSlow();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: SMTPServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}

async function takeData(
  stream: Readable & { sizeExceeded?: boolean },
  { from, to, client }: { from: string; to: readonly string[]; client: string },
  take: Take,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_INBOUND) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > LARGEST_INBOUND || stream.sizeExceeded) {
    throw refusal(552, '5.3.4 This message is larger than what is taken here');
  }
  const raw = Buffer.concat(chunks);
  // A server that did not hear our 250 sends the same bytes again.
  const hash = createHash('sha256')
    .update(JSON.stringify([from, to]))
    .update(raw)
    .digest('hex');
  await take({ source: 'smtp', key: `smtp:${hash}`, mailFrom: from, rcptTo: to, client, raw });
}

const later = () => refusal(451, '4.3.0 Please try again later');

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Ends sessions that keep a place by sending a byte now and then; the function that stops it. */
function closeSlow(server: SMTPServer): () => void {
  const sinceBySession = new WeakMap<object, number>();
  const timer = setInterval(() => {
    for (const connection of server.connections) {
      const since = sinceBySession.get(connection) ?? performance.now();
      sinceBySession.set(connection, since);
      if (performance.now() - since > SESSION_MS) connection.close();
    }
  }, IDLE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

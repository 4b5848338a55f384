import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { judgeReply } from '../../core/letter/answers.ts';
import type { SendResult } from '../../core/letter/delivery.ts';
import type { PaceAsk } from '../../core/letter/rate.ts';
import type { SignMessage } from '../dkim.ts';
import type { Message } from '../message.ts';
import { createRelayPace, type RelayPace } from './relay-pace.ts';
import { createTransaction, type Deadlines } from './transaction.ts';

/** Where mail is handed over: one SMTP relay, or several. */
export interface Relay {
  /** For logs and attempts: host and port, never credentials. */
  readonly name: string;
  /** A place for one message, where the relay bears one more now; one that is not in `except`. */
  takeSeat(except?: ReadonlySet<string>): Seat | undefined;
  /** True where it neither is away nor asked for less. */
  isWell(): boolean;
  /** Ends idle connections at once; those in use end with their message. */
  close(): void;
  /** Breaks every connection at once: what is on the wire ends as it stands. */
  drop(): void;
}

/** The use of one connection for one message: sent with, or left. */
export interface Seat {
  /** The name of the relay that it belongs to. */
  readonly relay: string;
  /** Sends one message to its one recipient and leaves. Never rejects: what was read is in the result. */
  send(message: Message, checks: Checks): Promise<SendResult>;
  leave(): void;
}

/** What is asked in the course of a message. */
export interface Checks {
  /**
   * Asked just before MAIL FROM, with the relay's own limit where it has one: resolves when
   * it is this message's turn, or with a `paced` result, and then nothing is said of it.
   */
  readonly turn?: (ask: PaceAsk | undefined) => Promise<SendResult | undefined>;
  /**
   * Awaited after the server's 354 and before the first byte of the body: where it answers
   * false or throws, no byte is sent and the connection is dropped.
   */
  readonly gate: () => Promise<boolean>;
}

export interface RelayOptions extends Deadlines {
  /** `smtp[s]://user:password@host:port` */
  readonly url: string;
  /** True for a relay that is not on this machine. */
  readonly requireTls: boolean;
  /** Our own name in EHLO. */
  readonly clientName: string;
  /** At once, at most. */
  readonly connections: number;
  /** Milliseconds from one message to the next over all processes, where it is limited. */
  readonly intervalMs?: number | undefined;
  /** Puts signatures before a message; absent where the relay signs. */
  readonly sign?: SignMessage | undefined;
}

const ENDING = 'the process is ending';
const noSuchDomain: SendResult = {
  kind: 'refused',
  stage: 'rcpt',
  reply: {
    code: 550,
    text: 'addresses in .invalid are never relayed',
  },
};

/** Opens no connection yet; the first message does. */
export function createRelay(options: RelayOptions): Relay {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'smtps:';
  const port = Number(url.port) || (isSecure ? 465 : 587);
  const settings: SMTPConnectionOptions = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure: isSecure,
    requireTLS: options.requireTls && !isSecure,
    ignoreTLS: !options.requireTls && !isSecure,
    name: options.clientName,
    connectionTimeout: options.beforeBodyMs,
    greetingTimeout: options.beforeBodyMs,
    // Ours are the deadlines; this one only must not come before them.
    socketTimeout: options.afterDotMs + options.beforeBodyMs,
    socketCloseTimeout: 1_000,
    tls: { minVersion: 'TLSv1.2' },
  };
  const credentials = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  const pace = createRelayPace(options.connections);
  const idle: SMTPConnection[] = [];
  const busy = new Set<SMTPConnection>();
  let isClosed = false;

  const takeIdle = () => {
    const connection = idle.pop();
    // A server may have ended it meanwhile; `_destroyed` is how nodemailer says so.
    return connection && !(connection as { _destroyed?: boolean })._destroyed
      ? connection
      : undefined;
  };
  const giveBack = (connection: SMTPConnection) => {
    if (isClosed) connection.quit();
    else idle.push(connection);
  };

  const name = `${url.hostname}:${port}`;
  const ask = options.intervalMs
    ? { name: `relay ${name}`, intervalMs: options.intervalMs }
    : undefined;
  let taken = 0;

  const sendOn = async (plain: Message, { turn, gate }: Checks): Promise<SendResult> => {
    const message = await signed(plain, options.sign);
    if ('kind' in message) return message;
    // RFC 6761: nobody has such an address; sample readers never leave the machine.
    if (options.requireTls && message.to.endsWith('.invalid')) return noSuchDomain;
    const known = takeIdle();
    if (!known) await pace.mayConnect();
    if (isClosed) return { kind: 'unsent', stage: 'connect', reason: ENDING };
    const startedAt = performance.now();
    const connection = known ?? createConnection(settings);
    busy.add(connection);
    const transaction = createTransaction(connection, options);
    const { result, isInStep, hadSession } = await transaction.run({
      message,
      gate,
      turn: turn && (() => turn(ask)),
      greet: known ? undefined : () => openConnection(connection, credentials),
    });
    if (isInStep && (await isReusable(connection, result))) giveBack(connection);
    else connection.close();
    busy.delete(connection);
    heed(pace, result, { isOpen: hadSession, startedAt });
    return result;
  };

  return {
    name,
    isWell: pace.isWell,
    takeSeat(except) {
      if (except?.has(name) || !pace.hasRoom(taken)) return undefined;
      taken += 1;
      const leave = once(() => {
        taken -= 1;
      });
      return {
        relay: name,
        leave,
        send: (message, checks) => sendOn(message, checks).finally(leave),
      };
    },
    close() {
      isClosed = true;
      for (const connection of idle.splice(0)) connection.quit();
    },
    drop() {
      isClosed = true;
      for (const connection of [...idle.splice(0), ...busy]) {
        connection.emit('error', new Error(ENDING));
        connection.close();
      }
    },
  };
}

/** What a result says of the relay itself. */
function heed(
  pace: RelayPace,
  result: SendResult,
  session: { isOpen: boolean; startedAt: number },
) {
  if (result.kind === 'paced') return;
  const isBusy =
    result.kind === 'refused' && judgeReply(result.stage, result.reply).verdict === 'busy';
  if (isBusy) pace.slow();
  else if (!session.isOpen) pace.failed(session.startedAt);
  else pace.worked();
  pace.rest();
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** What cannot be signed is not sent: many would take it for a forgery. */
async function signed(message: Message, sign?: SignMessage): Promise<Message | SendResult> {
  try {
    return sign ? { ...message, bytes: await sign(message.bytes) } : message;
  } catch (error) {
    return { kind: 'unsent', stage: 'mail', reason: (error as Error).message };
  }
}

function createConnection(settings: SMTPConnectionOptions): SMTPConnection {
  const connection = new SMTPConnection(settings);
  // What breaks between two messages has no message to report to.
  connection.on('error', () => {});
  return connection;
}

function openConnection(
  connection: SMTPConnection,
  credentials: { user: string; pass: string } | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(error);
      else if (!credentials) resolve();
      else connection.login({ credentials }, (refused) => (refused ? reject(refused) : resolve()));
    });
  });
}

/** After a plain no the session goes on with RSET; after anything else it is not trusted. */
function isReusable(connection: SMTPConnection, result: SendResult): Promise<boolean> {
  if (result.kind === 'accepted' || result.kind === 'paced') return Promise.resolve(true);
  const isPlainNo =
    result.kind === 'refused' && result.stage !== 'connect' && result.reply.code !== 421;
  if (!isPlainNo) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = (isReset: boolean) => {
      clearTimeout(deadline);
      connection.removeListener('end', giveUp);
      resolve(isReset);
    };
    const giveUp = () => answer(false);
    const deadline = setTimeout(giveUp, 5_000);
    connection.once('end', giveUp);
    connection.reset((error) => answer(!error));
  });
}

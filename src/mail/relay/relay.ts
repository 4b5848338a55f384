import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { judgeReply } from '../../core/letter/answers.ts';
import { type SendResult, wasBeforeReader } from '../../core/letter/delivery.ts';
import type { PaceAsk } from '../../core/letter/rate.ts';
import type { RelayEvent, RelayState } from '../../core/letter/relay-state.ts';
import { readReply } from '../../core/letter/reply.ts';
import type { SignMessage } from '../dkim.ts';
import type { Message } from '../message.ts';
import { watchRelay } from './relay-watch.ts';
import { type Credentials, type Opening, openSession, type Session } from './session.ts';
import { type Deadlines, type Ending, transact } from './transaction.ts';

/** Where mail is handed over: one SMTP relay, or several. */
export interface Relay {
  /** For logs and attempts: host and port, never credentials. */
  readonly name: string;
  /**
   * A place for one message, where the relay bears one more now; one that is not in `except`. One
   * that refuses us may be passed over, as long as there are others.
   */
  takeSeat(except?: ReadonlySet<string>, passesOver?: boolean): Seat | undefined;
  /** How each relay is that is not in `except`. */
  look(except?: ReadonlySet<string>): readonly RelayLook[];
  /** True where it neither is away nor asked for less. */
  isWell(): boolean;
  /** Ends idle connections at once; those in use end with their message. */
  close(): void;
  /** Breaks every connection at once: what is on the wire ends as it stands. */
  drop(): void;
}

/** How one relay is. */
export interface RelayLook {
  readonly name: string;
  readonly state: RelayState;
  /** What it said when it refused us. */
  readonly said?: string | undefined;
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
  const settings = settingsOf(url, options);
  const name = `${url.hostname}:${settings.port}`;
  const ask = options.intervalMs
    ? { name: `relay ${name}`, intervalMs: options.intervalMs }
    : undefined;
  const watch = watchRelay(options.connections);
  const pool = createPool(settings, credentialsOf(url), options);
  let taken = 0;
  let said: string | undefined;

  const send = async (message: Message, checks: Checks): Promise<SendResult> => {
    // RFC 6761: nobody has such an address; sample readers never leave the machine.
    if (options.requireTls && message.to.endsWith('.invalid')) return noSuchDomain;
    const signature = await signed(message, options.sign);
    if (typeof signature !== 'string') return signature;
    let isTurn = false;
    for (;;) {
      const startedAt = performance.now();
      const idle = pool.takeIdle();
      if (!idle) await watch.mayConnect();
      const place = idle ? { session: idle } : await pool.open();
      if ('result' in place) {
        note(place.result, startedAt);
        return place.result;
      }
      const { session } = place;
      const paced = isTurn ? undefined : await checks.turn?.(ask);
      if (paced) {
        pool.keep(session);
        return paced;
      }
      isTurn = true;
      const { carried } = session;
      const { gate } = checks;
      const ending = await transact(session, { message, signature, gate, deadlines: options });
      pool.giveBack(session, ending);
      if (carried > 0 && isSpent(ending.result)) {
        pool.learnLimit(carried);
        continue;
      }
      note(ending.result, startedAt);
      return ending.result;
    }
  };

  const note = (result: SendResult, startedAt: number) => {
    const event = eventOf(result);
    if (!event) return;
    if (event === 'refused' && 'reply' in result)
      said = `${result.reply.code} ${result.reply.text}`;
    watch.note(event, startedAt);
  };

  return {
    name,
    isWell: watch.isWell,
    look: (except) => (except?.has(name) ? [] : [{ name, state: watch.look(), said }]),
    takeSeat(except, passesOver) {
      if (except?.has(name) || !watch.hasRoom(taken, passesOver)) return undefined;
      taken += 1;
      const leave = once(() => {
        taken -= 1;
      });
      return {
        relay: name,
        leave,
        send: (message, checks) => send(message, checks).finally(leave),
      };
    },
    close: pool.close,
    drop: pool.drop,
  };
}

/**
 * What a result says of the relay itself. What it says of a reader's domain (4.7.x behind RCPT) is
 * that domain's, and a no to us before RCPT is ours with this relay alone.
 */
function eventOf(result: SendResult): RelayEvent | undefined {
  switch (result.kind) {
    case 'paced':
    case 'withheld':
      return undefined;
    case 'unsent':
      return result.stage === 'connect' ? 'away' : 'worked';
    case 'refused': {
      const { verdict } = judgeReply(result.stage, result.reply);
      if (verdict === 'busy') {
        return result.reply.code === 421 || wasBeforeReader(result) ? 'busy' : 'worked';
      }
      return verdict === 'policy' && wasBeforeReader(result) ? 'refused' : 'worked';
    }
    default:
      return 'worked';
  }
}

/**
 * Whether a connection that had carried others is used up: 421 before the body (RFC 5321, 3.8),
 * or an end without a word. It says nothing of the message, nor of the relay.
 */
function isSpent(result: SendResult): boolean {
  if (result.kind === 'refused') return result.reply.code === 421 && result.stage !== 'body';
  return result.kind === 'unsent' && result.stage === 'mail' && result.isLost === true;
}

/** The open connections of a relay: those in use, and those that wait for a message. */
function createPool(
  settings: SMTPConnectionOptions,
  credentials: Credentials | undefined,
  { beforeBodyMs }: Deadlines,
) {
  const idle: Session[] = [];
  const inUse = new Set<Session>();
  const opening = new Set<Opening>();
  let isClosed = false;
  /** After so many messages this relay ends a connection. */
  let most = Number.POSITIVE_INFINITY;
  const ending: SendResult = { kind: 'unsent', stage: 'connect', reason: ENDING };

  const keep = (session: Session) => {
    inUse.delete(session);
    if (isClosed || session.carried >= most) session.quit();
    else idle.push(session);
  };

  return {
    keep,
    takeIdle(): Session | undefined {
      let session = idle.pop();
      // A server may have ended it meanwhile, or said a goodbye that nobody read.
      while (session && (!session.isOpen() || session.hasUnread())) {
        session.quit();
        session = idle.pop();
      }
      if (session) inUse.add(session);
      return session;
    },
    async open(): Promise<{ readonly session: Session } | { readonly result: SendResult }> {
      if (isClosed) return { result: ending };
      const started = openSession(settings, credentials);
      opening.add(started);
      const late = new Error(`no answer within ${beforeBodyMs / 1000} s`);
      const deadline = setTimeout(() => started.end(late), beforeBodyMs);
      try {
        const session = await started.session;
        inUse.add(session);
        return { session };
      } catch (error) {
        return { result: resultOf(error as Error & { response?: string }) };
      } finally {
        clearTimeout(deadline);
        opening.delete(started);
      }
    },
    giveBack(session: Session, { isInStep }: Ending) {
      if (isInStep && session.isOpen()) return keep(session);
      inUse.delete(session);
      session.end(new Error('it is not in step any more'));
    },
    /** Some relays take a fixed number of messages a connection: the next ones end before they say so. */
    learnLimit(carried: number) {
      most = Math.min(most, carried);
    },
    close() {
      isClosed = true;
      for (const session of idle.splice(0)) session.quit();
    },
    drop() {
      isClosed = true;
      const reason = new Error(ENDING);
      for (const started of opening) started.end(reason);
      for (const session of [...idle.splice(0), ...inUse]) session.end(reason);
    },
  };
}

/** What a server's words while a connection is opened mean; where it said none, nothing was said. */
function resultOf({ message, response = '' }: Error & { response?: string }): SendResult {
  const heard = readReply(`${response}\n`);
  return heard && 'reply' in heard && heard.reply.code >= 400
    ? { kind: 'refused', stage: 'connect', reply: heard.reply }
    : { kind: 'unsent', stage: 'connect', reason: message };
}

function settingsOf(url: URL, options: RelayOptions): SMTPConnectionOptions & { port: number } {
  const isSecure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 465 : 587),
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
}

function credentialsOf({ username, password }: URL): Credentials | undefined {
  return username
    ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    : undefined;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** What cannot be signed is not sent: many would take it for a forgery. */
async function signed({ source }: Message, sign?: SignMessage): Promise<string | SendResult> {
  try {
    return sign ? await sign(source) : '';
  } catch (error) {
    return { kind: 'unsent', stage: 'mail', reason: (error as Error).message };
  }
}

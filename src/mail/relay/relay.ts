import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../../core/letter/delivery.ts';
import type { PaceAsk } from '../../core/letter/rate.ts';
import { eventOf } from '../../core/letter/relay-event.ts';
import type { RelayState } from '../../core/letter/relay-state.ts';
import { joinSource } from '../../core/letter/source.ts';
import { vendorOf } from '../../core/letter/vendors.ts';
import type { SignMessage } from '../dkim.ts';
import type { Message } from '../message.ts';
import { createPool } from './pool.ts';
import { watchRelay } from './relay-watch.ts';
import type { Credentials } from './session.ts';
import { type Deadlines, transact } from './transaction.ts';

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
  // Outside the frozen letter and its signature, since another relay would not understand it.
  const ofVendor = vendorOf(url.hostname)?.mark;
  const mark = (reference: string) => (ofVendor ? `${ofVendor(reference)}\r\n` : '');
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
      const { gate } = checks;
      const put = { signature: mark(message.reference) + signature };
      const ending = await transact(session, { message, ...put, gate, deadlines: options });
      const isUsedUp = pool.giveBack(session, ending);
      if (isUsedUp) continue;
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
async function signed(message: Message, sign?: SignMessage): Promise<string | SendResult> {
  try {
    return sign ? await sign(joinSource(message)) : '';
  } catch (error) {
    return { kind: 'unsent', stage: 'mail', reason: (error as Error).message, isOfMessage: true };
  }
}

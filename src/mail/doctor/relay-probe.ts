import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { RelayFacts, RelayStep } from '../../core/doctor/judge-relay.ts';
import { openTls, type Trust } from './tls.ts';

/** A relay, and what is tried on it. */
export interface RelayTarget extends Trust {
  /** Where `host` is; else the system finds out. */
  readonly address?: string | undefined;
  readonly port: number;
  /** TLS from the first byte. */
  readonly isSecure: boolean;
  /** By STARTTLS, where it is not so from the first byte. */
  readonly needsTls: boolean;
  readonly credentials: { readonly user: string; readonly pass: string } | undefined;
  readonly clientName: string;
  /** Return paths that are offered, one after the other. */
  readonly from: readonly string[];
  readonly withinMs: number;
}

interface Reply {
  readonly code: number;
  readonly text: string;
}

/** A server that says so much without an end of line speaks no SMTP. */
const MOST_UNREAD = 65_536;

/**
 * Opens a session as the sender does, up to MAIL FROM, then RSET and QUIT: no message is sent and
 * no recipient named. The password is said only where the sender would say it. Never rejects.
 */
export async function probeRelay(target: RelayTarget): Promise<RelayFacts> {
  const session = openSession(target);
  let facts: RelayFacts = { isSignedIn: false };
  let step: RelayStep = 'connect';
  try {
    for (step of ['connect', 'greeting', 'hello', 'starttls', 'tls', 'auth', 'mail'] as const) {
      facts = { ...facts, ...(await session.take(step)) };
      if (facts.certificate?.fault) break;
    }
    await session.leave();
    return facts;
  } catch (error) {
    return { ...facts, stoppedAt: step, reason: (error as Error).message };
  } finally {
    session.close();
  }
}

function openSession(target: RelayTarget) {
  const { host, address = host, port, isSecure, needsTls, credentials, clientName } = target;
  let socket: Socket = connect({ host: address.replace(/^\[|\]$/g, ''), port });
  let giveUp: (error: Error) => void = () => {};
  // Whatever is awaited ends with the first fault, or with the time that is given.
  const broken = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  broken.catch(() => {});
  const deadline = setTimeout(
    () => giveUp(new Error(`no answer within ${target.withinMs / 1000} s`)),
    target.withinMs,
  );
  socket.once('error', giveUp);
  socket.once('close', () => giveUp(new Error('it closed the connection')));
  let lines = readReplies(socket, giveUp);
  let offers = '';

  const ask = async (command: string | undefined, wanted: string): Promise<Reply> => {
    if (command !== undefined) socket.write(`${command}\r\n`);
    const reply = await Promise.race([lines(), broken]);
    if (!String(reply.code).startsWith(wanted)) throw new Error(`${reply.code} ${reply.text}`);
    return reply;
  };
  const encrypt = async () => {
    // What was said in plain text must not count as said behind the handshake.
    socket.removeAllListeners('data');
    const secured = await Promise.race([openTls(socket, target), broken]);
    socket = secured.socket;
    socket.on('error', giveUp);
    lines = readReplies(socket, giveUp);
    return { certificate: secured.certificate };
  };
  const hello = async () => {
    offers = (await ask(`EHLO ${clientName}`, '2')).text;
    return {};
  };
  const steps: Record<RelayStep, () => Promise<Partial<RelayFacts>>> = {
    connect: () =>
      Promise.race([
        broken,
        new Promise<Partial<RelayFacts>>((resolve) => socket.once('connect', () => resolve({}))),
      ]),
    greeting: async () => {
      const certificate = isSecure ? (await encrypt()).certificate : undefined;
      // Nothing more is heard of a server that is not who it should be.
      if (!certificate?.fault) await ask(undefined, '220');
      return { certificate };
    },
    hello,
    starttls: async () => {
      if (isSecure || !needsTls) return {};
      if (!/^STARTTLS$/im.test(offers)) throw new Error('it is not among its offers');
      await ask('STARTTLS', '220');
      return {};
    },
    tls: async () => {
      if (isSecure || !needsTls) return {};
      const shown = await encrypt();
      if (!shown.certificate.fault) await hello();
      return shown;
    },
    auth: async () => {
      if (credentials) await signIn(ask, offers, credentials);
      return { isSignedIn: true };
    },
    mail: async () => {
      for (const from of target.from) {
        await ask(`MAIL FROM:<${from}>`, '2');
        await ask('RSET', '2');
      }
      return {};
    },
  };
  return {
    take: (step: RelayStep) => steps[step](),
    leave: async () => {
      if (!socket.destroyed) await ask('QUIT', '2').catch(() => {});
    },
    close() {
      clearTimeout(deadline);
      socket.destroy();
    },
  };
}

/** Reads whole replies (RFC 5321, 4.2.1), one a call. */
function readReplies(socket: Socket, giveUp: (error: Error) => void): () => Promise<Reply> {
  let unread = '';
  let wake: () => void = () => {};
  socket.on('data', (piece: Buffer) => {
    unread += piece.toString('latin1');
    if (unread.length > MOST_UNREAD) giveUp(new Error('what it says is no SMTP'));
    wake();
  });
  return async () => {
    for (;;) {
      const [whole, code, last] = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: ([^\n]*))?\n/.exec(unread) ?? [];
      if (whole !== undefined) {
        unread = unread.slice(whole.length);
        const text = last === undefined ? '' : whole.replace(/^\d{3}[ -]?/gm, '');
        return { code: Number(code), text: text.replaceAll('\r', '').trim() };
      }
      if (/\n/.test(unread) && !/^(\d{3}[- ]|\d{3}\r?\n)/.test(unread)) {
        throw new Error(`"${unread.slice(0, 60).trim()}" is no SMTP`);
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}

type Ask = (command: string | undefined, wanted: string) => Promise<Reply>;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Signs in by the first of the ways that the sender, too, would choose (RFC 4954). */
async function signIn(ask: Ask, offers: string, { user, pass }: { user: string; pass: string }) {
  const ways = /^AUTH[ =](.*)$/im.exec(offers)?.[1]?.toUpperCase().split(/\s+/) ?? [];
  if (ways.includes('PLAIN')) await ask(`AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`, '235');
  else if (ways.includes('LOGIN')) {
    await ask('AUTH LOGIN', '334');
    await ask(base64(user), '334');
    await ask(base64(pass), '235');
  } else if (ways.includes('CRAM-MD5')) {
    const { text } = await ask('AUTH CRAM-MD5', '334');
    const digest = createHmac('md5', pass).update(Buffer.from(text, 'base64')).digest('hex');
    await ask(base64(`${user} ${digest}`), '235');
  } else {
    const offered = ways.length > 0 ? `only ${ways.join(', ')}` : 'none';
    throw new Error(`of the ways to sign in (PLAIN, LOGIN, CRAM-MD5) it offers ${offered}`);
  }
}

import type { Socket } from 'node:net';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { type Heard, readReply } from '../../core/letter/reply.ts';

/** A greeted, secured and signed-in connection to a relay. */
export interface Session {
  /** What the server offered in EHLO, in upper case. */
  readonly extensions: ReadonlySet<string>;
  /** In bytes, where it names a limit (RFC 1870). */
  readonly largest: number | undefined;
  /** Messages that were begun on it so far. */
  carried: number;
  /** False where the server ended it, or we did. */
  isOpen(): boolean;
  /** True where it ended by itself: nobody here asked for it. */
  isLost(): boolean;
  /** A text in latin1, or bytes that stay as they are until all was handed to the system: `done`. */
  write(said: string | Buffer, done?: () => void): void;
  /** The next reply. Rejects where the connection ends before one came. */
  hear(): Promise<Heard>;
  /** Resolves when the server says anything, or the connection ends. */
  stirs(): Promise<void>;
  /** True where the server said something that nobody has read. */
  hasUnread(): boolean;
  /** Ends it at once: who waits for a reply hears of the reason. */
  end(reason: Error): void;
  /** Says goodbye and ends it. */
  quit(): void;
}

/** A connection that is being opened. */
export interface Opening {
  readonly session: Promise<Session>;
  end(reason: Error): void;
}

export interface Credentials {
  readonly user: string;
  readonly pass: string;
}

const QUIT_WITHIN_MS = 1_000;

/**
 * Opens a session: nodemailer connects, greets, secures and signs in, then hands its socket over,
 * since its own writer can neither begin a body behind a check of ours nor tell a reply from what
 * is none. The promise rejects with its error, whose `response` is what the server said.
 */
export function openSession(
  settings: SMTPConnectionOptions,
  credentials: Credentials | undefined,
): Opening {
  const connection = new SMTPConnection(settings);
  let fail: (reason: Error) => void = () => {};
  const session = new Promise<Session>((resolve, reject) => {
    fail = reject;
    connection.on('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      // What EHLO offered last: behind STARTTLS, where that was done.
      const response = connection.lastServerResponse || '';
      const heard = readReply(`${response}\n`);
      if (!heard || 'nonsense' in heard) {
        connection.close();
        return reject(new Error(`the server answered EHLO in no known form: "${response}"`));
      }
      const offered = readExtensions(response);
      const handOver = () => resolve(takeOver(connection, offered));
      if (!credentials) return handOver();
      connection.login({ credentials }, (refused) => (refused ? reject(refused) : handOver()));
    });
  });
  return {
    session,
    end(reason) {
      fail(reason);
      connection.close();
    },
  };
}

/** The lines of an EHLO reply behind the first, each a keyword with its parameters (RFC 5321, 4.1.1.1). */
function readExtensions(response: string): Pick<Session, 'extensions' | 'largest'> {
  const [, ...lines] = response.split(/\r?\n/).map((line) => line.replace(/^\d{3}[ -]/, '').trim());
  const words = lines.map((line) => line.toUpperCase().split(/\s+/));
  const size = Number(words.find(([keyword]) => keyword === 'SIZE')?.[1]);
  return {
    extensions: new Set(words.flatMap(([keyword]) => keyword ?? [])),
    largest: size > 0 ? size : undefined,
  };
}

/** What nodemailer hangs on a socket; it has no word for letting go of one. */
interface Inside {
  readonly _socket: Socket;
  readonly _onSocketData: () => void;
  readonly _onSocketError: () => void;
  readonly _onSocketClose: () => void;
  readonly _onSocketEnd: () => void;
  readonly _onSocketTimeout: () => void;
}

function takeOver(
  connection: SMTPConnection,
  offered: Pick<Session, 'extensions' | 'largest'>,
): Session {
  const inside = connection as unknown as Inside;
  const socket = inside._socket;
  socket.removeListener('data', inside._onSocketData);
  socket.removeListener('error', inside._onSocketError);
  socket.removeListener('close', inside._onSocketClose);
  socket.removeListener('end', inside._onSocketEnd);
  socket.removeListener('timeout', inside._onSocketTimeout);
  // The deadlines are those of each message.
  socket.setTimeout(0);
  return createSession(socket, offered);
}

function createSession(socket: Socket, offered: Pick<Session, 'extensions' | 'largest'>): Session {
  let unread = '';
  let ended: Error | undefined;
  let isOurs = false;
  let wake: () => void = () => {};
  const onEnd = (reason: Error) => {
    ended ??= reason;
    wake();
  };
  socket.on('data', (chunk: Buffer) => {
    unread += chunk.toString('latin1');
    wake();
  });
  socket.on('error', onEnd);
  socket.on('end', () => {
    onEnd(new Error('the server ended the connection'));
    socket.end();
  });
  socket.on('close', () => onEnd(new Error('the connection was lost')));
  const stirs = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  return {
    ...offered,
    carried: 0,
    isOpen: () => ended === undefined && !socket.destroyed,
    isLost: () => ended !== undefined && !isOurs,
    write(said, done) {
      socket.write(said, 'latin1', (error) => {
        if (!error) done?.();
      });
    },
    async hear() {
      for (;;) {
        const heard = readReply(unread);
        if (heard) {
          unread = 'rest' in heard ? heard.rest : '';
          return heard;
        }
        if (ended) throw ended;
        await stirs();
      }
    },
    stirs: () => (unread !== '' || ended ? Promise.resolve() : stirs()),
    hasUnread: () => unread !== '',
    end(reason) {
      isOurs ||= ended === undefined;
      onEnd(reason);
      socket.destroy();
    },
    quit() {
      if (socket.destroyed) return;
      isOurs ||= ended === undefined;
      onEnd(new Error('it was ended'));
      socket.end('QUIT\r\n');
      const late = setTimeout(() => socket.destroy(), QUIT_WITHIN_MS);
      late.unref();
      socket.once('close', () => clearTimeout(late));
      // Read on, or its end would not be heard of.
      socket.resume();
    },
  };
}

import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { parseReply, type SendResult, type SmtpStage } from '../core/letter/delivery.ts';
import type { Message } from './message.ts';

/** One SMTP relay with a bounded number of connections, kept open between messages. */
export interface Relay {
  /** For logs and attempts: host and port, never credentials. */
  readonly name: string;
  /**
   * Sends one message to its one recipient. `gate` is awaited after the server's 354 and
   * before the first byte of the body: where it answers false or throws, no byte is sent
   * and the connection is dropped. Never rejects: what was read is in the result.
   */
  send(message: Message, gate: () => Promise<boolean>): Promise<SendResult>;
  /** Ends idle connections at once; those in use end with their message. */
  close(): void;
}

export interface RelayOptions {
  /** `smtp[s]://user:password@host:port` */
  readonly url: string;
  /** True for a relay that is not on this machine. */
  readonly requireTls: boolean;
  /** Our own name in EHLO. */
  readonly clientName: string;
  readonly beforeBodyMs: number;
  readonly afterDotMs: number;
}

/**
 * How far a transaction got: before the 354, between it and the first byte, from the first
 * byte on, or with all of the message handed over. Only in the last does an answer count.
 */
type Progress = 'before' | 'asked' | 'body' | 'whole';

const noSuchDomain: SendResult = {
  kind: 'refused',
  stage: 'rcpt',
  reply: {
    code: 550,
    enhancedCode: '5.1.2',
    text: '5.1.2 addresses in .invalid are never relayed',
  },
};

interface SmtpError extends Error {
  response?: string;
  responseCode?: number;
  command?: string;
}

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
  const idle: SMTPConnection[] = [];
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

  return {
    name: `${url.hostname}:${port}`,
    async send(message, gate) {
      // RFC 6761: nobody has such an address; sample readers never leave the machine.
      if (options.requireTls && message.to.endsWith('.invalid')) return noSuchDomain;
      const known = takeIdle();
      const connection = known ?? createConnection(settings);
      const transaction = createTransaction(connection, options);
      const { result, isInStep } = await transaction.run({
        message,
        gate,
        greet: known ? undefined : () => openConnection(connection, credentials),
      });
      if (isInStep && (await isReusable(connection, result))) giveBack(connection);
      else connection.close();
      return result;
    },
    close() {
      isClosed = true;
      for (const connection of idle.splice(0)) connection.quit();
    },
  };
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

/** One message on one connection, with its two deadlines. */
function createTransaction(connection: SMTPConnection, options: RelayOptions) {
  let progress: Progress = 'before';
  let isOpen = false;
  let isSettled = false;
  let resolve: (result: SendResult) => void = () => {};
  let deadline: NodeJS.Timeout | undefined;
  const settled = new Promise<SendResult>((settle) => {
    resolve = settle;
  });
  const settle = (result: SendResult) => {
    isSettled = true;
    clearTimeout(deadline);
    resolve(result);
  };
  const fail = (error: Error) => settle(resultOf(error, progress, isOpen));

  const giveUpIn = (ms: number) => {
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      // Settled first: closing lets the error callbacks run.
      fail(new Error(`no answer within ${ms / 1000} s`));
      connection.close();
    }, ms);
  };

  /** The body as a stream that nodemailer begins to read after the 354. */
  const bodyBehind = (bytes: Buffer, gate: () => Promise<boolean>) => {
    const pass = async (body: Readable) => {
      progress = 'asked';
      // What came in one piece with the 354 is read first: it cannot answer what was not said.
      await setImmediate();
      const mayGo = !isSettled && (await gate().catch(() => false));
      // The deadline or a stray answer may have ended it meanwhile.
      if (isSettled || body.destroyed) return;
      if (mayGo) {
        progress = 'body';
        giveUpIn(options.afterDotMs);
        body.push(bytes);
        body.push(null);
      } else {
        settle({ kind: 'withheld' });
        connection.close();
      }
    };
    const body = new Readable({
      read() {
        if (progress === 'before') void pass(this);
      },
    });
    return body.once('end', () => {
      progress = 'whole';
    });
  };

  return {
    /** `isInStep` is false where the session stands in the midst of a message. */
    async run(work: {
      message: Message;
      gate: () => Promise<boolean>;
      greet: (() => Promise<void>) | undefined;
    }): Promise<{ result: SendResult; isInStep: boolean }> {
      connection.on('error', fail);
      giveUpIn(options.beforeBodyMs);
      const { from, to, bytes } = work.message;
      void (async () => {
        try {
          await work.greet?.();
          isOpen = true;
          const envelope = { from, to: [to], size: bytes.length };
          connection.send(envelope, bodyBehind(bytes, work.gate), (error, info) => {
            if (error) fail(error);
            else if (progress !== 'whole') fail(new Error('answered before the whole message'));
            else settle({ kind: 'accepted', reply: parseReply(250, info?.response ?? '') });
          });
        } catch (error) {
          fail(error as Error);
        }
      })();
      const result = await settled;
      connection.removeListener('error', fail);
      return { result, isInStep: progress === 'before' || progress === 'whole' };
    },
  };
}

/** Reads what happened from what the server said and how far we had got, never from error names. */
function resultOf(error: SmtpError, progress: Progress, isOpen: boolean): SendResult {
  const stage = stageOf(error, progress, isOpen);
  // Any other code is out of step with us: it answers something else, or nothing.
  if (error.responseCode && error.responseCode >= 400) {
    return { kind: 'refused', stage, reply: parseReply(error.responseCode, error.response ?? '') };
  }
  return progress === 'body' || progress === 'whole'
    ? { kind: 'in_doubt', reason: error.message }
    : { kind: 'unsent', stage, reason: error.message };
}

function stageOf(error: SmtpError, progress: Progress, isOpen: boolean): SmtpStage {
  if (progress === 'body' || progress === 'whole') return 'body';
  if (!isOpen) return 'connect';
  switch (error.command) {
    case 'MAIL FROM':
      return 'mail';
    case 'RCPT TO':
      return 'rcpt';
    case 'DATA':
      return 'data';
    default:
      return 'connect';
  }
}

/** After a plain no the session goes on with RSET; after anything else it is not trusted. */
function isReusable(connection: SMTPConnection, result: SendResult): Promise<boolean> {
  if (result.kind === 'accepted') return Promise.resolve(true);
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

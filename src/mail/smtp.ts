import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { parseReply, type SendResult, type SmtpStage } from '../core/delivery.ts';
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

/** How far a transaction got; only the last two are doubtful. */
type Progress = 'before' | 'withheld' | 'body' | 'answered';

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
      const connection = known ?? new SMTPConnection(settings);
      const transaction = createTransaction(connection, options);
      const result = await transaction.run({
        message,
        gate,
        greet: known ? undefined : () => openConnection(connection, credentials),
      });
      if (await isReusable(connection, result)) giveBack(connection);
      else connection.close();
      return result;
    },
    close() {
      isClosed = true;
      for (const connection of idle.splice(0)) connection.quit();
    },
  };
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
  let settle: (result: SendResult) => void = () => {};
  let deadline: NodeJS.Timeout | undefined;
  const settled = new Promise<SendResult>((resolve) => {
    settle = resolve;
  });

  const giveUpIn = (ms: number) => {
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      // Settled first: closing lets the error callbacks run.
      settle(resultOf(new Error(`no answer within ${ms / 1000} s`), progress, isOpen));
      connection.close();
    }, ms);
  };

  /** The body as a stream that nodemailer begins to read after the 354. */
  const bodyBehind = (bytes: Buffer, gate: () => Promise<boolean>) => {
    const pass = async (body: Readable) => {
      const mayGo = await gate().catch(() => false);
      // The deadline may have struck while the gate was asked.
      if (body.destroyed) return;
      if (mayGo) {
        progress = 'body';
        giveUpIn(options.afterDotMs);
        body.push(bytes);
        body.push(null);
      } else {
        progress = 'withheld';
        settle({ kind: 'withheld' });
        connection.close();
      }
    };
    let isAsked = false;
    return new Readable({
      read() {
        if (isAsked) return;
        isAsked = true;
        void pass(this);
      },
    });
  };

  return {
    async run(work: {
      message: Message;
      gate: () => Promise<boolean>;
      greet: (() => Promise<void>) | undefined;
    }): Promise<SendResult> {
      const fail = (error: Error) => settle(resultOf(error, progress, isOpen));
      connection.on('error', fail);
      giveUpIn(options.beforeBodyMs);
      const { from, to, bytes } = work.message;
      void (async () => {
        try {
          await work.greet?.();
          isOpen = true;
          const envelope = { from, to: [to], size: bytes.length };
          connection.send(envelope, bodyBehind(bytes, work.gate), (error, info) => {
            if (error) return fail(error);
            progress = 'answered';
            settle({ kind: 'accepted', reply: parseReply(250, info?.response ?? '') });
          });
        } catch (error) {
          fail(error as Error);
        }
      })();
      const result = await settled;
      clearTimeout(deadline);
      connection.removeListener('error', fail);
      // What breaks from here on has no message to report to.
      connection.on('error', () => {});
      return result;
    },
  };
}

/** Reads what happened from what the server said and how far we had got, never from error names. */
function resultOf(error: SmtpError, progress: Progress, isOpen: boolean): SendResult {
  const stage = stageOf(error, progress, isOpen);
  if (progress === 'withheld') return { kind: 'withheld' };
  if (error.responseCode) {
    return { kind: 'refused', stage, reply: parseReply(error.responseCode, error.response ?? '') };
  }
  return progress === 'body'
    ? { kind: 'in_doubt', reason: error.message }
    : { kind: 'unsent', stage, reason: error.message };
}

function stageOf(error: SmtpError, progress: Progress, isOpen: boolean): SmtpStage {
  if (progress === 'body') return 'body';
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
    const deadline = setTimeout(() => resolve(false), 5_000);
    connection.reset((error) => {
      clearTimeout(deadline);
      resolve(!error);
    });
  });
}

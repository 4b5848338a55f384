import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../../core/letter/delivery.ts';
import { parseReply, type SmtpStage } from '../../core/letter/reply.ts';
import type { Message } from '../message.ts';

/** How long to wait for an answer before the first byte of the body, and after the last. */
export interface Deadlines {
  readonly beforeBodyMs: number;
  readonly afterDotMs: number;
}

/**
 * How far a transaction got: before the 354, between it and the first byte, from the first
 * byte on, or with all of the message handed over. Only in the last does an answer count.
 */
type Progress = 'before' | 'asked' | 'body' | 'whole';

interface SmtpError extends Error {
  response?: string;
  responseCode?: number;
  command?: string;
}

/** One message on one connection, with its two deadlines. */
export function createTransaction(connection: SMTPConnection, deadlines: Deadlines) {
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
        giveUpIn(deadlines.afterDotMs);
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
    /**
     * `isInStep` is false where the session stands in the midst of a message, `hadSession`
     * where none could be opened.
     */
    async run(work: {
      message: Message;
      gate: () => Promise<boolean>;
      turn: (() => Promise<SendResult | undefined>) | undefined;
      greet: (() => Promise<void>) | undefined;
    }): Promise<{ result: SendResult; isInStep: boolean; hadSession: boolean }> {
      connection.on('error', fail);
      giveUpIn(deadlines.beforeBodyMs);
      const { returnPath, to, envelopeId, bytes } = work.message;
      void (async () => {
        try {
          await work.greet?.();
          isOpen = true;
          const paced = await work.turn?.();
          // The deadline may have come, or the server gone, while it waited for its turn.
          if (isSettled) return;
          if (paced) return settle(paced);
          const envelope = {
            from: returnPath,
            to: [to],
            size: bytes.length,
            ...(envelopeId ? { dsn: askForReport(envelopeId) } : {}),
          };
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
      const isInStep = progress === 'before' || progress === 'whole';
      return { result, isInStep, hadSession: isOpen };
    },
  };
}

/** RFC 3461: a report on failure and delay, with the headers alone; asked only of servers that know it. */
function askForReport(envid: string) {
  return { ret: 'HDRS' as const, envid, notify: ['FAILURE', 'DELAY'] };
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

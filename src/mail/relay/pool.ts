import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../../core/letter/delivery.ts';
import { hearCarried, hearEnd, isSpent, noLimit } from '../../core/letter/relay-event.ts';
import { readReply } from '../../core/letter/reply.ts';
import { type Credentials, type Opening, openSession, type Session } from './session.ts';
import type { Deadlines, Ending } from './transaction.ts';

const ENDING = 'the process is ending';

/** The open connections of a relay: those in use, and those that wait for a message. */
export function createPool(
  settings: SMTPConnectionOptions,
  credentials: Credentials | undefined,
  { beforeBodyMs }: Deadlines,
) {
  const idle: Session[] = [];
  const inUse = new Set<Session>();
  const opening = new Set<Opening>();
  let isClosed = false;
  let limit = noLimit;
  const ending: SendResult = { kind: 'unsent', stage: 'connect', reason: ENDING };

  const keep = (session: Session) => {
    inUse.delete(session);
    if (isClosed || session.carried >= limit.most) session.quit();
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
    /** Takes back what was used; true where it was used up, and the message may go over another. */
    giveBack(session: Session, { result, isInStep }: Ending): boolean {
      const carried = session.carried - 1;
      const isUsedUp = carried > 0 && isSpent(result);
      limit = isUsedUp ? hearEnd(limit, carried) : hearCarried(limit, session.carried);
      if (isInStep && session.isOpen()) keep(session);
      else {
        inUse.delete(session);
        session.end(new Error('it is not in step any more'));
      }
      return isUsedUp;
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

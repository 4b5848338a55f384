import type { SendResult } from '../../core/letter/delivery.ts';
import { hearReply, type Reply, type SmtpStage } from '../../core/letter/reply.ts';
import { sizeOf } from '../../core/letter/source.ts';
import type { Message } from '../message.ts';
import { fillBody } from './body.ts';
import type { Session } from './session.ts';

/** How long to wait for an answer before the first byte of the body, and after the last. */
export interface Deadlines {
  readonly beforeBodyMs: number;
  readonly afterDotMs: number;
}

/** What became of a message, and whether the session stands where another may begin. */
export interface Ending {
  readonly result: SendResult;
  readonly isInStep: boolean;
}

/** What is asked of the sender in the course of a message. */
export interface Transacting {
  readonly message: Message;
  readonly deadlines: Deadlines;
  /** What is put before the message at the last moment: its signatures. */
  readonly signature: string;
  /** Awaited behind the server's leave and before the first byte: false or an error sends none. */
  readonly gate: () => Promise<boolean>;
}

const RESET_WITHIN_MS = 5_000;
/** No blank, bracket or control: they would end or widen a command (RFC 5321, 4.1.2). */
const FITS_A_COMMAND = /^[!-;=?-~\u0080-\u{10ffff}]*$/u;

/**
 * One message on an open session (RFC 5321, 3.3): envelope and DATA in one write where the server
 * takes them so (RFC 2920), the body behind the check, and the answer to it. Never rejects.
 */
export async function transact(session: Session, work: Transacting): Promise<Ending> {
  const { message, deadlines } = work;
  const refused = checkMessage(session, message);
  if (refused) return { result: refused, isInStep: true };
  session.carried += 1;
  const deadline = createDeadline(session);
  deadline.set(deadlines.beforeBodyMs);
  try {
    const opened = await openEnvelope(session, message);
    if (opened) return opened.isInStep ? afterReset(session, opened) : opened;
    return await sendBody(session, work, deadline);
  } finally {
    deadline.clear();
  }
}

/** Ends the session when a time is over, so that whoever waits hears of it. */
function createDeadline(session: Session) {
  let timer: NodeJS.Timeout | undefined;
  const clear = () => clearTimeout(timer);
  return {
    clear,
    set(ms: number) {
      clear();
      timer = setTimeout(() => session.end(new Error(`no answer within ${ms / 1000} s`)), ms);
    },
  };
}

/** What this server cannot be asked to take; nothing is said of it. */
function checkMessage(session: Session, message: Message): SendResult | undefined {
  const unsent = (reason: string): SendResult => ({
    kind: 'unsent',
    stage: 'mail',
    reason,
    isOfMessage: true,
  });
  const { to, returnPath } = message;
  if (![to, returnPath].every((address) => FITS_A_COMMAND.test(address))) {
    return unsent('an address of the envelope holds what no address may');
  }
  if (!isCarriedByAll(message) && !session.extensions.has('SMTPUTF8')) {
    return unsent('the relay takes no addresses beyond ASCII: it does not offer SMTPUTF8');
  }
  const { largest } = session;
  const size = sizeOf(message);
  return largest !== undefined && size > largest
    ? unsent(`the relay takes at most ${largest} bytes, and the message has ${size}`)
    : undefined;
}

/** Undefined where the server gave leave to send the body. */
async function openEnvelope(session: Session, message: Message): Promise<Ending | undefined> {
  const commands = buildCommands(session, message);
  const isPipelined = session.extensions.has('PIPELINING');
  if (isPipelined) session.write(commands.map(({ line }) => line).join(''));
  let refusal: SendResult | undefined;
  for (const { stage, line } of commands) {
    if (!isPipelined) session.write(line);
    const heard = await hear(session, stage);
    if ('kind' in heard) return { result: refusal ?? heard, isInStep: false };
    const said = hearReply(stage, heard);
    if (said === 'astray') {
      return { result: refusal ?? astray(stage, heard), isInStep: false };
    }
    if (said === 'yes' && !refusal) continue;
    // A body is asked for, though there is nobody to read it: only the end of it all says no.
    if (said === 'yes' && refusal && stage === 'data') return { result: refusal, isInStep: false };
    if (said === 'no') refusal ??= { kind: 'refused', stage, reply: heard };
    if (refusal && heard.code === 421) return { result: refusal, isInStep: false };
    if (!isPipelined) break;
  }
  return refusal && { result: refusal, isInStep: true };
}

interface Command {
  readonly stage: Exclude<SmtpStage, 'connect'>;
  readonly line: string;
}

function buildCommands({ extensions }: Session, message: Message): Command[] {
  const { returnPath, to, envelopeId } = message;
  const wantsReport = envelopeId !== undefined && extensions.has('DSN');
  const mail = [
    `MAIL FROM:<${returnPath}>`,
    ...(isCarriedByAll(message) ? [] : ['SMTPUTF8']),
    ...(extensions.has('SIZE') ? [`SIZE=${sizeOf(message)}`] : []),
    // RFC 3461: a report on failure and delay, with the headers alone.
    ...(wantsReport ? ['RET=HDRS', `ENVID=${encodeXtext(envelopeId)}`] : []),
  ];
  const rcpt = [`RCPT TO:<${to}>`, ...(wantsReport ? ['NOTIFY=FAILURE,DELAY'] : [])];
  const inBytes = (line: string) => Buffer.from(`${line}\r\n`).toString('latin1');
  return [
    { stage: 'mail', line: inBytes(mail.join(' ')) },
    { stage: 'rcpt', line: inBytes(rcpt.join(' ')) },
    { stage: 'data', line: 'DATA\r\n' },
  ];
}

async function sendBody(
  session: Session,
  { message, signature, gate, deadlines }: Transacting,
  deadline: ReturnType<typeof createDeadline>,
): Promise<Ending> {
  const mayGo = await Promise.race([
    gate().catch(() => false),
    session.stirs().then(() => undefined),
  ]);
  // What the server says now cannot answer what was not said.
  if (session.hasUnread() || !session.isOpen()) {
    const heard = await hear(session, 'data');
    const result = 'kind' in heard ? heard : spokenTooSoon(heard);
    return { result, isInStep: false };
  }
  if (!mayGo) return { result: { kind: 'withheld' }, isInStep: false };
  deadline.set(deadlines.afterDotMs);
  let isWhole = false;
  const body = fillBody([signature, ...message.pieces]);
  session.write(body.bytes, () => {
    isWhole = true;
    body.giveBack();
  });
  const heard = await hear(session, 'body');
  if ('kind' in heard) return { result: heard, isInStep: false };
  const said = hearReply('body', heard);
  if (said === 'no') {
    const ending = {
      result: { kind: 'refused', stage: 'body', reply: heard },
      isInStep: isWhole,
    } as const;
    return isWhole && heard.code !== 421
      ? afterReset(session, ending)
      : { ...ending, isInStep: false };
  }
  if (said === 'yes' && isWhole)
    return { result: { kind: 'accepted', reply: heard }, isInStep: true };
  const reason = isWhole ? tellAstray('body', heard) : 'answered before the whole message';
  return { result: { kind: 'in_doubt', reason }, isInStep: false };
}

/** A reply, or what its absence means at that stage. */
async function hear(session: Session, stage: SmtpStage): Promise<Reply | SendResult> {
  try {
    const heard = await session.hear();
    if ('reply' in heard) return heard.reply;
    return unanswered(stage, `the server answered in no known form: "${heard.nonsense}"`);
  } catch (error) {
    const answer = unanswered(stage, (error as Error).message);
    return answer.kind === 'unsent' && session.isLost() ? { ...answer, isLost: true } : answer;
  }
}

function unanswered(stage: SmtpStage, reason: string): SendResult {
  return stage === 'body' ? { kind: 'in_doubt', reason } : { kind: 'unsent', stage, reason };
}

function astray(stage: SmtpStage, reply: Reply): SendResult {
  return { kind: 'unsent', stage, reason: tellAstray(stage, reply) };
}

function tellAstray(stage: SmtpStage, { code, text }: Reply): string {
  return `the server answered ${stage.toUpperCase()} with "${code} ${text}", which belongs elsewhere`;
}

function spokenTooSoon(reply: Reply): SendResult {
  return hearReply('data', reply) === 'no'
    ? { kind: 'refused', stage: 'data', reply }
    : astray('data', reply);
}

/** After a plain no the session goes on with RSET; where that fails it is not trusted. */
async function afterReset(session: Session, { result }: Ending): Promise<Ending> {
  const deadline = createDeadline(session);
  deadline.set(RESET_WITHIN_MS);
  session.write('RSET\r\n');
  const heard = await hear(session, 'mail');
  deadline.clear();
  return { result, isInStep: !('kind' in heard) && hearReply('mail', heard) === 'yes' };
}

/** RFC 3461, 4. */
function encodeXtext(text: string): string {
  return text.replace(
    /[^!-*,-<>-~]/g,
    (sign) => `+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Both addresses of its envelope are in ASCII; others take RFC 6531. */
function isCarriedByAll({ to, returnPath }: Message): boolean {
  return /^[!-~]*$/.test(to + returnPath);
}

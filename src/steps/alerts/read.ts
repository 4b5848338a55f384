import { ALERT_BOUNDS, MOST_PAPERS } from '../../core/alerts/bounds.ts';
import {
  isSameMailbox,
  isSignedBySender,
  judgeSender,
  type Sender,
} from '../../core/alerts/trust.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { shortenText } from '../../core/text/text.ts';
import type { ReadMail } from '../../feeds/alerts/read-mail.ts';
import type { AlertOutcome, WaitingAlertMail } from '../../store/readers/alert-mails.ts';
import type { Outside } from '../steps.ts';
import { tellConfirmation } from './confirm.ts';
import { givePapers } from './give.ts';

type ReadOutside = Pick<
  Outside,
  | 'store'
  | 'keys'
  | 'config'
  | 'threads'
  | 'proofs'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'now'
>;

/** What one mail came to: its state, and whether a notice about it is to be sent. */
export interface ReadReport {
  readonly state: AlertOutcome['state'];
  readonly isTold: boolean;
}

const MOST_TRIES = 3;
const HOUR_MS = 3_600_000;
const LONGEST_SUBJECT = 300;
/** Control characters, and marks that turn the order of letters: a subject must not turn what stands behind it. */
const UNSHOWN = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * Reads one mail to an address for alerts, in a thread, and gives its reader what it names. What
 * nobody proves to be a service's or the reader's own waits for their word. Undefined where it waits no
 * more, or waits for DNS.
 */
export async function readAlert(
  outside: ReadOutside,
  mailId: number,
): Promise<ReadReport | undefined> {
  const { store } = outside;
  const waiting = await store.alertMails.begin(mailId);
  const reader = waiting && (await store.subscribers.findBySubscriber(waiting.subscriberId));
  if (!waiting || !reader) return undefined;
  const read = await readOnce(outside, waiting);
  if (read === 'later') return undefined;
  const sender = read && (await judge(outside, waiting, { ...read, owner: reader.address }));
  return store.transaction(async (tx) => {
    if (!(await tx.alertMails.lockWaiting(mailId))) return undefined;
    const inside = { ...outside, store: tx };
    const asked = await tx.alertMails.countAsked(waiting.subscriberId);
    const outcome = read && sender ? decide(read.mail, sender, asked) : BROKEN;
    await tx.alertMails.recordOutcome(mailId, outcome, outside.now());
    if (read && outcome.state === 'read') {
      await givePapers(inside, waiting.subscriberId, read.mail.alerts);
    }
    const isTold = await tellOwner(inside, { mailId, reader, outcome });
    return { state: outcome.state, isTold };
  });
}

type Read = Awaited<ReturnType<typeof readOnce>>;

/** What stands in it and who signed it; undefined where it cannot be read at all. */
async function readOnce(
  { threads, proofs, config, now }: ReadOutside,
  { raw, receivedAt, tries }: WaitingAlertMail,
) {
  const isOld = now().getTime() - receivedAt.getTime() > HOUR_MS;
  const keys = await proofs.findKeys(raw).catch(() => undefined);
  if (!keys && !isOld) return 'later';
  const site = config.http.publicUrl;
  try {
    return await threads.run('mail', [raw, { records: keys ?? [], site }]);
  } catch (error) {
    if (tries < MOST_TRIES) throw error;
    return undefined;
  }
}

/** Who sent it; `vouched` where its reader said so, of it or of an earlier one that the same sender signed. */
async function judge(
  { proofs, store }: ReadOutside,
  { isVouched, mailFrom, client, subscriberId }: WaitingAlertMail,
  { mail, signedBy, owner }: Exclude<Read, 'later' | undefined> & { owner: string },
): Promise<Sender | 'vouched'> {
  const { from, signers } = mail;
  const mayServer =
    client !== null && mailFrom !== null && (await proofs.maySend(client, mailFrom));
  const sender = judgeSender({ from, mailFrom, mayServer, signedBy }, { signers, owner });
  if (sender !== 'unproved') return sender;
  if (isVouched) return 'vouched';
  const isKnown =
    isSignedBySender({ from, signedBy }) &&
    (await store.alertMails.hasVouched(subscriberId, clip(from)));
  return isKnown ? 'vouched' : sender;
}

const NOTHING = {
  kind: null,
  about: null,
  papers: 0,
  others: 0,
  more: 0,
  reason: null,
  confirmation: null,
  isVouched: false,
} as const;

const BROKEN: AlertOutcome = {
  ...NOTHING,
  state: 'unread',
  sender: '',
  subject: '',
  reason: 'broken',
  isKept: true,
};

/** What becomes of a mail, by what it says and who sent it. */
function decide(mail: ReadMail, sender: Sender | 'vouched', asked: number): AlertOutcome {
  const { from, subject, confirmation, alerts, isOurs } = mail;
  const count = (of: (alert: (typeof alerts)[number]) => number) =>
    alerts.reduce((sum, alert) => sum + of(alert), 0);
  const [first] = alerts;
  const found = {
    ...NOTHING,
    sender: clip(from),
    subject: clip(subject),
    kind: first?.kind ?? mail.kind ?? null,
    about: first ? clip(first.about) : null,
    papers: count(({ papers }) => papers.length),
    others: count(({ others }) => others.length),
    more: count(({ more = 0 }) => more),
    // The reader of mails stops there.
    reason:
      count(({ papers, others }) => papers.length + others.length) >= MOST_PAPERS ? 'cut' : null,
    isVouched: sender === 'vouched',
    confirmation: confirmation ? { ...confirmation, isProved: sender === 'service' } : null,
  };
  if (isOurs) return { ...found, state: 'dropped', reason: 'ours', isKept: false };
  if (confirmation && sender !== 'unproved')
    return { ...found, state: 'confirmation', isKept: false };
  if (sender === 'unproved') {
    const isRoom = asked < ALERT_BOUNDS.asked;
    const nothing = { ...found, confirmation: null };
    return { ...nothing, state: isRoom ? 'asked' : 'dropped', isKept: isRoom };
  }
  if (!first) return { ...found, state: 'unread', isKept: true };
  // A mail of no known kind may hold more than was read.
  return { ...found, state: 'read', isKept: alerts.some(({ kind }) => kind === 'unknown') };
}

const clip = (text: string) => shortenText(text.replace(UNSHOWN, ' ').trim(), LONGEST_SUBJECT);

/** Of a confirmation that a signature proves, its owner hears at once. */
async function tellOwner(
  outside: Parameters<typeof tellConfirmation>[0],
  { mailId, reader, outcome }: { mailId: number; reader: Subscription; outcome: AlertOutcome },
): Promise<boolean> {
  const { state, confirmation } = outcome;
  if (state !== 'confirmation' || !confirmation?.isProved) return false;
  const { requestedBy } = confirmation;
  const isOthers = requestedBy !== undefined && !isSameMailbox(requestedBy, reader.address);
  return tellConfirmation(outside, { mailId, reader, confirmation, isOthers });
}

import { MOST_PAPERS } from '../../core/alerts/bounds.ts';
import { isSameMailbox } from '../../core/alerts/trust.ts';
import type { AlertConfirmation, AlertLine } from '../../core/letter/reader-pages.ts';
import type { Words } from '../../core/words/words.ts';
import type { AlertAddress } from '../../store/readers/alert-addresses.ts';
import type { AlertMailRow } from '../../store/readers/alert-mails.ts';
import { timeOf } from './visit.ts';

/** What happened of late is told so long. */
const TOLD_MS = 3 * 24 * 3_600_000;

/** What an address's owner should know of it: a bound that was reached, our own mail that comes back. */
export function noteAddress(
  { refusedAt, refusal, ownAt }: AlertAddress,
  now: Date,
  words: Words,
): string[] {
  const isLate = (at: Date | null): at is Date =>
    at !== null && now.getTime() - at.getTime() < TOLD_MS;
  return [
    ...(isLate(refusedAt) && refusal
      ? [words.say(`alerts.reached.${refusal}`, { when: timeOf(refusedAt) })]
      : []),
    ...(isLate(ownAt) ? [words.say('alerts.own', { when: timeOf(ownAt) })] : []),
  ];
}

/** What a service asks to confirm, with a warning where it was somebody else's wish, or nobody proves it. */
export function viewConfirmation(
  { id, receivedAt, confirmation, subject }: AlertMailRow,
  owner: string,
  words: Words,
): AlertConfirmation {
  const { by = '', requestedBy, link, code, isProved } = confirmation ?? {};
  const isOthers = requestedBy !== undefined && !isSameMailbox(requestedBy, owner);
  const warnings = [
    ...(isOthers ? [words.say('alerts.others')] : []),
    ...(isProved ? [] : [words.say('alerts.unproved', { by })]),
  ];
  return {
    id,
    when: timeOf(receivedAt),
    says: requestedBy
      ? words.say('alertConfirmation.asked', { by, mailbox: requestedBy })
      : words.say('alerts.asks', { by, subject: subject ?? '' }),
    ...(warnings.length > 0 && { warning: warnings.join(' ') }),
    ...(link && { link }),
    ...(code && { code }),
  };
}

/** A mail of which nobody knows who sent it. */
export function viewAsked(mail: AlertMailRow, words: Words): AlertLine {
  const { sender, papers } = mail;
  const from = sender || words.say('alerts.nobody');
  // What asks to confirm, or is read by nobody, has none: "0 papers" would say that it is worth nothing.
  const says =
    papers > 0
      ? words.say('alerts.fromWith', {
          sender: from,
          papers: words.say('papers', { count: papers }),
        })
      : words.say('alerts.from', { sender: from });
  return { ...lineOf(mail, words), says };
}

/** A mail with what was found in it. */
export function viewMail(mail: AlertMailRow, days: number, words: Words): AlertLine {
  const { state, papers, others, more, kind, reason } = mail;
  const line = lineOf(mail, words);
  if (state === 'waiting') return { ...line, says: words.say('alerts.waits') };
  if (state === 'unread') return { ...line, says: words.say('alerts.unread', { days }) };
  const says = [
    words.say('alerts.found', { papers: words.say('papers', { count: papers }) }),
    ...(others > 0 ? [words.say('alerts.noPapers', { count: others })] : []),
    ...(more > 0 ? [words.say('alerts.more', { count: more })] : []),
    ...(reason === 'cut' ? [words.say('alerts.cut', { count: MOST_PAPERS })] : []),
    ...(kind === 'unknown' ? [words.say('alerts.unknownKind')] : []),
  ];
  return { ...line, says: says.join(' ') };
}

function lineOf({ id, receivedAt, about, subject, state }: AlertMailRow, words: Words) {
  return {
    id,
    when: timeOf(receivedAt),
    label: about || subject || words.say('alerts.noSubject'),
    isUnread: state === 'unread',
  };
}

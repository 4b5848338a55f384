import type { AlertMail } from './alert.ts';
import { addressIn } from './origin.ts';

/** A mail that asks the owner of an address whether something may send to it. */
export interface Confirmation {
  /** Who asks. */
  readonly by: string;
  /** What a yes opens; a click there still asks. */
  readonly link?: string;
  /** In mails before 2025. */
  readonly code?: string;
  /** Whose mailbox wants to forward, where the mail names it. */
  readonly requestedBy?: string;
}

interface Row {
  readonly by: string;
  readonly senders: RegExp;
  /** Domains that sign it (DKIM, RFC 6376). */
  readonly signers: readonly string[];
  /** The first address in its words is whose mailbox asks. */
  readonly namesMailbox?: true;
  readonly subject?: RegExp;
  /** From the beginning of a link. */
  readonly link: RegExp;
  readonly code?: RegExp;
  readonly seen: string;
}

/** Where a mail says what its digits are. */
const CODE = /(?:code|Code|código)[^\d\n]{0,40}(\d{4,10})\b/;

const CONFIRMATIONS: readonly Row[] = [
  {
    by: 'Gmail',
    senders: /^forwarding-noreply@google\.com$/i,
    signers: ['google.com'],
    namesMailbox: true,
    // `uf-` beside it cancels. What is escaped in its token stays so.
    link: /^https:\/\/mail(?:-settings)?\.google\.com\/mail\/vf-[^\s<>"]+/,
    code: /^[^\S\n]*\(#(\d{6,12})\)|^.{0,40}[:：]\s*(\d{8,9})\s*$/m,
    seen: 'mails of 2017, 2020, 2021 and 2025, in English and Chinese',
  },
  {
    by: 'Zoho Mail',
    senders: /^[\w.+-]+@(?:[\w-]+\.)*zoho(?:mail|corp)?\.(?:com|eu|in|jp|ca|sa|com\.au|com\.cn)$/i,
    signers: ['zoho.com', 'zohomail.com', 'zohocorp.com', 'zoho.eu', 'zoho.in', 'zoho.jp'],
    namesMailbox: true,
    link: /^https:\/\/(?:[\w-]+\.)*zoho(?:mail)?\.[a-z.]{2,6}\/[^\s<>"]*(?:verif|confirm)[^\s<>"]*/i,
    code: CODE,
    seen: 'a reader of such mails knows them by sender and words, 2026; none was seen itself',
  },
  {
    by: 'Yahoo Mail',
    senders: /^[\w.+-]+@(?:[\w-]+\.)*yahoo(?:-inc)?\.com$/i,
    signers: ['yahoo.com', 'yahoo-inc.com'],
    namesMailbox: true,
    link: /^https:\/\/(?:[\w-]+\.)*yahoo\.com\/[^\s<>"]*(?:verif|confirm)[^\s<>"]*/i,
    code: CODE,
    seen: 'a page that shows its code, in a test, 2026; none was seen itself',
  },
  {
    by: 'ACS Publications',
    senders: /^[\w.+-]+@(?:[\w-]+\.)*(?:acs|acspubs)\.org$/i,
    signers: ['acs.org', 'acspubs.org'],
    subject: /confirm your opt-in/i,
    link: /^https:\/\/(?:[\w-]+\.)*(?:acs|acspubs)\.org\/[^\s<>"]+/,
    seen: 'its subject in a collection of alerts, 2026; none was seen itself',
  },
  {
    by: 'Google Scholar',
    senders: /^scholaralerts-noreply@google\.com$/i,
    signers: ['google.com'],
    link: /^https?:\/\/scholar\.google\.[a-z.]{2,6}\/scholar_alerts\?[^\s<>"]*update_op=confirm_alert[^\s<>"]*/,
    seen: 'a mail of 2013; its target is the first address',
  },
];

/** Each link of a text once: a pattern that begins anywhere would read a run of links over and over. */
const ANY_LINK = /https?:\/\/[^\s<>"]{1,2000}/g;

function findLink(text: string, link: RegExp): string | undefined {
  for (const [candidate] of text.matchAll(ANY_LINK)) {
    const found = link.exec(candidate)?.[0];
    if (found) return found;
  }
  return undefined;
}

/** Reads a confirmation; undefined for another mail. Its words say nothing: they are in any language. */
export function readConfirmation(
  mail: AlertMail,
): (Confirmation & Pick<Row, 'signers'>) | undefined {
  const { from, subject, text = '', html = '' } = mail;
  const body = text === '' ? html.replaceAll('&amp;', '&') : text;
  for (const row of CONFIRMATIONS) {
    const { by, senders, namesMailbox, link, code, signers } = row;
    if (!senders.test(from) || row.subject?.test(subject) === false) continue;
    const found = findLink(body, link);
    const said = code?.exec(subject) ?? code?.exec(body);
    const digits = said?.[1] ?? said?.[2];
    if (!found && !digits) continue;
    const requestedBy = namesMailbox ? addressIn(body) : undefined;
    return {
      by,
      signers,
      ...(found && { link: found }),
      ...(digits && { code: digits }),
      ...(requestedBy && { requestedBy }),
    };
  }
  return undefined;
}

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
  /** The first address in its words is whose mailbox asks. */
  readonly namesMailbox?: true;
  readonly link: RegExp;
  readonly code?: RegExp;
  readonly seen: string;
}

const CONFIRMATIONS: readonly Row[] = [
  {
    by: 'Gmail',
    senders: /^forwarding-noreply@google\.com$/i,
    namesMailbox: true,
    // `uf-` beside it cancels. What is escaped in its token stays so.
    link: /https:\/\/mail(?:-settings)?\.google\.com\/mail\/vf-[^\s<>"]+/,
    code: /^\s*\(#(\d{6,12})\)|^.{0,40}[:：]\s*(\d{8,9})\s*$/m,
    seen: 'mails of 2017, 2020, 2021 and 2025, in English and Chinese',
  },
  {
    by: 'Google Scholar',
    senders: /^scholaralerts-noreply@google\.com$/i,
    link: /https?:\/\/scholar\.google\.[a-z.]{2,6}\/scholar_alerts\?[^\s<>"]*update_op=confirm_alert[^\s<>"]*/,
    seen: 'a mail of 2013; its target is the first address',
  },
];

/** Reads a confirmation; undefined for another mail. Its words say nothing: they are in any language. */
export function readConfirmation(mail: AlertMail): Confirmation | undefined {
  const { from, subject, text = '', html = '' } = mail;
  const body = text === '' ? html.replaceAll('&amp;', '&') : text;
  for (const { by, senders, namesMailbox, link, code } of CONFIRMATIONS) {
    if (!senders.test(from)) continue;
    const found = link.exec(body)?.[0];
    const said = code?.exec(subject) ?? code?.exec(body);
    const digits = said?.[1] ?? said?.[2];
    if (!found && !digits) continue;
    const requestedBy = namesMailbox ? addressIn(body) : undefined;
    return {
      by,
      ...(found && { link: found }),
      ...(digits && { code: digits }),
      ...(requestedBy && { requestedBy }),
    };
  }
  return undefined;
}

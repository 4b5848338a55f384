import PostalMime, { type Email } from 'postal-mime';
import type { Alert, AlertMail } from './alert.ts';
import { type Confirmation, readConfirmation } from './confirmations.ts';
import { readAlert } from './read-alert.ts';

/** What a mail to an address for alerts turned out to be. */
export interface ReadMail {
  readonly subject: string;
  readonly confirmation?: Confirmation;
  readonly alerts: readonly Alert[];
}

const LIMITS = { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: 512 * 1024 };
/** Mails that are attached, as programs forward several at once. */
const MOST_ATTACHED = 20;

/**
 * Reads a mail as it came, and those attached to it: what it asks its owner to confirm, else the
 * papers that each of them names. Rejects where it is no mail.
 */
export async function readAlertMail(raw: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, LIMITS);
  const own = toAlertMail(mail);
  const confirmation = readConfirmation(own);
  if (confirmation) return { subject: own.subject, confirmation, alerts: [] };
  const attached = mail.attachments
    .filter(({ mimeType }) => mimeType === 'message/rfc822')
    .slice(0, MOST_ATTACHED);
  const others = await Promise.all(
    attached.map(async ({ content }) => toAlertMail(await PostalMime.parse(content, LIMITS))),
  );
  const alerts = [own, ...others].flatMap((each) => readAlert(each) ?? []);
  return { subject: own.subject, alerts };
}

function toAlertMail({ from, subject = '', html, text }: Email): AlertMail {
  return {
    from: from?.address ?? '',
    subject,
    ...(html && { html }),
    ...(text && { text }),
  };
}

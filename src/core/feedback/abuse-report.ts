import { parseFieldBlocks } from './fields.ts';
import type { InboundMail } from './mail.ts';

/** What a feedback report wants. */
export type AbuseReport = 'complaint' | 'opt_out' | 'not_spam' | 'other';

/**
 * What a type of feedback means: RFC 5965, 7.3 (abuse, fraud, virus, other), RFC 6430
 * (not-spam), and the opt-outs of the format's drafts that some still send.
 */
const meanings: Readonly<Record<string, AbuseReport>> = {
  abuse: 'complaint',
  fraud: 'complaint',
  'opt-out': 'opt_out',
  'opt-out-list': 'opt_out',
  'not-spam': 'not_spam',
};

/** Reads a feedback report (ARF, RFC 5965), or Microsoft's form without one; undefined where the mail is none. */
export function parseAbuseReport(mail: InboundMail): AbuseReport | undefined {
  const part = mail.parts.find(({ type }) => type === 'message/feedback-report');
  if (part) {
    const type = parseFieldBlocks(part.text)[0]?.get('feedback-type')?.toLowerCase() ?? '';
    return meanings[type] ?? 'other';
  }
  const isFromMicrosoft = mail.parts.some(
    ({ type, text }) => type === 'message/rfc822' && /^X-HmXmrOriginalRecipient:/im.test(text),
  );
  return isFromMicrosoft ? 'complaint' : undefined;
}

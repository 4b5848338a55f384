import type { NoticeContent } from '../letter/notice.ts';
import { countOf } from '../text/words.ts';
import type { InboundMail } from './mail.ts';

const LONGEST = 8_000;
const MOST_PARAGRAPHS = 120;

/**
 * What a person wrote, as a notice to the operator: who, the subject and the words. Links of
 * ours and signed ids are taken out, for they act for a reader.
 */
export function writeForward(
  mail: InboundMail,
  to: { site: string; publicUrl: string; inboundId: number },
): NoticeContent {
  const { from, subject, text } = mail;
  const words = hideRights(text, to.publicUrl).slice(0, LONGEST);
  const cut = text.length > LONGEST ? ['[cut off here]'] : [];
  const paragraphs = words
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .slice(0, MOST_PARAGRAPHS);
  return {
    subject:
      `${to.site}: ${from} wrote: ${hideRights(subject, to.publicUrl) || '(no subject)'}`.slice(
        0,
        200,
      ),
    paragraphs: [
      `${from} wrote to an address of ${to.site} that only machines read. Answer them from your own mailbox; the whole mail is shown by "paperround inbound show ${to.inboundId}".`,
      ...(paragraphs.length > 0 ? paragraphs : ['(It has no text.)']),
      ...cut,
    ],
    isSubscribed: false,
  };
}

/** That more wrote than are forwarded one by one. */
export function writeWaiting(site: string, count: number): NoticeContent {
  const mails = countOf(count, 'mail');
  return {
    subject: `${site}: ${count} more ${count === 1 ? 'person' : 'people'} wrote`,
    paragraphs: [
      `${mails} from people came in faster than they are forwarded one by one. "paperround inbound list" shows them.`,
    ],
    isSubscribed: false,
  };
}

function hideRights(text: string, publicUrl: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(publicUrl)
    .map((piece, at) => (at === 0 ? piece : piece.replace(/^[^\s<>")]*/, '[link]')))
    .join('')
    .replace(/(?<![a-z0-9])[bu](\+|%2b|=2b|\+2b)[0-9a-z]{17,29}/gi, '[id]');
}

/** A server's words without the addresses in them: they are kept longer than a reader may be. */
export function hideAddresses(text: string): string {
  return text.replace(/[^\s<>"(),;:]{1,64}@[^\s<>"(),;:]{1,255}/g, '…');
}

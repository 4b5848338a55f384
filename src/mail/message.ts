import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWords } from 'nodemailer/lib/mime-funcs';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import type { DigestLinks } from '../core/letter/digest.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { domainOf } from '../core/reader/address.ts';

/** A digest or a notice in words, before MIME. */
export interface RenderedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly links: Pick<DigestLinks, 'unsubscribe'>;
}

/** A letter ready for the wire. */
export interface Message {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/**
 * Puts a letter into RFC 5322 form: text part first, one recipient, List-Unsubscribe with
 * RFC 8058 one-click, List-Id (RFC 2919), Auto-Submitted (RFC 3834). Date, Message-ID and
 * MIME boundary come from the frozen row, so that the bytes are the same each time.
 */
export async function renderMessage(
  delivery: Pick<StoredDelivery, 'address' | 'date' | 'messageId' | 'seed' | 'refersTo'>,
  letter: RenderedLetter,
  rendering: Rendering,
): Promise<Message> {
  if (!delivery.address) throw new Error('the address of this delivery was erased');
  const { sender, from } = rendering;
  const { unsubscribe } = letter.links;
  const composer = new MailComposer({
    from: { name: sender.siteName, address: from },
    to: { name: '', address: delivery.address },
    replyTo: { name: sender.siteName, address: sender.contact },
    subject: letter.subject,
    date: delivery.date,
    messageId: delivery.messageId,
    ...(delivery.refersTo ? { inReplyTo: delivery.refersTo, references: delivery.refersTo } : {}),
    baseBoundary: delivery.seed,
    text: letter.text,
    html: letter.html,
    newline: 'windows',
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      // RFC 2919: the id stands in angle brackets as it is, only the phrase may be encoded.
      'List-Id': {
        prepared: true,
        value: `${phraseOf(sender.siteName)} <digest.${domainOf(from)}>`,
      },
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe
        ? {
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
  });
  const bytes = await composer.compile().build();
  return { messageId: delivery.messageId, from, to: delivery.address, bytes };
}

/** A name as a phrase: a quoted string (RFC 5322, 3.2.4), or encoded words (RFC 2047). */
function phraseOf(name: string): string {
  const line = name.replace(/\p{Cc}+/gu, ' ');
  if (!/^[\x20-\x7e]*$/.test(line)) return encodeWords(line, 'Q', 52, true);
  return `"${line.replace(/["\\]/g, '\\$&')}"`;
}

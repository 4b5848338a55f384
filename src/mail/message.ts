import MailComposer from 'nodemailer/lib/mail-composer';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { buildHeaders, type Marks } from './headers.ts';

/** A digest or a notice in words, before MIME. */
export interface RenderedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A letter ready for the wire, not signed yet. */
export interface Message {
  readonly messageId: string;
  /** What MAIL FROM says: where reports come back to. */
  readonly returnPath: string;
  readonly to: string;
  /** What a report names the envelope by (RFC 3461, 4.4), where somebody reads reports. */
  readonly envelopeId?: string | undefined;
  readonly bytes: Buffer;
}

/**
 * Puts a letter into RFC 5322 form: text part first, one recipient. Date, Message-ID, MIME
 * boundary and references come from the frozen row, so that the bytes are the same each time.
 */
export async function renderMessage(
  delivery: Pick<StoredDelivery, 'address' | 'date' | 'messageId' | 'seed' | 'refersTo'>,
  letter: RenderedLetter & { readonly marks: Marks },
  rendering: Rendering,
): Promise<Message> {
  if (!delivery.address) throw new Error('the address of this delivery was erased');
  const { sender, from, inboundDomain } = rendering;
  const { reference } = letter.marks;
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
    headers: buildHeaders(letter.marks, rendering),
  });
  const bytes = await composer.compile().build();
  return {
    messageId: delivery.messageId,
    returnPath: inboundDomain ? `${reference}@${inboundDomain}` : from,
    to: delivery.address,
    ...(inboundDomain ? { envelopeId: reference } : {}),
    bytes,
  };
}

import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import { remember } from '../core/letter/remember.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { buildOwnHeaders, buildSharedHeaders, type Headers, type Marks } from './headers.ts';
import type { EncodedParts } from './plates.ts';

/** A digest or a notice in words, before MIME. */
export interface RenderedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The same with its parts in quoted-printable. */
export interface EncodedLetter extends EncodedParts {
  readonly marks: Marks;
}

/** A letter ready for the wire, not signed yet. */
export interface Message {
  readonly messageId: string;
  /** What MAIL FROM says: where reports come back to. */
  readonly returnPath: string;
  readonly to: string;
  /** The signed id of its delivery, for vendors that hand it back. */
  readonly reference: string;
  /** What a report names the envelope by (RFC 3461, 4.4), where somebody reads reports. */
  readonly envelopeId?: string | undefined;
  /**
   * One sign a byte (latin1), to be joined: readers share most of them, so that a letter that waits for
   * its turn costs little. The last ends a line; no line of the body begins with a dot.
   */
  readonly pieces: readonly string[];
}

type Addressed = Pick<StoredDelivery, 'address' | 'date' | 'messageId' | 'seed' | 'refersTo'>;

/**
 * Puts letters of one rendering into RFC 5322 form: text part first, one recipient. Date,
 * Message-ID, MIME boundary and references come from the frozen row, so that the bytes are the
 * same each time. Header fields that many letters share are encoded once.
 */
export function createMessageWriter(rendering: Rendering) {
  const { sender, from, inboundDomain } = rendering;
  const shared = remember((campaign: string, list: Marks['list']) =>
    encodeFields({
      From: { name: sender.siteName, address: from },
      'Reply-To': { name: sender.siteName, address: sender.contact },
      ...buildSharedHeaders({ campaign, list }, rendering),
      'MIME-Version': '1.0',
    }),
  );
  const subjects = remember((subject: string) => encodeFields({ Subject: subject }));
  return (delivery: Addressed, { subject, html, text, marks }: EncodedLetter): Message => {
    const { address, date, messageId, seed, refersTo } = delivery;
    if (!address) throw new Error('the address of this delivery was erased');
    const { reference, campaign, list } = marks;
    const head = [
      shared(campaign, list),
      addressField(address),
      subjects(subject),
      `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: ${messageId}`,
      ...(refersTo ? [`In-Reply-To: ${refersTo}`, `References: ${refersTo}`] : []),
      ...writeFields(buildOwnHeaders(marks)),
      `Content-Type: multipart/alternative;\r\n boundary="${boundaryOf(seed)}"`,
    ];
    const pieces = [head.join('\r\n')];
    addBody(pieces, boundaryOf(seed), text, html);
    return {
      messageId,
      returnPath: inboundDomain ? `${reference}@${inboundDomain}` : from,
      to: address,
      reference,
      ...(inboundDomain ? { envelopeId: reference } : {}),
      pieces,
    };
  };
}

/** `=_` stands in no quoted-printable text (RFC 2045, 6.7). */
function boundaryOf(seed: string): string {
  return `=_${seed}`;
}

function addBody(to: string[], boundary: string, text: readonly string[], html: readonly string[]) {
  const add = (type: string, encoded: readonly string[]) => {
    to.push(
      `\r\n--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
    );
    for (const piece of encoded) to.push(piece);
    // A soft break would take the line end that belongs to the boundary.
    if (encoded.at(-1)?.endsWith('=\r\n')) to.push('\r\n');
  };
  to.push('\r\n');
  add('text/plain', text);
  add('text/html', html);
  to.push(`\r\n--${boundary}--\r\n`);
}

/** Whatever may be in a name or a subject, nodemailer makes fields of it that nothing can be added to. */
function encodeFields(
  headers: Readonly<Record<string, Headers[string] | { name: string; address: string }>>,
): string {
  const node = new MimeNode('text/plain');
  for (const [name, value] of Object.entries(headers)) node.setHeader(name, value);
  const wanted = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return node
    .buildHeaders()
    .split(/\r\n(?![ \t])/)
    .filter((field) => wanted.has(field.slice(0, field.indexOf(':')).toLowerCase()))
    .join('\r\n');
}

function writeFields(headers: Headers): string[] {
  return Object.entries(headers).map(([name, value]) =>
    typeof value === 'string' ? `${name}: ${value}` : foldLines(`${name}: ${value.value}`, 76),
  );
}

/** Addresses as nearly all are stand as they are (RFC 5322, 3.4.1). */
function addressField(address: string): string {
  const isPlain = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9.-]+$/.test(
    address,
  );
  if (isPlain) return `To: ${address}`;
  // RFC 6532: what lies beyond ASCII stands there in UTF-8.
  return Buffer.from(encodeFields({ To: { name: '', address } })).toString('latin1');
}

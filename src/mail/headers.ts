import { encodeWords } from 'nodemailer/lib/mime-funcs';
import type { Rendering } from '../core/letter/rendering.ts';
import { domainOf } from '../core/reader/address.ts';

/** What the headers of one letter are made of. */
export interface Marks {
  /** The signed id by which a report about the letter names it. */
  readonly reference: string;
  /** Such as `2026-03-03:regular:digest`: of which edition, for whom and of which kind, without its reader. */
  readonly campaign: string;
  /** Of mail to subscribers as such, which list it is of: a confirmation is of none. */
  readonly list: 'digest' | 'announcements' | undefined;
  /** Where one leaves, by the web and by mail. */
  readonly unsubscribe?: string | undefined;
  readonly unsubscribeMail?: string | undefined;
}

/** A value that is encoded already, and only folded. */
export interface Prepared {
  readonly prepared: true;
  readonly foldLines: true;
  readonly value: string;
}

export type Headers = Readonly<Record<string, string | Prepared>>;

/**
 * The headers beside those that every letter has. For all: Auto-Submitted (RFC 3834), Content-Language
 * (RFC 3282), an opaque
 * reference, Feedback-ID (four fields, Google's feedback loop) and CFBL-Address (RFC 9477) where reports
 * can come back; for mail of the list: List-Id (RFC 2919), the RFC 2369 fields, one-click
 * leaving (RFC 8058).
 */
export function buildHeaders(marks: Marks, rendering: Rendering): Headers {
  return { ...buildSharedHeaders(marks, rendering), ...buildOwnHeaders(marks) };
}

/** Those of them that are the same in all letters of a campaign. */
export function buildSharedHeaders(
  { campaign, list }: Pick<Marks, 'campaign' | 'list'>,
  { sender, from, publicUrl, reportAddress, language }: Rendering,
): Headers {
  return {
    'Auto-Submitted': 'auto-generated',
    // Absent where an older version wrote the letter: its copies stay the same.
    ...(language ? { 'Content-Language': language } : {}),
    'Feedback-ID': `${campaign}:${senderIdOf(domainOf(from))}`,
    ...(reportAddress ? { 'CFBL-Address': asIs(`${reportAddress}; report=arf`) } : {}),
    ...(list
      ? {
          // RFC 2919: the id stands in angle brackets as it is, only the phrase may be encoded.
          'List-Id': asIs(`${phraseOf(nameOf(list, sender.siteName))} <${list}.${domainOf(from)}>`),
          'List-Help': asIs(`<${publicUrl}/>`),
          'List-Archive': asIs(`<${publicUrl}/editions>`),
          'List-Owner': asIs(`<mailto:${sender.contact}>`),
          'List-Post': 'NO',
          Precedence: 'list',
        }
      : {}),
  };
}

/** Those of them that name one letter or its reader. */
export function buildOwnHeaders(marks: Omit<Marks, 'campaign'>): Headers {
  const { reference, list, unsubscribe, unsubscribeMail } = marks;
  const ways = [unsubscribe, unsubscribeMail].filter((way) => way !== undefined);
  return {
    'X-Entity-Ref-ID': reference,
    ...(list && unsubscribe
      ? {
          'List-Unsubscribe': asIs(ways.map((way) => `<${way}>`).join(', ')),
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
  };
}

function nameOf(list: 'digest' | 'announcements', siteName: string): string {
  return list === 'digest' ? siteName : `${siteName}: announcements`;
}

function asIs(value: string): Prepared {
  return { prepared: true, foldLines: true, value: value.replace(/\p{Cc}+/gu, ' ') };
}

/** Five to fifteen letters and digits that stay the same for ever. */
function senderIdOf(domain: string): string {
  return domain
    .replace(/[^a-z0-9]/gi, '')
    .slice(-15)
    .padEnd(5, '0');
}

/** A name as a phrase: a quoted string (RFC 5322, 3.2.4), or encoded words (RFC 2047). */
function phraseOf(name: string): string {
  const line = name.replace(/\p{Cc}+/gu, ' ');
  if (!/^[\x20-\x7e]*$/.test(line)) return encodeWords(line, 'Q', 52, true);
  return `"${line.replace(/["\\]/g, '\\$&')}"`;
}

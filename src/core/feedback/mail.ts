import PostalMime, { type Email } from 'postal-mime';
import { firstLines } from '../text/first-lines.ts';
import { readWindows } from '../text/windows.ts';
import { type Fields, parseFieldBlocks } from './fields.ts';

/** What the transport knew of a mail. */
export interface Envelope {
  /** Empty for the null sender; undefined where the way in does not tell. */
  readonly from: string | undefined;
  readonly to: readonly string[];
}

/** A mail that came back, read as far as it can be read. */
export interface InboundMail {
  readonly envelope: Envelope;
  /** The top headers. */
  readonly headers: Fields;
  readonly subject: string;
  /** The address in From, or empty. */
  readonly from: string;
  /** What a person reads; of HTML its words. */
  readonly text: string;
  /** Attached texts and messages, decoded: reports, their fields, what they return. */
  readonly parts: readonly { readonly type: string; readonly text: string }[];
  /** The bytes, one character each. */
  readonly raw: string;
}

const LONGEST_PART = 256 * 1024;
const LONGEST_HEAD = 64 * 1024;
const MOST_PARTS = 50;
/** Behind these only signed ids are looked for. */
const MOST_LINES = 20_000;
const LIMITS = { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: 512 * 1024 };

/** Reads a mail; what is broken beyond reading is what its bytes say. Never rejects. */
export async function parseMail(bytes: Uint8Array, envelope: Envelope): Promise<InboundMail> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const email = await PostalMime.parse(firstLines(bytes, MOST_LINES), LIMITS).catch(
    () => undefined,
  );
  const headers = email ? readHeaders(email) : readHead(raw);
  const html = email?.html ?? '';
  return {
    envelope,
    headers,
    subject: clean(email?.subject ?? headers.get('subject') ?? '').slice(0, 500),
    from: clean(email?.from?.address ?? findAddress(headers.get('from') ?? '')).slice(0, 320),
    text: readWindows((email?.text ?? stripTags(html)).slice(0, LONGEST_PART)),
    parts: email ? readParts(email) : [],
    raw,
  };
}

/** A top header's value; empty where it is absent. */
export function headerOf(mail: Pick<InboundMail, 'headers'>, name: string): string {
  return mail.headers.get(name) ?? '';
}

function readHeaders({ headers }: Email): Fields {
  const fields = new Map<string, string>();
  // Each server on the way writes one of its own kind: all of them count.
  for (const { key, value } of headers) {
    const before = fields.get(key);
    const isOfManyHands = /^(delivered-to|x-original-to|envelope-to)$/.test(key);
    if (before === undefined) fields.set(key, value);
    else if (isOfManyHands) fields.set(key, `${before}, ${value}`);
  }
  return fields;
}

function readHead(raw: string): Fields {
  const head = raw.slice(0, LONGEST_HEAD).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return parseFieldBlocks(head)[0] ?? new Map();
}

function readParts({ attachments }: Email): InboundMail['parts'] {
  return attachments
    .filter(({ mimeType }) => /^(message|text)\//.test(mimeType))
    .slice(0, MOST_PARTS)
    .map(({ mimeType: type, content }) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
      return { type, text: new TextDecoder().decode(bytes.subarray(0, LONGEST_PART)) };
    });
}

function findAddress(value: string): string {
  return /[^\s<>"(),;:]{1,64}@[^\s<>"(),;:]{1,255}/.exec(value.slice(0, 2000))?.[0] ?? '';
}

/** Control characters have no place in what is shown or compared. */
function clean(text: string): string {
  return readWindows(text)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

function stripTags(html: string): string {
  return html.slice(0, LONGEST_PART).replace(/<[^<>]*>/g, ' ');
}

import { findWrapped, type Reply } from '../letter/reply.ts';
import { type Fields, parseFieldBlocks } from './fields.ts';
import { headerOf, type InboundMail } from './mail.ts';

/** What became of a message, as a report says. */
export type DeliveryReport =
  | { readonly action: 'failed'; readonly reply: Reply }
  /** `delayed`, `delivered`, `relayed`, `expanded`: it did not fail. */
  | { readonly action: 'other'; readonly name: string };

const LONGEST_TEXT = 1000;
const ENHANCED = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;

/**
 * Reads a delivery status notification (RFC 3464; RFC 6533 for UTF-8); undefined where the
 * mail is none. It failed where a recipient failed and none of them got it.
 */
export function parseDeliveryStatus(mail: InboundMail): DeliveryReport | undefined {
  const text = findStatusText(mail);
  if (text === undefined) return undefined;
  const actions = parseFieldBlocks(text)
    .filter((block) => block.has('action') || block.has('status') || block.has('final-recipient'))
    .map((block) => ({ name: readAction(block), reply: readReply(block, mail.text) }));
  const failed = actions.find(({ name }) => name === 'failed');
  const other = actions.find(({ name }) => name !== 'failed');
  const hasArrived = actions.some(({ name }) => /^(delivered|relayed|expanded)$/.test(name));
  if (failed && !hasArrived) return { action: 'failed', reply: failed.reply };
  return other && { action: 'other', name: other.name };
}

function findStatusText({ parts, headers, raw }: InboundMail): string | undefined {
  const part = parts.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type));
  if (part) return part.text;
  // Where the parts are broken, the fields still stand in the bytes.
  const contentType = headers.get('content-type') ?? '';
  if (!/multipart\/report/i.test(contentType) || !/delivery-status/i.test(contentType)) {
    return undefined;
  }
  const at = raw.search(/^(?:Reporting-MTA|Original-Envelope-Id|Final-Recipient):/im);
  return at < 0 ? undefined : raw.slice(at, at + 64 * 1024);
}

/** Some write no Action: a final status says enough, any other means that it did not fail yet. */
function readAction(block: Fields): string {
  const action = /^[a-z-]+/.exec(block.get('action')?.toLowerCase() ?? '')?.[0];
  const stated = block.get('status') ?? block.get('diagnostic-code') ?? '';
  return action ?? (/(?<![\d.])5(\.\d+\.\d+|\d\d)/.test(stated) ? 'failed' : 'unstated');
}

/** Status and Diagnostic-Code as one reply; of two codes the one that says more. */
function readReply(block: Fields, words: string): Reply {
  const status = ENHANCED.exec(block.get('status') ?? '')?.[1];
  const isVague = status === undefined || /\.0\.0$/.test(status);
  const said = (block.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  const wrapped = findWrapped(said);
  if (wrapped) return wrapped;
  const elsewhere = isVague ? findLineOf(block, words) : undefined;
  const text = said || (elsewhere ?? block.get('x-display-name') ?? '');
  const found = findReply(text);
  return buildReply({
    code: found.code,
    enhanced: (isVague ? found.enhanced : status) ?? status,
    text: text || `status ${status ?? 'unknown'}`,
  });
}

/** OpenSMTPD, 6.8 to 7.5, says in words alone what the server answered: the recipient, a colon, the answer. */
function findLineOf(block: Fields, words: string): string | undefined {
  const recipient = (block.get('final-recipient') ?? '').replace(/^[\w-]+\s*;\s*/, '').trim();
  if (recipient === '') return undefined;
  const opening = `${recipient.toLowerCase()}:`;
  const line = words.split('\n').find((each) => each.trim().toLowerCase().startsWith(opening));
  return line?.trim().slice(opening.length).trim();
}

/** The first answer of a server in a text: its code and its enhanced code. */
function findReply(text: string): { code: number | undefined; enhanced: string | undefined } {
  const near = text.slice(0, 4000);
  const code = /(?<![\d.])([45]\d\d)(?=[ \-:#,]|$)/m.exec(near)?.[1];
  return { code: code ? Number(code) : undefined, enhanced: ENHANCED.exec(near)?.[1] };
}

function buildReply(of: {
  code: number | undefined;
  enhanced: string | undefined;
  text: string;
}): Reply {
  const code = of.code ?? (of.enhanced?.startsWith('4') ? 450 : 550);
  const text = of.text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
  return { code, text, ...(of.enhanced ? { enhancedCode: of.enhanced } : {}) };
}

const QMAIL_OPENS =
  /^\s*(Hi\. This is the|This is the .{1,80} program|Message from \S+\.$|I'm afraid I wasn't able)/m;
const QMAIL_RECIPIENT = /^<[^<>\s]{1,320}>:\s*$/m;
const RETURNED =
  /^(-{2,} ?(Below this line|This is a copy|The (body|header)|Enclosed|Undelivered|Original|Returned)|Return-Path:)/m;

/**
 * Reads qmail's bounce message format (QSBMF, D. J. Bernstein 1997): a paragraph for each
 * recipient, its address and a colon first. Undefined where the mail is none.
 */
export function parseQmailBounce(mail: InboundMail): DeliveryReport | undefined {
  const own = withoutReturned(mail.text);
  if (!QMAIL_OPENS.test(own.slice(0, 400))) return undefined;
  const recipient = QMAIL_RECIPIENT.exec(own);
  if (!recipient) return undefined;
  const text = own.slice(recipient.index + recipient[0].length).split(/\n\s*\n/, 1)[0] ?? '';
  return { action: 'failed', reply: buildReply({ ...findReply(text), text }) };
}

/** Reads a bounce that names its recipients in a header (Exim, older Gmail) and the reason in words. */
export function parseFailedRecipients(mail: InboundMail): DeliveryReport | undefined {
  if (headerOf(mail, 'x-failed-recipients') === '') return undefined;
  const text = withoutReturned(mail.text);
  // What the report says of itself comes first, the server's words after the address.
  const at = text.search(
    /\b[45]\d\d[ -]|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])|^ {4,}\S[^@\n]*$/m,
  );
  const said = at < 0 ? text : text.slice(at);
  const found = findReply(said);
  return { action: 'failed', reply: buildReply({ ...found, text: said }) };
}

function withoutReturned(text: string): string {
  const at = text.search(RETURNED);
  return (at > 0 ? text.slice(0, at) : text).slice(0, 16 * 1024);
}

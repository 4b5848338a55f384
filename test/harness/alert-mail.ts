import { generateKeyPairSync } from 'node:crypto';
import { createSigner, readDkimKey } from '../../src/mail/dkim.ts';
import type { Live } from './live.ts';
import { INBOUND_DOMAIN } from './return-mail.ts';
import { waitFor } from './wait.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const record = `v=DKIM1; k=ed25519; p=${publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;
const key = readDkimKey('t1', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

/** What a DNS server says so that `signAs` holds for these domains. */
export function keysOf(...domains: string[]): Record<string, string[]> {
  return Object.fromEntries(domains.map((domain) => [`TXT t1._domainkey.${domain}`, [record]]));
}

/** The mail with a signature of a domain before it (DKIM). */
export async function signAs(domain: string, mail: string): Promise<string> {
  const source = mail.replace(/\r?\n/g, '\r\n');
  // What is signed are bytes, one letter each.
  const bytes = Buffer.from(source).toString('latin1');
  return `${await createSigner(domain, [key])(bytes)}${source}`;
}

/** A mail in HTML as services send it. */
export function writeMail(
  { from, subject, html, text }: { from: string; subject: string; html?: string; text?: string },
  encoding: '8bit' | 'base64' | 'quoted-printable' = '8bit',
): string {
  return [
    `From: Somebody <${from}>`,
    `Subject: ${subject}`,
    'To: reader@readers.example',
    'Date: Tue, 03 Mar 2026 07:00:00 +0000',
    `Message-ID: <${Math.random().toString(36).slice(2)}@sender.example>`,
    'MIME-Version: 1.0',
    `Content-Type: text/${html ? 'html' : 'plain'}; charset=UTF-8`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    encode(html ?? text ?? '', encoding),
    '',
  ].join('\r\n');
}

function encode(text: string, encoding: string): string {
  if (encoding === 'base64') {
    return (
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n');
  }
  return encoding === 'quoted-printable' ? writeQuoted(text) : text;
}

/** RFC 2045, 6.7: soft breaks fall in the middle of whatever stands there. */
function writeQuoted(text: string): string {
  const escaped = Array.from(Buffer.from(text), (byte) =>
    byte > 126 || byte < 32 || byte === 61
      ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  const lines: string[] = [''];
  for (const each of escaped) {
    const last = lines.length - 1;
    if ((lines[last] ?? '').length > 70) lines.push(each);
    else lines[last] += each;
  }
  return lines.join('=\r\n');
}

/** The address for alerts that a reader's page shows after the press that makes one, `instead` of another. */
export async function makeAlertAddress(live: Live, page: string, instead = ''): Promise<string> {
  const { body } = await live.post(`${page}/alerts`, { act: 'make', instead });
  const address = new RegExp(`al-[0-9a-z]{16}@${INBOUND_DOMAIN.replace('.', '\\.')}`).exec(body);
  if (!address) throw new Error(`no address on the page: ${body}`);
  return address[0];
}

/** Waits until every mail to an address for alerts was read. */
export const settleAlerts = (live: Live) =>
  waitFor(async () => (await live.outside.store.alertMails.listWaiting(1)).length === 0);

import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { foldLines } from 'nodemailer/lib/mime-funcs';

/** A private key that a domain signs with, and the selector under which DNS knows its public half. */
export interface DkimKey {
  readonly selector: string;
  readonly key: KeyObject;
}

/** Signs a whole message: its bytes with a DKIM-Signature a key before them. */
export type SignMessage = (bytes: Buffer) => Promise<Buffer>;

/** RFC 8058, 4 wants both List-Unsubscribe fields covered, and Google Feedback-ID; nodemailer's own list leaves some out. */
const SIGNED =
  'from:to:reply-to:subject:date:message-id:in-reply-to:references:mime-version:content-type:list-id:list-unsubscribe:list-unsubscribe-post:list-help:list-archive:list-owner:list-post:auto-submitted:precedence:feedback-id:cfbl-address:x-entity-ref-id';

/**
 * Reads a private key in PEM: RSA of 2048 bits or more (RFC 8301, 3.2), or Ed25519 (RFC
 * 8463). Throws a sentence that says what is wrong.
 */
export function readDkimKey(selector: string, pem: string): DkimKey {
  const key = parsePem(pem);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const bits = details?.modulusLength ?? 0;
  if (type === 'rsa' && bits < 2048) {
    throw new Error(`is an RSA key of ${bits} bits; receivers ask for 2048 or more`);
  }
  if (type !== 'rsa' && type !== 'ed25519')
    throw new Error(`is a key of type ${type}, not RSA or Ed25519`);
  return { selector, key };
}

function parsePem(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error('holds no private key in PEM');
  }
}

/** Signs for a domain with each of these keys: RSA by nodemailer, which knows no other, Ed25519 beside it. */
export function createSigner(domain: string, keys: readonly DkimKey[]): SignMessage {
  const rsa = keys.filter(({ key }) => key.asymmetricKeyType === 'rsa');
  const others = keys.filter((each) => !rsa.includes(each));
  const dkim = new DKIM({
    keys: rsa.map(({ selector, key }) => ({
      domainName: domain,
      keySelector: selector,
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    })),
    headerFieldNames: SIGNED,
  });
  return async (bytes) => {
    const signed = rsa.length > 0 ? await buffer(dkim.sign(bytes)) : bytes;
    const expected = signed.length > bytes.length || rsa.length === 0;
    // nodemailer passes on unsigned what it cannot sign.
    if (!expected) throw new Error('the message could not be signed');
    const fields = others.map((key) => signEd25519(domain, key, bytes));
    return Buffer.concat([...fields.map((field) => Buffer.from(field, 'latin1')), signed]);
  };
}

/** A DKIM-Signature field by RFC 6376 with `relaxed/relaxed`, signed as RFC 8463, 3 says: Ed25519 over the SHA-256 of what is signed. */
function signEd25519(domain: string, { selector, key }: DkimKey, bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n') + 2;
  const fields = new Map(
    text
      .slice(0, end)
      .split(/\r\n(?![ \t])/)
      .filter(Boolean)
      .map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field]),
  );
  const names = SIGNED.split(':').filter((name) => fields.has(name));
  const hash = (data: string) => createHash('sha256').update(data, 'latin1').digest();
  const bodyHash = hash(relaxBody(text.slice(end + 2))).toString('base64');
  const field = foldLines(
    `DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}; bh=${bodyHash}; h=${names.join(': ')}; b=`,
    76,
  );
  const covered = names.map((name) => `${relaxField(fields.get(name) ?? '')}\r\n`).join('');
  const signature = sign(null, hash(covered + relaxField(field)), key);
  return `${field}${signature.toString('base64')}\r\n`;
}

/** RFC 6376, 3.4.2. */
function relaxField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${field.slice(0, colon).trimEnd().toLowerCase()}:${value}`;
}

/** RFC 6376, 3.4.4. */
function relaxBody(body: string): string {
  const relaxed = body
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '')
    .replace(/(\r\n)*$/, '');
  return relaxed === '' ? '' : `${relaxed}\r\n`;
}

import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { foldLines } from 'nodemailer/lib/mime-funcs';

/** A private key that a domain signs with, and the selector under which DNS knows its public half. */
export interface DkimKey {
  readonly selector: string;
  readonly key: KeyObject;
}

/** Signs a whole message, one sign a byte: what is to be put before it, a DKIM-Signature field a key. */
export type SignMessage = (source: string) => Promise<string>;

/** RFC 8058, 4 wants both List-Unsubscribe fields covered, and Google Feedback-ID. */
const SIGNED =
  'from to cc reply-to subject date message-id in-reply-to references mime-version content-type list-id list-unsubscribe list-unsubscribe-post list-help list-archive list-owner list-post auto-submitted precedence feedback-id cfbl-address x-entity-ref-id'.split(
    ' ',
  );
/**
 * Signed once more than they occur, so that a second one, which some readers would show or go by,
 * breaks the signature (RFC 6376, 8.15): also one of a field that is not there.
 */
const OVERSIGNED = new Set(
  'from to cc reply-to subject date message-id mime-version content-type list-id list-unsubscribe list-unsubscribe-post list-help list-archive list-owner list-post'.split(
    ' ',
  ),
);

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

/**
 * Signs for a domain with each of these keys (RFC 6376, `relaxed/relaxed`; RFC 8463 for Ed25519).
 * What is signed is hashed once for all keys; the keys do their work in threads of their own.
 */
export function createSigner(domain: string, keys: readonly DkimKey[]): SignMessage {
  const begin = keys.map((key) => ({ ...key, begin: createBeginning(domain, key) }));
  return async (source) => {
    const end = source.indexOf('\r\n\r\n') + 2;
    if (end < 2) throw new Error('the message has no end of its head');
    const fields = readFields(source.slice(0, end));
    const covered = coverFields(fields);
    const bodyHash = hashBody(source.slice(end + 2));
    const signatures = begin.map(async ({ key, begin: beginFor }) => {
      const field = `${beginFor(covered.names)} bh=${bodyHash};\r\n b=`;
      const data = Buffer.from(covered.text + relaxField(field), 'latin1');
      return `${field}${foldSignature(await signWith(key, data))}\r\n`;
    });
    return (await Promise.all(signatures)).join('');
  };
}

/** The signature as far as it is the same for all messages with these fields. */
function createBeginning(domain: string, { selector, key }: DkimKey): (names: string) => string {
  const algorithm = key.asymmetricKeyType === 'rsa' ? 'rsa-sha256' : 'ed25519-sha256';
  const known = new Map<string, string>();
  return (names) => {
    const beginning =
      known.get(names) ??
      `${foldLines(`DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain}; s=${selector}; h=${names};`, 76)}\r\n`;
    // Messages have a dozen sets of fields, not more.
    if (known.size < 100) known.set(names, beginning);
    return beginning;
  };
}

function signWith(key: KeyObject, data: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, signature: Buffer) =>
      error ? reject(error) : resolve(signature);
    // RFC 8463, 3: Ed25519 signs the hash, RSA makes its own.
    if (key.asymmetricKeyType === 'rsa') sign('sha256', data, key, done);
    else sign(null, createHash('sha256').update(data).digest(), key, done);
  });
}

function foldSignature(signature: Buffer): string {
  return signature.toString('base64').replace(/.{72}(?=.)/g, '$&\r\n ');
}

type Fields = ReadonlyMap<string, readonly string[]>;

/** Fields by their names in lower case, the last first, as signatures count them (RFC 6376, 5.4.2). */
function readFields(head: string): Fields {
  const fields = new Map<string, string[]>();
  for (const field of head.split(/\r\n(?![ \t])/)) {
    if (field === '') continue;
    const name = field.slice(0, field.indexOf(':')).trimEnd().toLowerCase();
    fields.set(name, [field, ...(fields.get(name) ?? [])]);
  }
  return fields;
}

/** What of a head is signed, and the names that say so: some once more than they occur. */
function coverFields(fields: Fields): { readonly names: string; readonly text: string } {
  const names: string[] = [];
  let text = '';
  for (const name of SIGNED) {
    for (const field of fields.get(name) ?? []) {
      names.push(name);
      text += `${relaxField(field)}\r\n`;
    }
    if (OVERSIGNED.has(name)) names.push(name);
  }
  return { names: names.join(': '), text };
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

/** RFC 6376, 3.4.4; our own bodies are what it would make of them. */
function hashBody(body: string): string {
  const isRelaxed =
    body.length > 2 &&
    !body.includes('  ') &&
    !body.includes('\t') &&
    !body.includes(' \r\n') &&
    body.endsWith('\r\n') &&
    !body.endsWith('\r\n\r\n');
  return createHash('sha256')
    .update(isRelaxed ? body : relaxBody(body), 'latin1')
    .digest('base64');
}

function relaxBody(body: string): string {
  const relaxed = body
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '')
    .replace(/(\r\n)*$/, '');
  return relaxed === '' ? '' : `${relaxed}\r\n`;
}

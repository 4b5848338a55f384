import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Secrets by id; the newest signs, all verify, so that old links keep working. */
export interface KeyRing {
  readonly newest: string;
  readonly secrets: ReadonlyMap<string, Buffer>;
}

/** What a link may do: one right a token, no other. Each is also the first part of its page's path. */
export const rights = [
  /** Row: a subscription. End it. */
  'unsubscribe',
  /** Row: a subscription. End announcements, and no digest. */
  'announcements',
  /** Row: a subscription. Ask for the mail by which one comes back. */
  'return',
  /** Row: a subscription. See and change what it asks for. */
  'preferences',
  /** Row: a delivery. See its digest without its reader. */
  'view',
  /** Row: a consent. Confirm what was asked for. */
  'confirm',
  /** Row: a mailed link. See, export and erase what is kept of a reader, change the address. */
  'private',
  /** Row: a mailed link. Confirm a new address from its mailbox. */
  'address',
  /** Row: a mailed link. Begin a session, in which a reader acts towards others. */
  'session',
  /** Row: an invitation to a circle. Join it, signed in. */
  'join',
  /** Row: a member's link for programs. Read what a circle said of its papers. */
  'circle',
  /** Row: a delivery. Ask for more or less like one of the papers it brought. */
  'vote',
  /** Row: a delivery. Keep one of the papers it brought. */
  'keep',
  /** Row: a subscription. Read the papers that its digests chose, as a feed. */
  'feed',
  /** Row: a subscription. Read the papers that it keeps, as a feed. */
  'kept',
  /** Row: a subscription. Read the pages of a site that is for members only. */
  'read',
] as const;

export type Right = (typeof rights)[number];

/**
 * Reads a ring as `id:secret[,id:secret…]`, newest first: ids of 1 to 8 letters or
 * digits, secrets of at least 32 hexadecimal digits. Throws a sentence that says what is wrong.
 */
export function parseKeyRing(text: string): KeyRing {
  const secrets = new Map<string, Buffer>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const match = /^([a-z0-9]{1,8}):([0-9a-f]{32,})$/i.exec(entry);
    const [, id, secret] = match ?? [];
    if (!id || !secret || secret.length % 2 === 1) {
      throw new Error(
        'must be id:secret pairs separated by commas, the newest first; a secret has 32 or more hexadecimal digits, such as openssl rand -hex 32 prints',
      );
    }
    if (secrets.has(id)) throw new Error(`has the id ${id} twice`);
    secrets.set(id, Buffer.from(secret, 'hex'));
  }
  const [newest] = secrets.keys();
  if (newest === undefined) throw new Error('is empty');
  return { newest, secrets };
}

/** A ring as `parseKeyRing` reads it. */
export function buildRingText({ secrets }: KeyRing): string {
  return [...secrets].map(([id, secret]) => `${id}:${secret.toString('hex')}`).join(',');
}

/**
 * Whether `ring` can stand in for `other`: all that `other` signed verifies, and the hashes
 * of addresses are the same.
 */
export function isRingCovering(ring: KeyRing, other: KeyRing): boolean {
  const same = (id: string) => ring.secrets.get(id)?.equals(other.secrets.get(id) ?? Buffer.of());
  const oldest = [...ring.secrets.values()].at(-1);
  const otherOldest = [...other.secrets.values()].at(-1);
  return (
    [...other.secrets.keys()].every(same) &&
    oldest !== undefined &&
    otherOldest !== undefined &&
    oldest.equals(otherOldest)
  );
}

/**
 * Signs "may do `right` for row `id`": `<key id>.<row id>.<128-bit HMAC-SHA256>`, fit for
 * a URL, without address or expiry. Throws where the ring lacks `keyId`.
 */
export function buildToken(ring: KeyRing, right: Right, id: number, keyId = ring.newest): string {
  const body = `${keyId}.${id.toString(36)}`;
  const mac = macOf(ring, keyId, right, body);
  if (!mac) throw new Error(`the key ring has no key "${keyId}"`);
  return `${body}.${mac.toString('base64url')}`;
}

/** The row that a token speaks of, or undefined where it was not signed by this ring for this right. */
export function parseToken(ring: KeyRing, right: Right, token: string): number | undefined {
  const [keyId = '', id = '', given = '', ...rest] = token.split('.');
  if (rest.length > 0 || !/^[0-9a-z]{1,11}$/.test(id)) return undefined;
  const mac = macOf(ring, keyId, right, `${keyId}.${id}`);
  const bytes = Buffer.from(given, 'base64url');
  if (!mac || bytes.length !== mac.length || !timingSafeEqual(bytes, mac)) return undefined;
  // Base64 has spare bits at the end: only the one spelling that we write counts.
  return given === mac.toString('base64url') ? Number.parseInt(id, 36) : undefined;
}

function macOf(ring: KeyRing, keyId: string, right: Right, body: string): Buffer | undefined {
  const secret = ring.secrets.get(keyId);
  if (!secret) return undefined;
  return createHmac('sha256', deriveKey(secret, `token:${right}`))
    .update(body)
    .digest()
    .subarray(0, 16);
}

/**
 * A keyed hash of an address, the only thing that is kept of a suppressed one. It uses the
 * ring's oldest key, so that a new key does not lift a suppression.
 */
export function hashAddress(ring: KeyRing, addressKey: string): string {
  return hashFor(ring, 'address', addressKey);
}

/** A keyed hash for one purpose: what it is of cannot be guessed by trying, without our keys. */
export function hashFor(ring: KeyRing, purpose: string, text: string): string {
  const oldest = oldestOf(ring);
  if (!oldest) throw new Error('the key ring is empty');
  return createHmac('sha256', deriveKey(oldest, purpose)).update(text).digest('hex');
}

const oldestKeys = new WeakMap<KeyRing, Buffer | undefined>();

function oldestOf(ring: KeyRing): Buffer | undefined {
  const known = oldestKeys.get(ring) ?? [...ring.secrets.values()].at(-1);
  oldestKeys.set(ring, known);
  return known;
}

// Each purpose's key is the same for ever, and a message has several links: it is derived once.
const derivedKeys = new WeakMap<Buffer, Map<string, Buffer>>();

/** The key of one purpose (HKDF, RFC 5869), so that what is signed for one says nothing for another. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  const known = derivedKeys.get(secret) ?? new Map<string, Buffer>();
  derivedKeys.set(secret, known);
  const key =
    known.get(purpose) ?? Buffer.from(hkdfSync('sha256', secret, '', `paperround:${purpose}`, 32));
  known.set(purpose, key);
  return key;
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyRing } from './keys.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** What a secret is for, and what it belongs to: for or with anything else it does not open. */
export interface SealedFor {
  readonly purpose: string;
  readonly bound: string;
}

/**
 * Encrypts a secret of somebody else's for one purpose, so that a copy of the database gives it to
 * nobody: `<key id>.<nonce, text and tag>` (AES-256-GCM, NIST SP 800-38D), under a key of the ring's
 * newest secret (HKDF, RFC 5869).
 */
export function seal(ring: KeyRing, { purpose, bound }: SealedFor, text: string): string {
  const secret = ring.secrets.get(ring.newest);
  if (!secret) throw new Error('the key ring is empty');
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, deriveKey(secret, `seal:${purpose}`), nonce);
  cipher.setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()]);
  return `${ring.newest}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`;
}

/** What was sealed; undefined where the ring has lost its key, or it belongs to something else. */
export function unseal(
  ring: KeyRing,
  { purpose, bound }: SealedFor,
  sealed: string,
): string | undefined {
  const [keyId = '', packed = ''] = sealed.split('.');
  const secret = ring.secrets.get(keyId);
  const bytes = Buffer.from(packed, 'base64url');
  if (!secret || bytes.length < NONCE + TAG) return undefined;
  const key = deriveKey(secret, `seal:${purpose}`);
  const opener = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE));
  opener.setAAD(Buffer.from(bound));
  opener.setAuthTag(bytes.subarray(-TAG));
  try {
    const text = opener.update(bytes.subarray(NONCE, -TAG));
    return Buffer.concat([text, opener.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Whether it hangs on a key that is no longer the newest, and should be sealed anew. */
export function isSealedByOld(ring: KeyRing, sealed: string): boolean {
  return !sealed.startsWith(`${ring.newest}.`);
}

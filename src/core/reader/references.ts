import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyRing } from './keys.ts';

/** What a reference in a mail that comes back speaks of. */
export type ReferencePurpose =
  /** Row: a delivery, whose mail it answers. */
  | 'bounce'
  /** Row: a subscription, to be ended by a mail to it. */
  | 'leave'
  /** Row: a subscription, whose announcements end by a mail to it. */
  | 'end_announcements';

export interface Reference {
  readonly purpose: ReferencePurpose;
  readonly id: number;
}

/** What a mail says in its subject that our own link for leaving writes (RFC 6068). */
export const LEAVING_SUBJECT = 'unsubscribe';

const prefixOf: Record<ReferencePurpose, string> = {
  bounce: 'b',
  leave: 'u',
  end_announcements: 'n',
};
const purposeOf = new Map(Object.entries(prefixOf).map(([purpose, prefix]) => [prefix, purpose]));
const MAC_LENGTH = 16;
/** An id of up to 2^53 has eleven digits; an encoded plus adds two. */
const WRITTEN = /(?<![a-z0-9])([bun])\+([0-9a-z]{17,29})(?![a-z0-9])/g;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Signs a row's id for places where servers may change the case of letters: the local part
 * of a return path (RFC 5321, 4.5.3.1.1 leaves it 64 octets), a header, an envelope id.
 * `b+`, `u+` or `n+`, the id in base 36, 80 bits of HMAC-SHA256 in base 32. Throws where the ring
 * lacks `keyId`.
 */
export function buildReference(
  ring: KeyRing,
  { purpose, id }: Reference,
  keyId = ring.newest,
): string {
  const secret = ring.secrets.get(keyId);
  if (!secret) throw new Error(`the key ring has no key "${keyId}"`);
  return `${prefixOf[purpose]}+${id.toString(36)}${macOf(secret, { purpose, id })}`;
}

/**
 * Every reference in a text that a key of this ring has signed, in any case of letters,
 * wherever it stands: in an address, behind the prefixes of forwarders, xtext-encoded
 * (RFC 3461, 4: `+` as `+2B`). What only looks like one is passed over.
 */
export function findReferences(ring: KeyRing, text: string): Reference[] {
  const found = new Map<string, Reference>();
  for (const [, prefix = '', body = ''] of text.toLowerCase().matchAll(WRITTEN)) {
    const purpose = purposeOf.get(prefix) as ReferencePurpose;
    // A body that begins with 2b may be one after an encoded plus.
    const bodies = body.startsWith('2b') ? [body, body.slice(2)] : [body];
    for (const each of bodies) {
      const id = parseBody(ring, purpose, each);
      if (id !== undefined) found.set(`${prefix}${id}`, { purpose, id });
    }
  }
  return [...found.values()];
}

/** A text with whatever looks like a reference cut short, whether we signed it or not. */
export function hideReferences(text: string): string {
  return text.replace(new RegExp(WRITTEN, 'gi'), '$1+(hidden)');
}

function parseBody(ring: KeyRing, purpose: ReferencePurpose, body: string): number | undefined {
  const id = Number.parseInt(body.slice(0, -MAC_LENGTH), 36);
  const given = Buffer.from(body.slice(-MAC_LENGTH));
  if (!Number.isSafeInteger(id)) return undefined;
  const isOurs = [...ring.secrets.values()].some((secret) =>
    timingSafeEqual(Buffer.from(macOf(secret, { purpose, id })), given),
  );
  return isOurs ? id : undefined;
}

function macOf(secret: Buffer, { purpose, id }: Reference): string {
  const mac = createHmac('sha256', deriveKey(secret, `reference:${purpose}`))
    .update(String(id))
    .digest();
  let text = '';
  // Ten bytes are sixteen letters of five bits.
  for (let bit = 0; bit < MAC_LENGTH * 5; bit += 5) {
    const two = mac.readUInt16BE(bit >> 3);
    text += BASE32[(two >> (11 - (bit & 7))) & 31];
  }
  return text;
}

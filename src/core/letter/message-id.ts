import { hashFor, type KeyRing } from '../reader/keys.ts';

const WRITTEN = /^<d\.([0-9a-z]{1,11})\.[0-9a-f]{16}@/;
const MAC_LENGTH = 16;

/**
 * The Message-ID (RFC 5322, 3.6.4) of a delivery at a domain: the same however often it is tried,
 * and silent about who reads. It names its row, so that no index has to, and 64 bits of a keyed
 * hash keep others from making one up.
 */
export function buildMessageId(keys: KeyRing, id: number, domain: string): string {
  const mac = hashFor(keys, 'message', String(id)).slice(0, MAC_LENGTH);
  return `<d.${id.toString(36)}.${mac}@${domain}>`;
}

/** The delivery that a Message-ID names, for whoever compares it with what that row has; undefined for one of another form. */
export function readMessageId(messageId: string): number | undefined {
  const [, id] = WRITTEN.exec(messageId) ?? [];
  return id === undefined ? undefined : Number.parseInt(id, 36);
}

import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { memberOf, wordOf } from '../../core/feedback/vendors/told.ts';

/** A request of a vendor, before anything of it is believed. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  /** The bytes, which are what is signed. */
  readonly body: Buffer;
  readonly json: unknown;
}

/** Vendors sign their retries anew, or wait some minutes between them. */
const WINDOW_MS = 15 * 60_000;

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** By `user:password` (RFC 7617), or by a token (RFC 6750) where the secret has no colon. */
export function isAuthorized({ headers }: Asked, secret: string): boolean {
  const given = headers.authorization ?? '';
  const [, scheme = '', credentials = ''] = /^(basic|bearer)\s+(\S+)$/i.exec(given) ?? [];
  const said =
    scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString() : credentials;
  return said !== '' && isEqual(said, secret);
}

function isTimely(seconds: string, now: Date): boolean {
  const at = Number(seconds) * 1000;
  return Number.isFinite(at) && Math.abs(now.getTime() - at) <= WINDOW_MS;
}

/** Mailgun: HMAC-SHA256 of time and token; the event beside it is not signed, so a token counts once. */
export function isOfMailgun({ json }: Asked, key: string, now: Date): boolean {
  const [timestamp, token, signature] = ['timestamp', 'token', 'signature'].map((name) =>
    wordOf(memberOf(json, 'signature', name)),
  );
  if (!timestamp || !token || !signature) return false;
  const expected = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  return isEqual(signature, expected) && isTimely(timestamp, now);
}

/** SendGrid: ECDSA over P-256 of the time and the bytes, with a key as SPKI in base64. */
export function isOfSendgrid({ headers, body }: Asked, key: string, now: Date): boolean {
  const header = (name: string) => String(headers[`x-twilio-email-event-webhook-${name}`] ?? '');
  const [timestamp, signature] = [header('timestamp'), header('signature')];
  if (timestamp === '' || signature === '' || !isTimely(timestamp, now)) return false;
  try {
    const spki = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    return verify('sha256', signed, spki, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

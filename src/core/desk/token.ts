import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What is kept of a token of 256 random bits: enough to know it again, useless to who reads it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What every form of a session carries, so that no other page can send it. */
export function formTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('form').digest('base64url');
}

/** Whether a form was made for this session. */
export function isFormToken(sessionToken: string, given: unknown): boolean {
  const expected = Buffer.from(formTokenOf(sessionToken));
  const bytes = Buffer.from(typeof given === 'string' ? given : '');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

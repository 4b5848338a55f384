import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
/** A code of the step before or after counts, for clocks that differ (RFC 6238, 5.2). */
const WINDOW = 1;
/** As long as the digest of HMAC-SHA-1 (RFC 4226, 4, R6). */
export const SECRET_BYTES = 20;
const CODE_BYTES = 10;
const CODES = 10;
/** Who is known at a place may set a factor up from there for so long after it became required. */
export const GRACE_MS = 7 * 24 * 3_600_000;

/** What an app is given: the secret in base 32, and the address that a QR code holds. */
export interface FactorSecret {
  readonly secret: string;
  readonly uri: string;
}

/** The secret of some random bytes, under the names that the app shows. */
export function buildSecret(
  bytes: Uint8Array,
  { site, operator }: { site: string; operator: string },
): FactorSecret {
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  return describeSecret(secret.base32, { site, operator });
}

/** The same of a secret in base 32. */
export function describeSecret(
  secret: string,
  { site, operator }: { site: string; operator: string },
): FactorSecret {
  const totp = new TOTP({ issuer: site, label: operator, secret: Secret.fromBase32(secret) });
  return { secret, uri: totp.toString() };
}

/** The step of time that a code belongs to (RFC 6238); undefined where it is none of now. */
export function findStep(secret: string, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_S });
  const timestamp = at.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
}

/** How many random bytes make the recovery codes of an operator. */
export const RECOVERY_BYTES = CODE_BYTES * CODES;

/** Recovery codes of 80 bits each, in groups of four: too many to be guessed from their hashes. */
export function buildRecoveryCodes(bytes: Uint8Array): string[] {
  return Array.from({ length: CODES }, (_, at) => {
    const part = bytes.subarray(at * CODE_BYTES, (at + 1) * CODE_BYTES);
    const letters = new Secret({ buffer: Uint8Array.from(part).buffer }).base32.toLowerCase();
    return letters.match(/.{4}/g)?.join('-') ?? letters;
  });
}

/** A code as somebody typed it: a code of the app, or one for recovery; blanks and dashes do not count. */
export function readCode(typed: string): { readonly app: string } | { readonly recovery: string } {
  const bare = typed.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(bare)) return { app: bare };
  return { recovery: bare.match(/.{1,4}/g)?.join('-') ?? '' };
}

/** Whether somebody without a factor may set one up from a place, now that one is required. */
export function mayEnrol({
  requiredSince,
  knownSince,
  now,
}: {
  readonly requiredSince: Date;
  /** Since when they are known there; undefined where they are not. */
  readonly knownSince: Date | undefined;
  readonly now: Date;
}): boolean {
  if (knownSince === undefined || knownSince >= requiredSince) return false;
  return now.getTime() - requiredSince.getTime() < GRACE_MS;
}

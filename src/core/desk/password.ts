import { scrypt, timingSafeEqual } from 'node:crypto';

const SHORTEST = 12;
const LONGEST = 512;

/**
 * Cost of scrypt (RFC 7914): 32 MB and three lanes, one of the settings that OWASP's Password
 * Storage Cheat Sheet gives as equal in strength. They stand in every hash, so that it can be
 * read after they are raised.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MOST_MEMORY = 256 * 1024 * 1024;
const LENGTH = 32;

/** What is wrong with a new password; undefined where nothing is. */
export function findPasswordFault(password: string): string | undefined {
  if (password.length < SHORTEST) return `a password has at least ${SHORTEST} characters`;
  if (password.length > LONGEST) return `a password has at most ${LONGEST} characters`;
  return undefined;
}

/** `scrypt$N$r$p$salt$hash`, base64url, of a password (Unicode NFKC) and a fresh salt of 16 bytes. */
export async function hashPassword(password: string, salt: Buffer): Promise<string> {
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether a password is the one behind a hash. Without a hash it takes as long and is false,
 * so that the time tells nobody which names exist.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? nobodys).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derive(password.slice(0, LONGEST), Buffer.from(salt, 'base64url'), cost);
  const expected = Buffer.from(hash, 'base64url');
  const isSame = given.length === expected.length && timingSafeEqual(given, expected);
  return isSame && stored !== undefined;
}

const nobodys = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      LENGTH,
      { ...cost, maxmem: MOST_MEMORY },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

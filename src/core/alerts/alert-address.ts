/** Letters and digits that nobody takes for another when copying them (Crockford's base 32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Five bits a letter: eighty in all. */
export const NAME_BYTES = 16;
const FORM = /^al-[0-9abcdefghjkmnpqrstvwxyz]{16}$/;

/** A replaced address takes mail for so long, and nothing is made of it. */
export const SWALLOWS_MS = 30 * 24 * 3_600_000;

/** The local part of an address for alerts, of random bytes: lower case, without a plus. */
export function writeAlertName(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, NAME_BYTES), (byte) => LETTERS[byte % 32]);
  return `al-${letters.join('')}`;
}

/** The local part of a recipient that looks like an address for alerts at our domain; undefined for another. */
export function readAlertName(recipient: string, domain: string | undefined): string | undefined {
  const at = recipient.lastIndexOf('@');
  const name = recipient.slice(0, at).toLowerCase();
  const isOurs = domain !== undefined && recipient.slice(at + 1).toLowerCase() === domain;
  return isOurs && FORM.test(name) ? name : undefined;
}

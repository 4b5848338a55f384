import type { Wishes } from './subscription.ts';

/** A consent as it is kept. */
export interface KeptConsent {
  readonly form: string;
  readonly text: string | null;
  readonly textHash: string | null;
  readonly wishes: Wishes | null;
  readonly askedAt: Date;
  readonly askedFrom: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedFrom: string | null;
  readonly expiresAt: Date;
}

/** What somebody agreed to: when, by which form and from where, and the words where they are kept. */
export function tellConsent(consent: KeptConsent): {
  readonly said: string;
  readonly words?: string;
} {
  const { form, askedAt, askedFrom, confirmedAt, confirmedFrom, expiresAt, text, textHash } =
    consent;
  const from = (ip: string | null) => (ip ? ` from ${ip}` : '');
  const end = confirmedAt
    ? `confirmed ${timeOf(confirmedAt)}${from(confirmedFrom)}`
    : `not confirmed, until ${timeOf(expiresAt)}`;
  return {
    said: `asked ${timeOf(askedAt)} by ${form}${from(askedFrom)}; ${end}`,
    ...(text ? { words: `in the words (${textHash?.slice(0, 8)}): ${text}` } : {}),
  };
}

function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

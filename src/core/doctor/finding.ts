/** What a check came to: `skip` could not be looked at, `warn` works but should be changed, `fail` does harm. */
export type Level = 'ok' | 'skip' | 'warn' | 'fail';

/** One thing that a check found, in a sentence, and what to change where it is not well. */
export interface Finding {
  readonly level: Level;
  readonly says: string;
  readonly change?: string;
}

/** Everything that the doctor looks at, in the order in which it tells of it. */
export const checkNames = [
  'configuration',
  'node',
  'folder',
  'templates',
  'database',
  'queue',
  'clock',
  'zones',
  'relay',
  'spf',
  'dkim',
  'dmarc',
  'inbound',
  'ptr',
  'warm-up',
  'citations',
  'site',
] as const;
export type CheckName = (typeof checkNames)[number];

/** It is as it should be. */
export const ok = (says: string): Finding => ({ level: 'ok', says });
/** It could not be looked at, and why. */
export const skip = (says: string): Finding => ({ level: 'skip', says });
/** It works, and should be changed. */
export const warn = (says: string, change: string): Finding => ({ level: 'warn', says, change });
/** It does harm until it is changed. */
export const fail = (says: string, change: string): Finding => ({ level: 'fail', says, change });

/** What was asked of DNS: records, none, or no answer and why. */
export type Found<Value> =
  | { readonly kind: 'found'; readonly values: readonly Value[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly reason: string };

/** That DNS did not answer: nothing is known, and receivers may fare no better. */
export function silentDns(asked: string, reason: string): Finding {
  return fail(
    `DNS did not answer for ${asked} (${reason}).`,
    'Try again; if it stays so, look at the name servers of the domain, and at DNS_SERVERS.',
  );
}

/** An address from which our mail may leave. */
export interface SendingAddress {
  readonly ip: string;
  /** The relay that it belongs to. */
  readonly relay: string;
  /** False for the address at which a relay of somebody else takes our mail: it may send from others. */
  readonly isCertain: boolean;
}

import { domainOf } from '../reader/address.ts';
import type { KeyRing } from '../reader/keys.ts';
import { findReferences } from '../reader/references.ts';

/** Whether mail to an address is taken: `relay` is not our domain, `unknown` only looks signed. */
export type RecipientVerdict = 'ours' | 'relay' | 'unknown';

/**
 * Judges a recipient. Any local part of the domain is taken, since reports go to odd addresses;
 * one that looks like a reference must be signed by this ring.
 */
export function judgeRecipient(address: string, domain: string, keys: KeyRing): RecipientVerdict {
  if (domainOf(address).toLowerCase() !== domain) return 'relay';
  const looksSigned = /^[bu]\+/i.test(address);
  return looksSigned && findReferences(keys, address).length === 0 ? 'unknown' : 'ours';
}

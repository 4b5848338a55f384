import { getDomain } from 'tldts';
import { domainOf } from '../reader/address.ts';
import { foldMailbox } from '../reader/mail-forms.ts';

/** What is known of who sent a mail. */
export interface Sending {
  /** The address in From; empty where there is none. */
  readonly from: string;
  /** Of the envelope; null where it is not known. */
  readonly mailFrom: string | null;
  /** Whether the server that handed it over may send mail of the envelope's address (SPF). */
  readonly mayServer: boolean;
  /** Domains whose signature holds (DKIM). */
  readonly signedBy: readonly string[];
}

/** Who sent it: a service under its own name, the owner of the address, or nobody knows. */
export type Sender = 'service' | 'owner' | 'unproved';

/**
 * Tells who sent a mail. A service is proved by a signature of one of its domains, never by From; the
 * owner by From with a signature of its domain, or by an envelope of theirs that their domain lets
 * that server send, as filters forward.
 */
export function judgeSender(
  { from, mailFrom, mayServer, signedBy }: Sending,
  { signers, owner }: { readonly signers: readonly string[]; readonly owner: string },
): Sender {
  const isService = signedBy.some((domain) =>
    signers.some((signer) => domain === signer || domain.endsWith(`.${signer}`)),
  );
  if (isService) return 'service';
  const isSignedByOwner = signedBy.some((domain) => areAligned(domain, domainOf(owner)));
  const isFromOwner = isSameMailbox(from, owner);
  if (isFromOwner && isSignedByOwner) return 'owner';
  if (!mayServer || mailFrom === null) return 'unproved';
  const isOfOwner = isFromOwner && areAligned(domainOf(mailFrom), domainOf(owner));
  return isOfOwner || isSameMailbox(mailFrom, owner) ? 'owner' : 'unproved';
}

/** Whether a signature holds whose domain is that of From: what its reader said of that sender before counts. */
export function isSignedBySender({ from, signedBy }: Pick<Sending, 'from' | 'signedBy'>): boolean {
  return from !== '' && signedBy.some((domain) => areAligned(domain, domainOf(from)));
}

/** Whether two spellings are one mailbox: `reader+caf_=al-1=in.example@gmail.com` is the reader's. */
export function isSameMailbox(first: string, second: string): boolean {
  return first !== '' && foldMailbox(first.toLowerCase()) === foldMailbox(second.toLowerCase());
}

/** As DMARC aligns them (RFC 7489, 3.1.1): what one registrant owns. */
function areAligned(first: string, second: string): boolean {
  const owned = (domain: string) =>
    getDomain(domain, { allowPrivateDomains: true }) ?? domain.toLowerCase();
  return owned(first) === owned(second);
}

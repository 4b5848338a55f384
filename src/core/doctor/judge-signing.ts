import type { Signer } from '../letter/relay-list.ts';
import { vendorOf } from '../letter/vendors.ts';
import { type Finding, ok, skip, warn } from './finding.ts';

/** A relay, and who signs what goes out by it. */
export interface SigningCase {
  readonly host: string;
  readonly signer: Signer;
  /** Whether the operator said so, or it follows from the keys. */
  readonly isSaid: boolean;
  /** The domain that signs here. */
  readonly domain: string;
}

/** Judges who signs what goes out by a relay: we cannot where it changes what we signed. */
export function judgeSigning({ host, signer, isSaid, domain }: SigningCase): Finding {
  const vendor = vendorOf(host);
  if (signer === 'we' && vendor?.changes) {
    return warn(
      `${host} is ${vendor.name}, which replaces ${vendor.changes} after we have signed: our signature breaks there.`,
      `Have it sign for ${domain} (it says what to put into DNS), and write signs=it behind its URL in SMTP_URL.`,
    );
  }
  if (signer === 'we') return ok(`What goes out by ${host} is signed here for ${domain}.`);
  if (isSaid) {
    return skip(
      `What goes out by ${host} is signed by ${vendor?.name ?? 'it'} (signs=it), which cannot be seen from here: look at the DKIM-Signature of a letter to yourself, whether its d= is ${domain}.`,
    );
  }
  return warn(
    `Nobody here signs what goes out by ${host} (DKIM_KEYS is not set), and whether it signs cannot be told from here. Gmail, Yahoo and Microsoft ask bulk senders for DKIM.`,
    vendor
      ? `Have ${vendor.name} sign for ${domain}, and write signs=it behind its URL in SMTP_URL.`
      : 'If it signs, write signs=it behind its URL in SMTP_URL. If not, paperround dkim makes the keys and says what to put into DNS.',
  );
}

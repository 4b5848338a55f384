import { countOf } from '../text/words.ts';
import { type Finding, fail, warn } from './finding.ts';

/** What a TLS server showed. */
export interface Certificate {
  readonly endsAt: Date;
  /** Why it is not trusted, as Node says it (such as `CERT_HAS_EXPIRED`); undefined where it is. */
  readonly fault: string | undefined;
}

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;
const known: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its authority is not known here, or the server does not send the whole chain',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** Judges the certificate of a server: trusted, and for how long. Nothing where it is well. */
export function judgeCertificate(of: string, certificate: Certificate, now: Date): Finding[] {
  const { fault, endsAt } = certificate;
  const date = endsAt.toISOString().slice(0, 10);
  if (fault !== undefined) {
    return [
      fail(
        `The certificate of ${of} is not valid: ${known[fault] ?? fault} (it ends on ${date}).`,
        'Renew or replace it on that server; for an authority of your own set NODE_EXTRA_CA_CERTS to its file.',
      ),
    ];
  }
  const days = Math.floor((endsAt.getTime() - now.getTime()) / DAY_MS);
  if (days >= SOON_DAYS) return [];
  return [
    warn(
      `The certificate of ${of} ends on ${date}, in ${countOf(days, 'day')}.`,
      'See why it is not renewed by itself.',
    ),
  ];
}

import { type Certificate, judgeCertificate } from './certificate.ts';
import { type Finding, type Found, fail, ok, silentDns, warn } from './finding.ts';

/** What an HTTP server answered. */
export type Answered =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly location: string | undefined;
      readonly date: Date | undefined;
      readonly body: string;
    }
  | { readonly kind: 'silent'; readonly reason: string };

/** What stands behind the public address. */
export interface SiteFacts {
  readonly addresses: Found<string>;
  readonly certificate: Certificate | undefined;
  /** `/api/v1/openapi.json`, by which we know ourselves. */
  readonly document: Answered;
  readonly health: Answered;
  /** The same host by plain http. */
  readonly plain: Answered;
}

/** The public address as it is configured. */
export interface SiteCase {
  readonly url: string;
  readonly siteName: string;
  readonly facts: SiteFacts;
}

/** Judges the address that every link starts with, as a reader reaches it. */
export function judgeSite({ url, siteName, facts }: SiteCase, now: Date): Finding[] {
  const { host } = new URL(url);
  const { addresses, certificate, document } = facts;
  if (addresses.kind === 'failed') return [silentDns(`the address of ${host}`, addresses.reason)];
  if (addresses.kind === 'none') {
    return [
      fail(
        `${host} (PUBLIC_URL) has no address in DNS: no link in any mail works, "unsubscribe" among them.`,
        `Give ${host} an A or AAAA record, or mend PUBLIC_URL.`,
      ),
    ];
  }
  const trust = certificate ? judgeCertificate(host, certificate, now) : [];
  if (certificate?.fault) return trust;
  if (document.kind === 'silent') {
    return [
      ...trust,
      fail(
        `${url} does not answer at ${addresses.values.join(', ')}: ${document.reason}.`,
        'Does "server" run, and the proxy before it (docs: Caddy, nginx)? If only this machine cannot reach it, look at it from outside.',
      ),
    ];
  }
  if (!isOurs(document, siteName)) {
    return [
      ...trust,
      fail(
        `${url} is answered by something else (${document.status} at /api/v1/openapi.json), not by this Paperround.`,
        'Let the proxy pass this host on to HOST and PORT of "server", or mend PUBLIC_URL.',
      ),
    ];
  }
  const faults = [...trust, ...judgeHealth(url, facts.health), ...judgePlain(host, facts.plain)];
  const until = certificate?.endsAt.toISOString().slice(0, 10);
  return faults.length > 0
    ? faults
    : [ok(`${url} is this Paperround (certificate until ${until}).`)];
}

function isOurs(document: Answered, siteName: string): boolean {
  if (document.kind !== 'answered' || document.status !== 200) return false;
  try {
    const { info } = JSON.parse(document.body) as { info?: { title?: string } };
    return info?.title === `${siteName}: API`;
  } catch {
    return false;
  }
}

function judgeHealth(url: string, health: Answered): Finding[] {
  const change = 'paperround deliveries status says what is wrong.';
  if (health.kind === 'silent')
    return [fail(`${url}/healthz does not answer: ${health.reason}.`, change)];
  if (health.status === 404) {
    return [
      warn(
        `${url}/healthz is not there: the server runs another version than this command, or the proxy keeps it back.`,
        'Start the new version, or let the proxy pass /healthz on where something watches it from outside.',
      ),
    ];
  }
  if (health.status === 200) return [];
  return [fail(`${url}/healthz answers ${health.status}: it is not well.`, change)];
}

/** A reader who types the name comes by http first. */
function judgePlain(host: string, plain: Answered): Finding[] {
  if (plain.kind === 'silent') return [];
  const isSent = plain.status >= 300 && plain.status < 400 && plain.location;
  if (isSent && plain.location.startsWith('https://')) return [];
  return [
    warn(
      `http://${host} answers ${plain.status} instead of leading to https.`,
      'Let the proxy redirect http to https (Caddy does by itself; nginx: return 308 https://$host$request_uri).',
    ),
  ];
}

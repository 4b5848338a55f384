import { type Finding, fail, ok, warn } from './finding.ts';

/** What of a configuration is judged in its combinations. */
export interface SettingsCase {
  readonly isService: boolean;
  readonly host: string;
  readonly publicUrl: string;
  readonly trustProxy: string | undefined;
  readonly from: string;
  readonly contact: string;
  readonly relays: readonly string[];
  readonly inboundDomain: string | undefined;
  /** The ways by which mail of that domain arrives. */
  readonly inboundWays: number;
  readonly allowsPrivateFeeds: boolean;
  /** The share of refused addresses that stops an edition, from 0 to 1. */
  readonly mostBounced: number;
}

/** Providers whose policy lets nobody else send in their name. */
const MAILBOXES =
  /@((gmail|googlemail|msn|icloud|me|mac)\.com|web\.de|(proton|pm)\.me|(yahoo|ymail|aol|outlook|hotmail|live|gmx|protonmail)\.(com?\.)?[a-z]{2,3})$/i;
const LOCAL = /^(localhost|127\.|::1$)/;

/** Judges what is allowed each by itself and unsafe together. */
export function judgeSettings(settings: SettingsCase): Finding[] {
  const found = [
    ...judgeProxy(settings),
    ...judgeSender(settings),
    ...judgeReturn(settings),
    ...judgeRest(settings),
  ];
  return found.length > 0 ? found : [ok('Nothing in the configuration is unsafe.')];
}

function judgeProxy({ publicUrl, trustProxy, host }: SettingsCase): Finding[] {
  const isHttps = publicUrl.startsWith('https://');
  if (isHttps && trustProxy === undefined) {
    return [
      warn(
        'PUBLIC_URL is https, so a proxy stands before Paperround, but TRUST_PROXY is not set: all readers count as one IP address, and share its limits.',
        'Set TRUST_PROXY to the address of the proxy, such as 127.0.0.1.',
      ),
    ];
  }
  if (trustProxy === 'true' && !LOCAL.test(host)) {
    return [
      warn(
        `TRUST_PROXY=true with HOST=${host}: whoever reaches the port directly can claim any IP address.`,
        'Name the addresses of your proxy in TRUST_PROXY, or let HOST be 127.0.0.1.',
      ),
    ];
  }
  return [];
}

function judgeSender({ from, contact, relays, publicUrl }: SettingsCase): Finding[] {
  const found: Finding[] = [];
  if (MAILBOXES.test(from)) {
    found.push(
      fail(
        `MAIL_FROM is ${from}: its provider lets nobody else send in its name, and receivers refuse such mail.`,
        'Send from a domain of your own.',
      ),
    );
  }
  if (relays.length > 0 && contact.endsWith('.invalid')) {
    found.push(
      warn(`Readers cannot answer: mail comes from ${contact}.`, 'Set MAIL_FROM or CONTACT_EMAIL.'),
    );
  }
  if (relays.length > 0 && !publicUrl.startsWith('https://')) {
    found.push(
      warn(
        `PUBLIC_URL is ${publicUrl}: leaving by one click (RFC 8058), which Gmail and Yahoo ask for, needs https.`,
        'Serve the pages by https and set PUBLIC_URL to that address.',
      ),
    );
  }
  return found;
}

function judgeReturn({ inboundDomain, inboundWays, from, relays }: SettingsCase): Finding[] {
  if (relays.length === 0) return [];
  if (inboundDomain === undefined) {
    return [
      warn(
        `INBOUND_DOMAIN is not set: bounces and complaints go to ${from}, where a person must read them.`,
        'Give Paperround a domain for what comes back; docs/inbound.md shows how.',
      ),
    ];
  }
  if (inboundWays === 0) {
    return [
      fail(
        `INBOUND_DOMAIN is ${inboundDomain}, but no way leads in: what comes back is lost.`,
        'Set INBOUND_PORT, INBOUND_SPOOL or WEBHOOK_SECRETS.',
      ),
    ];
  }
  if (inboundDomain === from.slice(from.lastIndexOf('@') + 1).toLowerCase()) {
    return [
      warn(
        `INBOUND_DOMAIN is ${inboundDomain}, the domain of MAIL_FROM: all its mail would come to Paperround.`,
        `Use a subdomain for it alone, such as in.${inboundDomain}.`,
      ),
    ];
  }
  return [];
}

function judgeRest(settings: SettingsCase): Finding[] {
  const found: Finding[] = [];
  if (!settings.isService && settings.relays.length > 0) {
    found.push(
      warn(
        'The sandbox sends real mail: its embedded database does not survive a power cut whole.',
        'For readers set DATABASE_URL and REDIS_URL, too.',
      ),
    );
  }
  if (settings.isService && settings.allowsPrivateFeeds) {
    found.push(
      warn(
        'ALLOW_PRIVATE_FEEDS is on: whoever may add a feed can have this machine fetch addresses of your own network.',
        'Leave it off, unless a feed of yours stands there.',
      ),
    );
  }
  if (settings.mostBounced > 0.1) {
    found.push(
      warn(
        `PAUSE_AT_BOUNCE_PERCENT is ${Math.round(settings.mostBounced * 100)}: providers block a sender long before so many addresses are wrong.`,
        'Set it to 5 or less.',
      ),
    );
  }
  return found;
}

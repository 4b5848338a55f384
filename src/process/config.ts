import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';
import { describeSettings, describeUnknown, type Setting } from '../core/desk/settings.ts';
import {
  findStrangeNames,
  type StrangeName,
  tellStrangeName,
} from '../core/doctor/strange-names.ts';
import type { ApiKind } from '../core/feed/sources.ts';
import type { Palette } from '../core/letter/palette.ts';
import type { DomainRates } from '../core/letter/rate.ts';
import type { RelaySettings } from '../core/letter/relay-list.ts';
import type { RedisSettings } from '../core/queue/redis-place.ts';
import { domainOf } from '../core/reader/address.ts';
import type { KeyRing } from '../core/reader/keys.ts';
import type { Language } from '../core/words/languages.ts';
import { findPackage } from './package.ts';
import { type Given, type Variables, variables } from './variables.ts';

/** Everything that can be set from outside, checked and with its defaults. */
export interface Config {
  /** `sandbox`: embedded database, caught mail, one process. `service`: PostgreSQL, Redis, a relay. */
  readonly mode: 'sandbox' | 'service';
  readonly version: string;
  /** The folder of package.json, templates and the sample. */
  readonly root: string;
  readonly dataDir: string;
  /** The operator's own templates, which stand in for ours file by file. */
  readonly templatesDir: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly redis: RedisSettings | undefined;
  readonly keys: KeyRing | undefined;
  readonly logLevel: string;
  readonly http: HttpConfig;
  readonly site: SiteConfig;
  readonly cut: CutConfig;
  readonly feeds: FeedsConfig;
  readonly sending: SendingConfig;
  readonly inbound: InboundConfig;
  readonly process: ProcessConfig;
  readonly keepDays: KeepConfig;
  readonly readers: ReadersConfig;
  readonly signals: SignalsConfig;
  readonly models: ModelsConfig;
  readonly alarms: AlarmsConfig;
  readonly webhooks: WebhooksConfig;
  readonly channels: ChannelsConfig;
  /** Every setting by its name, as it may be shown. */
  readonly settings: readonly Setting[];
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; what every link starts with. */
  readonly publicUrl: string;
  readonly trustProxy: string | undefined;
  /** Whether only readers and operators may read what is public elsewhere. */
  readonly isForMembers: boolean;
  /** Whether whoever signs in at the desk must show a code beside their password. */
  readonly requiresSecondFactor: boolean;
}

export interface SiteConfig {
  readonly name: string;
  /** What it brings, in a few words of the operator's; ours, in each language, where they said none. */
  readonly tagline: string | undefined;
  /** That of mails and pages, where a reader chose no other. */
  readonly language: Language;
  /** Out of the operator's accent; ours where none is set. */
  readonly palette: Palette | undefined;
  /** A picture beside the name. */
  readonly logoFile: string | undefined;
  /** A sentence of the operator's under every page. */
  readonly footerText: string;
  readonly from: string;
  readonly contact: string;
  readonly postalAddress: string;
  /** Files in Markdown that are pages of the site. */
  readonly imprintFile: string | undefined;
  readonly privacyFile: string | undefined;
}

export interface CutConfig {
  /** Minutes after midnight in `zone`. */
  readonly minuteOfDay: number;
  readonly zone: string;
  readonly waitMinutes: number;
  /** Whether a cut edition waits until an operator releases it. */
  readonly needsApproval: boolean;
}

export interface FeedsConfig {
  readonly allowPrivate: boolean;
  /** Whether papers that readers name by an id are asked for at their sources. */
  readonly isLookingUp: boolean;
  /** Where the known feeds live; mirrors and tests set others. */
  readonly bases: Readonly<
    Record<'arxivRss' | 'arxivApi' | 'huggingface' | 'biorxiv' | 'zotero' | ApiKind, string>
  >;
  /** Keys of sources that give one. */
  readonly keys: { readonly [kind in ApiKind]?: string };
  readonly arxivSpacingMs: number;
  /** What is older is no news, and a feed that was down is caught up so far back. */
  readonly maxAgeDays: number;
}

export interface SendingConfig {
  /** None in a sandbox that catches its mail. */
  readonly relays: readonly RelayConfig[];
  /** Limits by the provider that takes a recipient's mail. */
  readonly domainRates: DomainRates;
  /** Where MX records are looked up; the system's servers where there are none. */
  readonly dnsServers: readonly string[];
  readonly dkim: DkimConfig;
  /** At once, at most, in each process. */
  readonly connections: number;
  readonly beforeBodyMs: number;
  readonly afterDotMs: number;
  /** What becomes of a delivery in doubt: it waits for a decision, or is tried once more. */
  readonly inDoubt: 'hold' | 'resend';
  /** The share of refused addresses within minutes that stops an edition, from 0 to 1. */
  readonly mostBounced: number;
}

/** One relay, with the connections that it is given. */
export type RelayConfig = RelaySettings & { readonly connections: number };

/** What messages are signed with here; no key where every relay signs. */
export interface DkimConfig {
  readonly domain: string;
  readonly keys: readonly { readonly selector: string; readonly path: string }[];
}

/** Where what comes back arrives: each way is open only where it is set. */
export interface InboundConfig {
  /** The domain of return paths and of addresses for leaving. */
  readonly domain: string | undefined;
  /** Where the SMTP listener of `server` takes mail for that domain. */
  readonly host: string;
  readonly port: number | undefined;
  /** A folder into which a mail server writes one message a file (Maildir). */
  readonly spool: string | undefined;
  /** Secrets of the webhook (Standard Webhooks), all of which verify. */
  readonly webhookSecrets: readonly string[];
  /** By which a vendor's own webhook is known: a secret, a key, or for Amazon SES the topics. */
  readonly vendors: Readonly<Record<VendorName, string | undefined>>;
}

/** Vendors of relays that tell what became of a message by a webhook of their own. */
export type VendorName = 'ses' | 'postmark' | 'sparkpost' | 'brevo' | 'mailgun' | 'sendgrid';

/** How a process ends and how it is watched. */
export interface ProcessConfig {
  /** From the signal to the exit. */
  readonly graceMs: number;
  /** How often a canary is sent through the queue; three times that without an answer is too long. */
  readonly canaryEveryMs: number;
  /** Nothing done for so long while something is due raises an alarm. */
  readonly stalledAfterMs: number;
}

/** How long what grows is kept, in days. */
export interface KeepConfig {
  readonly attempts: number;
  readonly digests: number;
  readonly deliveries: number;
  /** What came back, once it was understood or looked at. */
  readonly inbound: number;
  /** Mails to readers' addresses for alerts; their bytes only where they were not understood. */
  readonly alerts: number;
}

/** How readers come, and what is kept of it. */
export interface ReadersConfig {
  /** Forms sent from one IP address, and for one domain of mail, in an hour. */
  readonly perOriginHour: number;
  readonly perDomainHour: number;
  /** Mails to one address a day that a form can cause. */
  readonly perAddressDay: number;
  /** Requests of one IP address in a minute, leaving apart. */
  readonly requestsPerMinute: number;
  /** After a bounce an address may ask for one confirmation again after this long. */
  readonly retryBouncedMs: number;
  /** How long the IP address of a consent is kept. */
  readonly consentIpMs: number;
}

/** How others learn how it goes: probes and Prometheus. */
export interface SignalsConfig {
  /** Where a process answers probes apart from the pages; without a port it does not. */
  readonly healthHost: string;
  readonly healthPort: number | undefined;
  /** What Prometheus shows on the pages' port; without one there are no metrics there. */
  readonly metricsToken: string | undefined;
}

/** Who is told elsewhere how it goes. The addresses are as good as passwords. */
export interface AlarmsConfig {
  readonly webhook: { readonly webhookUrl: string; readonly secret: string } | undefined;
  /** Called once after each good morning. */
  readonly heartbeatUrl: string | undefined;
}

/** Channels that editions are posted to. */
export interface ChannelsConfig {
  /** Whether they may stand in a private network, and be posted to by plain http. */
  readonly allowPrivate: boolean;
}

/** Whom else events are told; who that is, operators say at the desk. */
export interface WebhooksConfig {
  readonly allowPrivate: boolean;
}

/** Models elsewhere that may place, summarise and name what is public; none where nothing is named. */
export interface ModelsConfig {
  readonly endpoint: { readonly url: string; readonly key: string | undefined } | undefined;
  readonly embeddings: string | undefined;
  readonly chat: string | undefined;
  /** What they may cost in a day of UTC. */
  readonly tokensADay: number;
  readonly msADay: number;
}

/** All faults of a configuration at once, each a sentence with the name to change. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`the configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const DAY_MS = 24 * 3_600_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;
/** Every name that `readConfig` knows; `.env.example` lists them and what compose needs beside. */
export const configNames: readonly string[] = Object.keys(variables.shape);

/**
 * Reads the environment (and `.env` of the working folder where there is one).
 * Throws a ConfigError that lists every fault at once.
 */
export function readConfig(env: NodeJS.ProcessEnv = readEnvironment()): Config {
  const { config, faults } = inspectConfig(env);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** The same with every fault told beside it: what has one stands at its default, or at none. */
export function inspectConfig(env: NodeJS.ProcessEnv = readEnvironment()): {
  readonly config: Config;
  readonly faults: readonly string[];
} {
  // An empty value is what a copied example leaves: the same as none.
  const given: Given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const issues = variables.safeParse(given).error?.issues ?? [];
  const faults = [
    ...issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...contradictions(given),
  ];
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  return {
    config: { ...arrange(variables.parse(right)), settings: tellSettings(env, given) },
    faults,
  };
}

/** What is not read from the real environment, as in a test, has no names that are unknown. */
function tellSettings(env: NodeJS.ProcessEnv, given: Given): Setting[] {
  const unknown = env === process.env ? findStrange() : [];
  return [
    ...describeUnknown(unknown.map((each) => ({ name: each.name, said: tellStrangeName(each) }))),
    ...describeSettings(given, variables.parse({}), configNames),
  ];
}

function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

/** What is set and read by nothing, in a sentence each: a misspelt name would be silent. */
export function listStrangeSettings(): string[] {
  return findStrange().map(tellStrangeName);
}

function findStrange(): StrangeName[] {
  const inFile = existsSync('.env') ? Object.keys(parseEnv(readFileSync('.env', 'utf8'))) : [];
  const elsewhere = Object.keys(process.env);
  return findStrangeNames({ inFile, elsewhere }, configNames);
}

function contradictions(given: Given): string[] {
  const faults: string[] = [];
  if ((given.DATABASE_URL === undefined) !== (given.REDIS_URL === undefined)) {
    const missing = given.DATABASE_URL === undefined ? 'DATABASE_URL' : 'REDIS_URL';
    faults.push(
      `${missing}: is missing. The service needs both DATABASE_URL and REDIS_URL; the sandbox needs neither, since its queue lives in its embedded database`,
    );
  }
  for (const name of ['INBOUND_PORT', 'INBOUND_SPOOL'] as const) {
    if (given[name] !== undefined && given.INBOUND_DOMAIN === undefined) {
      faults.push(`INBOUND_DOMAIN: is missing, needed because ${name} is set`);
    }
  }
  if ((given.ALARM_WEBHOOK_URL === undefined) !== (given.ALARM_WEBHOOK_SECRET === undefined)) {
    const [missing, present] =
      given.ALARM_WEBHOOK_URL === undefined
        ? ['ALARM_WEBHOOK_URL', 'ALARM_WEBHOOK_SECRET']
        : ['ALARM_WEBHOOK_SECRET', 'ALARM_WEBHOOK_URL'];
    faults.push(`${missing}: is missing, needed because ${present} is set`);
  }
  for (const name of ['MODEL_EMBEDDINGS', 'MODEL_CHAT'] as const) {
    if (given[name] !== undefined && given.MODEL_URL === undefined) {
      faults.push(`MODEL_URL: is missing, needed because ${name} is set`);
    }
  }
  const isService = given.DATABASE_URL !== undefined && given.REDIS_URL !== undefined;
  if (isService && given.SMTP_URL === undefined) {
    faults.push(
      'SMTP_URL: is missing. The service sends through a relay; only the sandbox catches its mail',
    );
  }
  if (isService && given.SECRET_KEYS === undefined) {
    faults.push(
      'SECRET_KEYS: is missing. It signs the links in every mail; make one with: echo "1:$(openssl rand -hex 32)"',
    );
  }
  const urls = (given.SMTP_URL ?? '').split(/\s+/).filter((text) => URL.canParse(text));
  const signed = urls.map((url) => new URL(url)).find(isSignedByUs);
  if (signed && given.DKIM_KEYS === undefined) {
    faults.push(`DKIM_KEYS: is missing, needed because SMTP_URL says signs=we of ${signed.host}`);
  }
  if (!urls.every(isLoopback)) faults.push(...publicFaults(given));
  return faults;
}

/** What must be set before mail leaves the machine. */
function publicFaults(given: Given): string[] {
  const why = 'needed because SMTP_URL is not on this machine';
  const faults: string[] = [];
  if (!given.PUBLIC_URL?.startsWith('https://'))
    faults.push(`PUBLIC_URL: must be an https address, ${why}`);
  if (!given.MAIL_FROM) faults.push(`MAIL_FROM: is missing, ${why}`);
  if (!given.POSTAL_ADDRESS) faults.push(`POSTAL_ADDRESS: is missing, ${why}`);
  return faults;
}

const isSignedByUs = ({ searchParams }: URL) => searchParams.get('signs') === 'we';

/** Whether a URL's host is this machine's loopback. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(new URL(address).hostname);
}

function arrange(given: Variables): Omit<Config, 'settings'> {
  const relays = (given.SMTP_URL ?? []).map((relay) => ({
    ...relay,
    connections: relay.connections ?? given.SMTP_CONNECTIONS,
  }));
  const { root, version } = findPackage();
  const from = given.MAIL_FROM ?? 'digest@paperround.invalid';
  const [hour = 0, minute = 0] = given.CUT_TIME.split(':').map(Number);
  return {
    mode: given.DATABASE_URL === undefined ? 'sandbox' : 'service',
    version,
    root,
    dataDir: resolve(given.DATA_DIR),
    templatesDir: given.TEMPLATES_DIR && resolve(given.TEMPLATES_DIR),
    databaseUrl: given.DATABASE_URL,
    redis: given.REDIS_URL && {
      ...given.REDIS_URL,
      prefix: given.REDIS_PREFIX,
      sentinelUsername: given.REDIS_SENTINEL_USER,
      sentinelPassword: given.REDIS_SENTINEL_PASSWORD,
    },
    keys: given.SECRET_KEYS,
    // A sandbox tells its story in plain lines; a service is read by machines.
    logLevel: given.LOG_LEVEL ?? (given.DATABASE_URL === undefined ? 'warn' : 'info'),
    http: {
      host: given.HOST,
      port: given.PORT,
      publicUrl: (given.PUBLIC_URL ?? `http://localhost:${given.PORT}`).replace(/\/+$/, ''),
      trustProxy: given.TRUST_PROXY,
      isForMembers: given.MEMBERS_ONLY,
      requiresSecondFactor: given.REQUIRE_SECOND_FACTOR,
    },
    site: {
      name: given.SITE_NAME,
      tagline: given.SITE_TAGLINE,
      language: given.LANGUAGE,
      palette: given.ACCENT_COLOUR,
      logoFile: given.LOGO_FILE && resolve(given.LOGO_FILE),
      footerText: given.FOOTER_TEXT ?? '',
      from,
      contact: given.CONTACT_EMAIL ?? from,
      postalAddress:
        given.POSTAL_ADDRESS ?? 'No postal address is set: this is a sandbox (see POSTAL_ADDRESS)',
      imprintFile: given.IMPRINT_FILE && resolve(given.IMPRINT_FILE),
      privacyFile: given.PRIVACY_FILE && resolve(given.PRIVACY_FILE),
    },
    cut: {
      minuteOfDay: hour * 60 + minute,
      zone: given.CUT_ZONE,
      waitMinutes: given.CUT_WAIT_MINUTES,
      needsApproval: given.APPROVE_BEFORE_SEND,
    },
    feeds: {
      allowPrivate: given.ALLOW_PRIVATE_FEEDS,
      isLookingUp: given.LOOK_UP_PAPERS,
      bases: {
        arxivRss: given.ARXIV_RSS_URL,
        arxivApi: given.ARXIV_API_URL,
        huggingface: given.HUGGINGFACE_URL,
        biorxiv: given.BIORXIV_URL,
        crossref: given.CROSSREF_URL,
        pubmed: given.PUBMED_URL,
        europepmc: given.EUROPEPMC_URL,
        openalex: given.OPENALEX_URL,
        inspire: given.INSPIRE_URL,
        osf: given.OSF_URL,
        eprint: given.EPRINT_URL,
        zenodo: given.ZENODO_URL,
        openreview: given.OPENREVIEW_URL,
        nep: given.NEP_URL,
        semanticscholar: given.SEMANTICSCHOLAR_URL,
        opencitations: given.OPENCITATIONS_URL,
        zotero: given.ZOTERO_URL,
      },
      keys: {
        ...(given.PUBMED_KEY && { pubmed: given.PUBMED_KEY }),
        ...(given.OPENALEX_KEY && { openalex: given.OPENALEX_KEY }),
        ...(given.SEMANTICSCHOLAR_KEY && { semanticscholar: given.SEMANTICSCHOLAR_KEY }),
        ...(given.OPENCITATIONS_KEY && { opencitations: given.OPENCITATIONS_KEY }),
      },
      arxivSpacingMs: given.ARXIV_SPACING_MS,
      maxAgeDays: given.FEED_MAX_AGE_DAYS,
    },
    sending: {
      relays,
      domainRates: given.DOMAIN_RATES ?? new Map(),
      dnsServers: given.DNS_SERVERS ?? [],
      dkim: { domain: given.DKIM_DOMAIN ?? domainOf(from), keys: given.DKIM_KEYS ?? [] },
      connections:
        relays.reduce((sum, { connections }) => sum + connections, 0) || given.SMTP_CONNECTIONS,
      beforeBodyMs: given.SMTP_BEFORE_BODY_SECONDS * 1000,
      afterDotMs: given.SMTP_AFTER_DOT_SECONDS * 1000,
      inDoubt: given.IN_DOUBT,
      mostBounced: given.PAUSE_AT_BOUNCE_PERCENT / 100,
    },
    inbound: {
      domain: given.INBOUND_DOMAIN,
      host: given.INBOUND_HOST,
      port: given.INBOUND_PORT,
      spool: given.INBOUND_SPOOL && resolve(given.INBOUND_SPOOL),
      webhookSecrets: given.WEBHOOK_SECRETS?.split(/,\s*/) ?? [],
      vendors: {
        ses: given.SES_TOPICS,
        postmark: given.POSTMARK_WEBHOOK,
        sparkpost: given.SPARKPOST_WEBHOOK,
        brevo: given.BREVO_WEBHOOK,
        mailgun: given.MAILGUN_WEBHOOK_KEY,
        sendgrid: given.SENDGRID_WEBHOOK_KEY,
      },
    },
    process: {
      graceMs: given.SHUTDOWN_GRACE_SECONDS * 1000,
      canaryEveryMs: given.CANARY_SECONDS * 1000,
      stalledAfterMs: given.STALLED_MINUTES * 60_000,
    },
    webhooks: { allowPrivate: given.ALLOW_PRIVATE_WEBHOOKS },
    channels: { allowPrivate: given.ALLOW_PRIVATE_CHANNELS },
    keepDays: {
      attempts: given.KEEP_ATTEMPTS_DAYS,
      digests: given.KEEP_DIGESTS_DAYS,
      deliveries: given.KEEP_DELIVERIES_DAYS,
      inbound: given.KEEP_INBOUND_DAYS,
      alerts: given.KEEP_ALERTS_DAYS,
    },
    readers: {
      perOriginHour: given.SIGNUPS_PER_IP,
      perDomainHour: given.SIGNUPS_PER_DOMAIN,
      perAddressDay: given.FORM_MAILS_PER_ADDRESS,
      requestsPerMinute: given.REQUESTS_PER_MINUTE,
      retryBouncedMs: given.RETRY_BOUNCED_DAYS * DAY_MS,
      consentIpMs: given.CONSENT_IP_DAYS * DAY_MS,
    },
    signals: {
      healthHost: given.HEALTH_HOST,
      healthPort: given.HEALTH_PORT,
      metricsToken: given.METRICS_TOKEN,
    },
    models: {
      endpoint:
        given.MODEL_URL === undefined ? undefined : { url: given.MODEL_URL, key: given.MODEL_KEY },
      embeddings: given.MODEL_EMBEDDINGS,
      chat: given.MODEL_CHAT,
      tokensADay: given.MODEL_TOKENS_A_DAY,
      msADay: given.MODEL_MINUTES_A_DAY * 60_000,
    },
    alarms: {
      webhook:
        given.ALARM_WEBHOOK_URL && given.ALARM_WEBHOOK_SECRET
          ? { webhookUrl: given.ALARM_WEBHOOK_URL, secret: given.ALARM_WEBHOOK_SECRET }
          : undefined,
      heartbeatUrl: given.HEARTBEAT_URL,
    },
  };
}

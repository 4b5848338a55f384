import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { APIS, SOURCES } from '../core/feed/sources.ts';
import { readPalette } from '../core/letter/palette.ts';
import { parseDomainRates } from '../core/letter/rate.ts';
import { parseRelays } from '../core/letter/relay-list.ts';
import { ZOTERO } from '../core/library/zotero.ts';
import { PREFIX, parseRedisUrl } from '../core/queue/redis-place.ts';
import { parseKeyRing } from '../core/reader/keys.ts';
import { canonicalZone, isZone } from '../core/reader/zones.ts';
import { allLanguages, isLanguage } from '../core/words/languages.ts';

const emailAddress = z.email('must be one email address');
const url = (protocols: RegExp, says: string) => z.url({ protocol: protocols, error: says });
const httpUrl = url(/^https?$/, 'must be an http or https address');
const sourceKey = z.string().regex(/^\S{8,200}$/, 'must be the key as the source gives it');
const modelName = z.string().regex(/^\S{1,200}$/, 'must be the name of a model of that endpoint');
const domainName = z
  .hostname('must be a domain such as bounce.example.org')
  .transform((name) => name.toLowerCase());
const list = z.string().transform((text) => text.trim().split(/[\s,]+/));
/** A text that a parser reads, whose error is the fault. */
const read = <Value>(parse: (text: string) => Value) =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
const seconds = z.coerce.number('must be seconds').positive('must be more than 0 seconds');
const whole = (most: number, least = 0) =>
  z.coerce
    .number(`must be a whole number from ${least} to ${most}`)
    .refine(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    );

/** What a vendor puts into its Authorization header: anybody who knows it may end subscriptions. */
const vendorSecret = z
  .string()
  .regex(
    /^\S{24,}$/,
    'must be user:password or a token, 24 characters or more; make one with: openssl rand -hex 24',
  );

/** Every setting by its name in the environment: what may stand there, and its default. */
export const variables = z.object({
  DATABASE_URL: url(
    /^postgres(ql)?$/,
    'must look like postgres://user:password@host/name',
  ).optional(),
  REDIS_URL: read(parseRedisUrl).optional(),
  REDIS_PREFIX: z
    .string()
    .regex(PREFIX, 'must hold one part in braces, of letters, digits and ._-, such as {paperround}')
    .default('{paperround}'),
  REDIS_SENTINEL_USER: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  SMTP_URL: read(parseRelays).optional(),
  DOMAIN_RATES: read(parseDomainRates).optional(),
  DNS_SERVERS: list.optional(),
  DKIM_KEYS: read(parseDkimKeys).optional(),
  DKIM_DOMAIN: domainName.optional(),
  SECRET_KEYS: read(parseKeyRing).optional(),
  DATA_DIR: z.string().default('data'),
  TEMPLATES_DIR: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(65535).default(3000),
  PUBLIC_URL: httpUrl.optional(),
  TRUST_PROXY: z.string().optional(),
  SITE_NAME: z.string().min(1).max(60).default('Paperround'),
  SITE_TAGLINE: z.string().max(100).optional(),
  LANGUAGE: z
    .string()
    .refine(isLanguage, `must be one of ${allLanguages.join(', ')}`)
    .default('en'),
  ACCENT_COLOUR: read(readPalette).optional(),
  LOGO_FILE: z
    .string()
    .regex(/\.(svg|png|jpe?g|webp|gif)$/i, 'must be a picture: .svg, .png, .jpg, .webp or .gif')
    .refine(isSmallFile, 'must be a file that can be read, of 512 kB at most')
    .optional(),
  FOOTER_TEXT: z.string().max(500).optional(),
  MAIL_FROM: emailAddress.optional(),
  CONTACT_EMAIL: emailAddress.optional(),
  POSTAL_ADDRESS: z.string().min(5).optional(),
  IMPRINT_FILE: z.string().optional(),
  PRIVACY_FILE: z.string().optional(),
  MEMBERS_ONLY: z.stringbool().default(false),
  REQUIRE_SECOND_FACTOR: z.stringbool().default(false),
  CUT_TIME: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 01:00')
    .default('01:00'),
  CUT_ZONE: z
    .string()
    .refine(isZone, 'must be an IANA time zone such as America/New_York')
    .transform(canonicalZone)
    .default('America/New_York'),
  CUT_WAIT_MINUTES: whole(720).default(60),
  APPROVE_BEFORE_SEND: z.stringbool().default(false),
  FEED_MAX_AGE_DAYS: whole(3650, 1).default(7),
  ALLOW_PRIVATE_FEEDS: z.stringbool().default(false),
  LOOK_UP_PAPERS: z.stringbool().default(true),
  ARXIV_RSS_URL: httpUrl.default('https://rss.arxiv.org'),
  ARXIV_API_URL: httpUrl.default('https://export.arxiv.org'),
  HUGGINGFACE_URL: httpUrl.default('https://huggingface.co'),
  BIORXIV_URL: httpUrl.default('https://api.biorxiv.org'),
  CROSSREF_URL: httpUrl.default(SOURCES.crossref.base),
  PUBMED_URL: httpUrl.default(SOURCES.pubmed.base),
  PUBMED_KEY: sourceKey.optional(),
  EUROPEPMC_URL: httpUrl.default(SOURCES.europepmc.base),
  OPENALEX_URL: httpUrl.default(SOURCES.openalex.base),
  OPENALEX_KEY: sourceKey.optional(),
  INSPIRE_URL: httpUrl.default(SOURCES.inspire.base),
  OSF_URL: httpUrl.default(SOURCES.osf.base),
  EPRINT_URL: httpUrl.default(SOURCES.eprint.base),
  ZENODO_URL: httpUrl.default(SOURCES.zenodo.base),
  OPENREVIEW_URL: httpUrl.default(SOURCES.openreview.base),
  NEP_URL: httpUrl.default(SOURCES.nep.base),
  SEMANTICSCHOLAR_URL: httpUrl.default(APIS.semanticscholar.base),
  SEMANTICSCHOLAR_KEY: sourceKey.optional(),
  OPENCITATIONS_URL: httpUrl.default(APIS.opencitations.base),
  OPENCITATIONS_KEY: sourceKey.optional(),
  ZOTERO_URL: httpUrl.default(ZOTERO.base),
  ARXIV_SPACING_MS: whole(3_600_000).default(3000),
  SMTP_CONNECTIONS: whole(100, 1).default(5),
  SMTP_BEFORE_BODY_SECONDS: seconds.default(60),
  SMTP_AFTER_DOT_SECONDS: seconds.default(600),
  INBOUND_DOMAIN: domainName.optional(),
  INBOUND_HOST: z.string().default('127.0.0.1'),
  INBOUND_PORT: whole(65535, 1).optional(),
  INBOUND_SPOOL: z.string().optional(),
  WEBHOOK_SECRETS: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,}={0,2}(,\s*whsec_[A-Za-z0-9+/]{32,}={0,2})*$/,
      'must be whsec_… secrets separated by commas; make one with: echo "whsec_$(openssl rand -base64 32)"',
    )
    .optional(),
  SES_TOPICS: z
    .string()
    .regex(
      /^arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]+:\d{12}:[\w-]+(,\s*arn:aws(-cn|-us-gov)?:sns:[a-z0-9-]+:\d{12}:[\w-]+)*$/,
      'must be ARNs of SNS topics separated by commas, such as arn:aws:sns:eu-west-1:111122223333:feedback',
    )
    .optional(),
  POSTMARK_WEBHOOK: vendorSecret.optional(),
  SPARKPOST_WEBHOOK: vendorSecret.optional(),
  BREVO_WEBHOOK: vendorSecret.optional(),
  MAILGUN_WEBHOOK_KEY: z.string().min(16, 'must be the webhook signing key').optional(),
  SENDGRID_WEBHOOK_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{80,}={0,2}$/, 'must be the verification key that SendGrid shows')
    .optional(),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  HEALTH_PORT: whole(65535, 1).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{20,}$/, 'must be 20 characters or more; make one with: openssl rand -hex 24')
    .optional(),
  ALARM_WEBHOOK_URL: httpUrl.optional(),
  ALARM_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
      'must be one whsec_… secret; make one with: echo "whsec_$(openssl rand -base64 32)"',
    )
    .optional(),
  HEARTBEAT_URL: httpUrl.optional(),
  ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
  ALLOW_PRIVATE_CHANNELS: z.stringbool().default(false),
  MODEL_URL: httpUrl.optional(),
  MODEL_KEY: z
    .string()
    .regex(/^\S{1,500}$/, 'must be the key as the endpoint gives it')
    .optional(),
  MODEL_EMBEDDINGS: modelName.optional(),
  MODEL_CHAT: modelName.optional(),
  MODEL_TOKENS_A_DAY: whole(1_000_000_000, 1).default(2_000_000),
  MODEL_MINUTES_A_DAY: whole(600, 1).default(15),
  IN_DOUBT: z.enum(['hold', 'resend']).default('hold'),
  PAUSE_AT_BOUNCE_PERCENT: whole(100, 1).default(3),
  STALLED_MINUTES: whole(1440, 1).default(15),
  KEEP_ATTEMPTS_DAYS: whole(3650, 8).default(90),
  KEEP_DIGESTS_DAYS: whole(3650, 16).default(90),
  KEEP_DELIVERIES_DAYS: whole(3650, 16).default(400),
  KEEP_INBOUND_DAYS: whole(3650, 1).default(30),
  KEEP_ALERTS_DAYS: whole(90, 1).default(30),
  SHUTDOWN_GRACE_SECONDS: whole(3600, 2).default(30),
  CANARY_SECONDS: whole(3600, 1).default(30),
  SIGNUPS_PER_IP: whole(100_000, 1).default(20),
  SIGNUPS_PER_DOMAIN: whole(1_000_000, 1).default(500),
  FORM_MAILS_PER_ADDRESS: whole(100, 1).default(3),
  REQUESTS_PER_MINUTE: whole(1_000_000, 1).default(600),
  RETRY_BOUNCED_DAYS: whole(3650).default(30),
  CONSENT_IP_DAYS: whole(3650).default(30),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});
export type Variables = z.infer<typeof variables>;
/** As it stands in the environment. */
export type Given = { readonly [Name in keyof Variables]?: string | undefined };

const MOST_LOGO_BYTES = 512 * 1024;

function isSmallFile(path: string): boolean {
  if (!existsSync(path)) return false;
  const found = statSync(path);
  return found.isFile() && found.size <= MOST_LOGO_BYTES;
}

/** `selector=/path/to/key.pem`, separated by blanks. */
function parseDkimKeys(text: string): { selector: string; path: string }[] {
  return text
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [, selector, path] = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)=(.+)$/i.exec(entry) ?? [];
      if (selector && path) return { selector, path: resolve(path) };
      throw new Error(`"${entry}" must be a selector and a file such as s1=/etc/paperround/s1.pem`);
    });
}

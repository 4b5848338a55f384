/**
 * How much a provider takes from a domain or an address that it does not know yet: what vendors
 * publish, as tables. A provider is the registrable domain of a mail server, as `DOMAIN_RATES` has it.
 */

/** The most messages that go to one provider on a day, and who says so. */
export interface Stage {
  readonly ceiling: number;
  readonly source: string;
}

const RESEND = 'resend.com/docs/knowledge-base/warming-up, "New domain"';
const CUSTOMER_IO = 'docs.customer.io/journeys/domain-warming, "established sending domains"';

/** The stages in their order; behind the last one a provider is warm, and has no ceiling. */
export const STAGES: readonly Stage[] = [
  { ceiling: 150, source: RESEND },
  { ceiling: 250, source: RESEND },
  { ceiling: 400, source: RESEND },
  { ceiling: 700, source: RESEND },
  { ceiling: 1_000, source: RESEND },
  { ceiling: 1_500, source: RESEND },
  { ceiling: 2_000, source: RESEND },
  { ceiling: 2_500, source: CUSTOMER_IO },
  { ceiling: 5_000, source: CUSTOMER_IO },
  { ceiling: 6_500, source: CUSTOMER_IO },
  { ceiling: 8_000, source: CUSTOMER_IO },
  { ceiling: 10_000, source: CUSTOMER_IO },
  { ceiling: 14_000, source: CUSTOMER_IO },
  { ceiling: 20_000, source: CUSTOMER_IO },
  { ceiling: 25_000, source: CUSTOMER_IO },
  { ceiling: 35_000, source: CUSTOMER_IO },
  { ceiling: 50_000, source: CUSTOMER_IO },
  { ceiling: 80_000, source: CUSTOMER_IO },
  { ceiling: 125_000, source: CUSTOMER_IO },
  { ceiling: 175_000, source: CUSTOMER_IO },
  { ceiling: 250_000, source: CUSTOMER_IO },
];

/** A group of providers that trust a newcomer equally fast. */
export interface ProviderGroup {
  readonly name: string;
  /** Registrable domains of mail servers; `*` for all others, each by itself. */
  readonly providers: readonly string[];
  /** So many days on each stage. */
  readonly daysAStage: number;
  readonly source: string;
}

/** Its curves reach 40 % of the whole after 7, about 17, 22 and 27 days: once, twice, three and four times as long. */
const BY_RECEIVER = 'acellemail.com/kb/articles/ip-warmup-by-isp, "Per-ISP recommended curves"';

/** The groups; the last takes whoever is in no other. */
export const PROVIDER_GROUPS: readonly ProviderGroup[] = [
  { name: 'Google', providers: ['google.com'], daysAStage: 1, source: BY_RECEIVER },
  { name: 'Microsoft', providers: ['outlook.com'], daysAStage: 2, source: BY_RECEIVER },
  { name: 'Yahoo', providers: ['yahoodns.net'], daysAStage: 3, source: BY_RECEIVER },
  { name: 'Apple', providers: ['icloud.com'], daysAStage: 4, source: BY_RECEIVER },
  { name: 'others', providers: ['*'], daysAStage: 1, source: RESEND },
];

/**
 * Within an hour goes no more than this part of a day's ceiling: 100 of 1,000 in both vendors'
 * tables for domains that are known, and less for new ones.
 */
export const HOURS_OF_A_DAY = 10;

/** From which share on, from 0 to 1, what comes back of a day slows a provider's schedule. */
export interface Slowing {
  readonly sign: 'bounces' | 'complaints';
  readonly share: number;
  /** So few say nothing: one of 150 would be over every vendor's share. Ours. */
  readonly least: number;
  /** `hold`: the same ceiling for another day; `back`: the one of the stage before. */
  readonly does: 'hold' | 'back';
  readonly source: string;
}

const SES = 'docs.aws.amazon.com/ses, "Reputation metrics messages": the account is paused';

/** The strictest first. */
export const SLOWINGS: readonly Slowing[] = [
  { sign: 'bounces', share: 0.1, least: 3, does: 'back', source: SES },
  { sign: 'complaints', share: 0.005, least: 3, does: 'back', source: SES },
  { sign: 'bounces', share: 0.04, least: 2, does: 'hold', source: RESEND },
  { sign: 'complaints', share: 0.0008, least: 2, does: 'hold', source: RESEND },
];

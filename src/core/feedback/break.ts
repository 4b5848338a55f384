/** What filters sent back of an edition within the last hour, and since it last went on after a pause. */
export interface PolicyRates {
  /** Reports, whoever sent them: whoever got a digest can write one about it. */
  readonly reports: number;
  /** Recipients' domains among them: many reports of one are one opinion. */
  readonly domains: number;
  /** Of these, how many the operator's own mail vendor told, and of how many domains. */
  readonly told: number;
  readonly toldDomains: number;
  /** How many digests are planned; counted up to `mostPlanned`. */
  readonly planned: number;
  readonly lastText: string | null;
}

export const POLICY_WINDOW_MS = 3_600_000;
const LEAST = 20;
const LEAST_DOMAINS = 5;
const MOST_SHARE = 0.1;

/** How many planned digests are worth counting beside so many reports: of more, these are too few for anything. */
export function mostPlanned(reports: number): number {
  return reports < LEAST ? 0 : Math.floor(reports / MOST_SHARE) + 1;
}

/**
 * Why an edition must stop, as the breaker does for answers on the wire: filters that refuse it in numbers
 * refuse what we are or what the letter holds. Only what a vendor tells stops anything, never mail alone.
 * Undefined where it may go on.
 */
export function findPolicyBreak(rates: PolicyRates): string | undefined {
  const { told, toldDomains, planned } = rates;
  const isMany = told >= LEAST && told >= planned * MOST_SHARE;
  return isMany && toldDomains >= LEAST_DOMAINS ? tell(rates) : undefined;
}

/** What operators are told of an edition that comes back in numbers; undefined where that says nothing. */
export function findReturned(rates: PolicyRates): string | undefined {
  const { reports, domains, planned } = rates;
  if (reports < LEAST) return undefined;
  const isMuch = domains >= LEAST_DOMAINS || reports >= planned * MOST_SHARE;
  return isMuch ? tell(rates) : undefined;
}

function tell({ reports, domains, lastText }: PolicyRates): string {
  const said = lastText ? ` The last words: "${lastText}"` : '';
  const where = domains === 1 ? 'one domain' : `${domains} domains`;
  return `${reports} messages came back from ${where} within an hour, refused by filters for what we are or what the letter holds.${said}`;
}

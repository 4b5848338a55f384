/** What an edition's attempts of the last minutes came to. */
export interface SendingRates {
  readonly attempts: number;
  /** Policy, sign-in and content refusals. */
  readonly policy: number;
  /** Bodies without an answer, of processes that live. */
  readonly doubt: number;
  /** Refused addresses: hard bounces. */
  readonly address: number;
  /** Answers of which one is enough. */
  readonly stopping: number;
  /** The newest refusal, in the server's words. */
  readonly lastReply: string | null;
}

/** Over how long the rates are counted. */
export const RATES_WINDOW_MS = 5 * 60_000;

const LEAST_MESSAGES = 20;
const MOST_REFUSED = 0.1;
/** So few wrong addresses say nothing of the server. */
const LEAST_BOUNCED = 5;

const share = (part: number, whole: number) => `${part} of ${whole}`;

/**
 * Why an edition must stop, in a sentence for the operator, or undefined where it may go
 * on: Gmail and Microsoft refuse all mail of a domain that is not authenticated, and
 * refusals in numbers cost the good name that the rest of the edition needs. `mostBounced`
 * is the share of wrong addresses that is too much.
 */
export function findBreak(rates: SendingRates, mostBounced: number): string | undefined {
  const { attempts, policy, doubt, address, stopping } = rates;
  const said = rates.lastReply ? ` The last answer: "${rates.lastReply}"` : '';
  if (stopping > 0) {
    return `The receiving side says that our domain is not authenticated (SPF, DKIM, DMARC).${said}`;
  }
  if (attempts < LEAST_MESSAGES) return undefined;
  if (policy >= attempts * MOST_REFUSED) {
    return `Servers refused ${share(policy, attempts)} messages within five minutes for what we are or what the letter holds.${said}`;
  }
  if (policy + doubt >= attempts * MOST_REFUSED) {
    return `${share(policy + doubt, attempts)} messages within five minutes were refused or got no answer after their body.${said}`;
  }
  if (address >= LEAST_BOUNCED && address >= attempts * mostBounced) {
    return `Servers say of ${share(address, attempts)} addresses within five minutes that nobody is there.${said}`;
  }
  return undefined;
}

/** What a slowdown is about: confirmations typed at one place, those to one domain, or all. */
export type SlowScope = 'place' | 'domain' | 'all';

/** What became within `SLOW_WINDOW_MS` of confirmations that strangers typed, of one scope. */
export interface ConfirmationRates {
  readonly scope: SlowScope;
  /** How many were accepted or refused. */
  readonly tried: number;
  /** Of these, how many servers refused for good, or left without an answer. */
  readonly refused: number;
  /** At how many places the refused ones were typed. */
  readonly places: number;
  /** To how many domains they were. */
  readonly domains: number;
}

interface SlowRule {
  /** So many refused, from so many places, to so many domains, are too many. */
  readonly refused: number;
  readonly places: number;
  readonly domains: number;
  /** How long confirmations of the scope then wait. */
  readonly lastsMs: number;
}

const MINUTE_MS = 60_000;

/** Over how long confirmations are counted: as long as a form counts a visitor. */
export const SLOW_WINDOW_MS = 60 * MINUTE_MS;

/**
 * One visitor may hold up their own place alone, and nobody for longer than this: a domain is
 * in question only where several places say so, and the mail server where many of both do.
 */
export const slowRules: Readonly<Record<SlowScope, SlowRule>> = {
  place: { refused: 5, places: 1, domains: 1, lastsMs: 60 * MINUTE_MS },
  domain: { refused: 5, places: 3, domains: 1, lastsMs: 60 * MINUTE_MS },
  all: { refused: 20, places: 5, domains: 5, lastsMs: 15 * MINUTE_MS },
};

/** The scopes of which at least half was refused, and enough of it to say something. */
export function findSlowdowns(rates: readonly ConfirmationRates[]): SlowScope[] {
  return rates
    .filter(({ scope, tried, refused, places, domains }) => {
      const rule = slowRules[scope];
      const isMany = refused >= rule.refused && refused * 2 >= tried;
      return isMany && places >= rule.places && domains >= rule.domains;
    })
    .map(({ scope }) => scope);
}

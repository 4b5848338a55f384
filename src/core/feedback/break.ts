/** What filters sent back of an edition's accepted messages within the last hour. */
export interface PolicyRates {
  readonly policy: number;
  readonly accepted: number;
  readonly lastText: string | null;
}

export const POLICY_WINDOW_MS = 3_600_000;
const LEAST = 20;
const MOST_SHARE = 0.1;

/** How many accepted messages are worth counting beside so many refusals: of more, these are too few to stop anything. */
export function mostAccepted(policy: number): number {
  return policy < LEAST ? 0 : Math.floor(policy / MOST_SHARE) + 1;
}

/**
 * Why an edition must stop, as the breaker does for answers on the wire: filters that refuse
 * it in numbers refuse what we are or what the letter holds. Undefined where it may go on.
 */
export function findPolicyBreak({ policy, accepted, lastText }: PolicyRates): string | undefined {
  if (policy < LEAST || policy < accepted * MOST_SHARE) return undefined;
  const said = lastText ? ` The last words: "${lastText}"` : '';
  return `${policy} of ${accepted} accepted messages came back within an hour, refused by filters for what we are or what the letter holds.${said}`;
}

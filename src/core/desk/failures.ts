import type { AttemptVerdict, DeliveryState, FailureCause } from '../letter/delivery.ts';

/** What is known of deliveries that did not arrive. */
export interface Failure {
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly verdict: AttemptVerdict | null;
}

const verdicts: Partial<Record<AttemptVerdict, string>> = {
  address: 'the server says that nobody is there',
  message: 'the server refuses the message',
  policy: 'the server refuses us: our name, our address or what we send',
  busy: 'the server is too busy for us',
  later: 'the server asks us to come back later',
  unsent: 'the server could not be reached',
};

const causes: Record<FailureCause, string> = {
  permanent: 'refused for good',
  expired: 'given up: a newer digest came first, or four days went by',
  cancelled: 'cancelled, or the reader left',
  suppressed: 'the address is suppressed',
};

/** Why something did not arrive, in words. */
export function tellFailure({ state, cause, verdict }: Failure): string {
  if (state === 'in_doubt') return 'may have arrived: the answer to it was lost';
  const said = verdict ? verdicts[verdict] : undefined;
  if (state === 'deferred') return `tried again later: ${said ?? 'no answer yet'}`;
  if (cause === 'permanent' && said) return said;
  return cause ? causes[cause] : 'failed';
}

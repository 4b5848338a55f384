import { setTimeout as wait } from 'node:timers/promises';
import type { OnceOutcome } from './once.ts';
import type { Operation } from './operation.ts';

/** Proxies give up on a request after a minute, some after thirty seconds. */
const PATIENCE_MS = 20_000;

/** What came of some work, or after a while that it goes on and where to look. */
export async function waitAWhile(
  work: Promise<OnceOutcome>,
  { look }: Pick<Operation, 'look'>,
  patienceMs = PATIENCE_MS,
): Promise<OnceOutcome> {
  const patience = new AbortController();
  const late = wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined);
  const outcome = await Promise.race([work, late]);
  patience.abort();
  if (outcome) return outcome;
  const location = `/api/v1${look?.({}) ?? '/today'}`;
  const message = `It takes longer and goes on. Look at ${location}, or ask again under the same Idempotency-Key.`;
  const body = JSON.stringify({ status: 'going_on', message });
  return { status: 202, type: 'application/json', body, location };
}

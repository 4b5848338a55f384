const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each try the next one comes. Source: Standard Webhooks, "Deliverability and reliability". */
export const RETRY_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
const LONGEST_MS = 24 * HOUR_MS;
/** The most that a wait grows by, so that many who wait do not come at once. */
const JITTER = 0.1;
const GONE = 410;

/** A try that was not taken. */
export interface FailedTry {
  readonly batchId: number;
  /** This one included. */
  readonly tries: number;
  readonly status?: number | undefined;
  /** How long the answer asks us to stay away. */
  readonly retryAfterMs?: number | undefined;
}

/** Why a webhook is off by itself: its receiver wants no more, or has taken nothing for days. */
export type OffBecause = 'gone' | 'failing';

/** What follows from a failed try: another after a time, or the webhook is switched off. */
export type Next = { readonly afterMs: number } | { readonly off: OffBecause };

/** Decides what follows from a try that was not taken. */
export function judgeTry({ batchId, tries, status, retryAfterMs = 0 }: FailedTry): Next {
  if (status === GONE) return { off: 'gone' };
  const waitMs = RETRY_MS[tries - 1];
  if (waitMs === undefined) return { off: 'failing' };
  const spread = 1 + (JITTER * ((batchId * 31 + tries * 17) % 100)) / 100;
  return { afterMs: Math.round(Math.max(waitMs * spread, Math.min(retryAfterMs, LONGEST_MS))) };
}

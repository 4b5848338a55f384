const MINUTE_MS = 60_000;
/** How often a feed is asked that answers and is up to date. */
export const FETCH_EVERY_MS = 60 * MINUTE_MS;
const SOON_MS = 5 * MINUTE_MS;
const STALE_MS = 15 * MINUTE_MS;
const LONGEST_RETRY_MS = 24 * 60 * MINUTE_MS;
// All feeds are due at the same minute, so that those of arXiv share a request; a few
// minutes after the full hour, when arXiv's midnight is over and a cut still far.
const MINUTE_OF_HOUR = 7;

/**
 * When to ask a feed again that answered: soon where the run was cut off and can go on, in a
 * quarter of an hour where something is still due, else at the next hourly turn.
 */
export function nextFetch(at: Date, left: 'more' | 'due' | 'nothing'): Date {
  if (left === 'more') return new Date(at.getTime() + SOON_MS);
  if (left === 'due') return new Date(at.getTime() + STALE_MS);
  const hour = Math.floor(at.getTime() / FETCH_EVERY_MS) * FETCH_EVERY_MS;
  const turn = hour + MINUTE_OF_HOUR * MINUTE_MS;
  const isNear = turn - at.getTime() < SOON_MS;
  return new Date(isNear ? turn + FETCH_EVERY_MS : turn);
}

/** When to ask a feed again that failed: at first soon, later by the hour, and never before it allows. */
export function nextRetry(at: Date, failures: number, retryAfterMs = 0): Date {
  const wait = Math.min(FETCH_EVERY_MS, SOON_MS * 2 ** Math.min(failures, 10));
  return new Date(at.getTime() + Math.min(LONGEST_RETRY_MS, Math.max(wait, retryAfterMs)));
}
